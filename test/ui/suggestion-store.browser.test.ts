import { expect, it, vi } from 'vitest';
import type { Bottleneck } from '../../src/measure/bottlenecks.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { WhatIfStore } from '../../src/ui/whatif/what-if-store.svelte.ts';
import { SuggestionStore } from '../../src/ui/why/suggestion-store.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { chain } from './open-page.ts';

const document = {
  ...chain,
  stages: chain.stages.map((stage) => ({ ...stage, permits: 1 })),
  machine: { workers: 2, tasksPerWorker: 4 },
};
/** Few stages: all of them are near, whatever holds the run back. */
const found: Bottleneck[] = [];

/** Something that ran as the document says, but 2 ms late with each task. */
function open() {
  const app = new App(fakeServices());
  app.open(document);
  const pipeline = app.doc.pipeline!;
  const overheads = { ...app.prediction.overheads, dispatchMs: 2 };
  const { trace } = simulate(pipeline, { cores: 2, overheads });
  return { app, ran: { trace, pipeline, models: {} } };
}

it('predicts from the run what What if predicts from it, and says what it does not', async () => {
  const { app, ran } = open();
  const [store, whatIf] = [new SuggestionStore(app), new WhatIfStore(app)];
  await store.look(app.doc.document, ran, found);
  const tried = store.triedOf(app.doc.document, ran)!;
  expect(tried).toMatchObject({ run: ran.trace, notReplayed: null, problem: null });
  // The order of tasks is no knob of What if.
  expect(tried.replayed).toBeGreaterThan(0);
  expect(tried.replayed).toBeLessThan(tried.count);

  whatIf.ask({ ...ran, document: app.doc.document });
  await vi.waitUntil(() => whatIf.found !== null && whatIf.progress === null, { timeout: 10_000 });
  const replayed = tried.suggestions.filter(({ basis }) => basis === 'run');
  expect(replayed.length).toBeGreaterThan(0);
  for (const { before } of replayed) expect(before.makespanMs).toBe(whatIf.found!.baseMs);
  const steps = whatIf.found!.steps.flatMap(({ pointer, to, makespanMs }) =>
    replayed.some(
      ({ change, after }) => change.set[pointer] === to && after.makespanMs === makespanMs,
    )
      ? [pointer]
      : [],
  );
  expect(steps.length).toBeGreaterThan(0);
});

it('simulates the document of a run that did not come to its end, and says why', async () => {
  const { app, ran } = open();
  ran.trace.meta.ended = 'stopped';
  const store = new SuggestionStore(app);
  await store.look(app.doc.document, ran, found);
  const tried = store.triedOf(app.doc.document, ran)!;
  expect(tried.notReplayed).toMatch(/did not come to its end/);
  expect([tried.replayed, tried.problem]).toEqual([0, null]);
  expect(tried.suggestions.map(({ basis }) => basis)).toContain('document');
});

it('keeps what was tried of a run apart from what was tried of the prediction', async () => {
  const { app, ran } = open();
  const store = new SuggestionStore(app);
  const { pipeline } = ran;
  const predicted = { trace: simulate(pipeline, { cores: 2 }).trace, pipeline, models: null };
  await store.look(app.doc.document, predicted, found);
  expect(store.triedOf(app.doc.document, predicted)?.run).toBeNull();
  expect(store.triedOf(app.doc.document, ran)).toBeNull();
  app.prediction.overheads = { ...app.prediction.overheads };
  expect(store.triedOf(app.doc.document, predicted)).toBeNull();
});

it('tries the document as it stands, also while the prediction of the one before is explained', async () => {
  const { app, ran } = open();
  const { pipeline } = ran;
  const earlier = { trace: simulate(pipeline, { cores: 2 }).trace, pipeline, models: null };
  app.set('/source', { kind: 'count', count: 50 });
  const store = new SuggestionStore(app);
  await store.look(app.doc.document, earlier, found);
  const { makespan } = simulate(app.doc.pipeline!, { cores: 2 }).trace.meta;
  const { suggestions } = store.triedOf(app.doc.document, earlier)!;
  expect(suggestions.length).toBeGreaterThan(0);
  expect(makespan).toBeGreaterThan(earlier.trace.meta.makespan);
  for (const { before } of suggestions) expect(before.makespanMs).toBe(makespan);
});
