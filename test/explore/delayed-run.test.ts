import { describe, expect, it } from 'vitest';
import { delayedRequest, verifiedGain } from '../../src/explore/delayed-run.ts';
import { scaledPhase } from '../../src/explore/cut-work.ts';
import { pairedSpeedup } from '../../src/measure/speedup.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Pipeline, PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 60, arrivals: { kind: 'uniform', rate: 100 } },
  stages: [
    {
      ...{
        id: 'a',
        work: { kind: 'synthetic', phases: [{ cpu: { exponential: 6 } }], failure: 0.1 },
      },
      retry: { attempts: 3, backoff: 5 },
      timeout: 30,
    },
    {
      ...{ id: 'b', after: ['a'], batch: { size: 4, linger: 7 }, permits: 1 },
      work: { kind: 'synthetic', phases: [{ wait: 8 }, { cpu: 3, per: 'item' }] },
      setup: { phases: [{ cpu: 12 }] },
    },
  ],
  machine: { cores: 2, workers: 2 },
};
const { pipeline } = parseDocument(document);
const request = { pipeline: pipeline!, cache: 'off', cacheNamespace: 'test' } as const;
const makespanOf = (of: Pipeline): number => simulate(of, { cores: 2 }).trace.meta.makespan;

/** What the live machine does to synthetic stages, done to the document. */
function slowed({ pipeline: of, delays = {} }: ReturnType<typeof valueOf>): Pipeline {
  return {
    ...of,
    stages: of.stages.map((stage) => {
      const { service, setup } = delays[stage.id]!;
      if (stage.work.kind === 'code') return stage;
      return {
        ...stage,
        work: { ...stage.work, phases: stage.work.phases.map((p) => scaledPhase(p, service)) },
        setup: { ...stage.setup, phases: stage.setup.phases.map((p) => scaledPhase(p, setup)) },
      };
    }),
  };
}
function valueOf(stage: string, cut: number) {
  const result = delayedRequest(request, stage, cut);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('slowing everything else down', () => {
  for (const stage of ['a', 'b']) {
    it(`is, divided by the factor, cutting the work of ${stage}`, () => {
      const delayedMs = makespanOf(slowed(valueOf(stage, 0.5)));
      const cut = {
        ...pipeline!,
        stages: pipeline!.stages.map((one) =>
          one.id === stage && one.work.kind === 'synthetic'
            ? {
                ...one,
                work: { ...one.work, phases: one.work.phases.map((p) => scaledPhase(p, 0.5)) },
              }
            : one,
        ),
      };
      // The one thing that is not slowed is the grace after a time-out, 50 ms, which comes into play in neither.
      expect(delayedMs / 2).toBeCloseTo(makespanOf(cut), 6);
    });
  }

  it('reads the gain and its interval off the ratio', () => {
    // Delayed runs take just as long: everything but this stage was slowed down twice over for nothing.
    const speedup = pairedSpeedup(new Array<number>(12).fill(1), { seed: 1 });
    expect(verifiedGain(speedup, 0.5)).toMatchObject({ gain: 0.5, low: 0.5, high: 0.5, pairs: 12 });
    const twice = pairedSpeedup(new Array<number>(12).fill(0.5), { seed: 1 });
    expect(verifiedGain(twice, 0.5).gain).toBe(0);
  });

  it('says what it cannot do', () => {
    expect(delayedRequest(request, 'a', 1)).toEqual({
      ok: false,
      error: 'A cut can be verified from above 0 up to 90 %.',
    });
    const alone = (arrivals: Pipeline['source']['arrivals']) => {
      const { source, stages } = pipeline!;
      const one = { ...pipeline!, stages: [stages[0]!], source: { ...source, arrivals } };
      return delayedRequest({ ...request, pipeline: one }, 'a', 0.5);
    };
    const nothing = alone({ kind: 'all' });
    expect(nothing.ok ? '' : nothing.error).toMatch(/^a is the only stage .* cannot verify/);
    expect(alone({ kind: 'uniform', rate: 100 }).ok).toBe(true);
    const asks = {
      ...pipeline!,
      stages: pipeline!.stages.map((stage) => ({
        ...stage,
        work: {
          kind: 'code' as const,
          source: 'export default (n, { service }) => service.page(n);',
        },
      })),
    };
    const refused = delayedRequest({ ...request, pipeline: asks }, 'a', 0.5);
    expect(refused.ok ? '' : refused.error).toMatch(/^a seems to ask ctx\.service/);
    const made = (code: string) => {
      const source = { kind: 'code' as const, code, bytes: 0, arrivals: { kind: 'all' as const } };
      return delayedRequest({ ...request, pipeline: { ...pipeline!, source } }, 'a', 0.5);
    };
    const waits = made('export default async function* ({ wait }) { await wait(9); yield 1; }');
    expect(waits.ok ? '' : waits.error).toMatch(/^The source seems to wait for its items/);
    expect(made('export default function* () { yield 1; }').ok).toBe(true);
  });
});
