import { expect, test } from 'vitest';
import { document } from '../../src/scenarios/gallery/orchestrator.ts';
import { load } from './plain-loop.ts';
import { stageContext, withSettings } from './support.ts';

interface Step {
  step: number;
  place: number;
  clusters: number;
}

/** What the planning of a variant sends on. */
async function planned(variant: string | null, n: number): Promise<Step[]> {
  const set = document.variants!.find(({ name }) => name === variant)?.set ?? {};
  const { stages, modules } = withSettings(document, set);
  const { work } = stages.find(({ id }) => id === 'plan')!;
  const { default: plan } = await load(work.kind === 'code' ? work.source : '', modules);
  let sent: Step[] = [];
  const many = (values: readonly unknown[]) => (sent = values as Step[]) as never;
  plan({ n, stepMs: 0 }, { ...stageContext(), many });
  return sent;
}

test('an orchestrator plans the same with old and new algorithms: every step once, in order', async () => {
  const before = await planned(null, 60);
  const after = await planned('waves 1 and 2', 60);
  expect(after).toEqual(before);
  expect(before.map(({ place }) => place)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  expect(before.map(({ step }) => step).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 60 }, (_, i) => i),
  );
  expect(before[0]!.clusters).toBeGreaterThan(1);
  expect(before[0]!.clusters).toBeLessThan(60);
});

test('its workloads are 3 s, 15 s and 120 s of steps, as published', () => {
  const secondsOf = (variant: string | null) => {
    const set = document.variants!.find(({ name }) => name === variant)?.set ?? {};
    const { source } = withSettings(document, set);
    const values = source?.kind === 'values' ? source.values : [];
    const [{ n, stepMs }] = values as [{ n: number; stepMs: number }];
    return (n * stepMs) / 1000;
  };
  expect([secondsOf('small'), secondsOf(null), secondsOf('large')]).toEqual([3, 15, 120]);
});

test('after its last step nothing is left to do', async () => {
  for (const status of [document.modules!['status']!, wave1Status()]) {
    const { work } = document.stages.find(({ id }) => id === 'run')!;
    const modules = { ...document.modules, status };
    const { default: run } = await load(work.kind === 'code' ? work.source : '', modules);
    const left = await Promise.all(
      [0, 4, 9].map((place) => run({ place, n: 10, stepMs: 0 }, stageContext())),
    );
    expect(left).toEqual([{ left: 9 }, { left: 5 }, { left: 0 }]);
  }
});

function wave1Status(): string {
  const { set } = document.variants!.find(({ name }) => name === 'wave 1')!;
  return set['/modules/status'] as string;
}
