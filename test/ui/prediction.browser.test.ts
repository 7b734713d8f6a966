import { describe, expect, it, vi } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { Model, Pipeline, PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Prediction } from '../../src/ui/services.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { PredictionStore } from '../../src/ui/state/prediction-store.svelte.ts';
import { samePrediction } from '../../src/ui/state/same-work.ts';
import { SweepStore } from '../../src/ui/sweep/sweep-store.svelte.ts';
import { subjectOf } from '../../src/ui/report/part.ts';
import { fakeServices } from './fake-services.ts';

const pipelineOf = (permits: number): Pipeline =>
  withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: 3 },
    stages: [{ id: 'a', permits, work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
  });

const coded = (model: Model): PipelineDocument => ({
  format: 'millrace/1',
  source: { kind: 'count', count: 6 },
  machine: { workers: 2, cores: 2 },
  stages: [{ id: 'a', work: { kind: 'code', source: 'export default () => 1;', model } }],
  sweep: { '/stages/a/permits': [1, 2] },
});
const modelOf = ({ doc }: App): Model | null | undefined => {
  const { work } = doc.document.stages[0]!;
  return work.kind === 'code' ? work.model : null;
};

/** A page with that document, which has just been predicted. */
async function openPredicted(document: PipelineDocument) {
  const app = new App(fakeServices());
  app.open(document);
  await predicted(app);
  return app;
}
/** Of the document as it is now. */
async function predicted({ doc, prediction }: App): Promise<number> {
  prediction.follow(doc.pipeline);
  await vi.waitUntil(() => !prediction.working && prediction.pipeline === doc.pipeline);
  return prediction.prediction!.trace.meta.makespan;
}
const shownMs = ({ timeline }: App): number => timeline.prediction!.trace.meta.makespan;

/** A simulator that answers when it is told to. */
function slowSimulator() {
  const asked: { permits: number | null; answer: () => Promise<void> }[] = [];
  const services = fakeServices();
  services.predictor.predict = (pipeline, { cores }) =>
    new Promise<Prediction>((resolve) => {
      const answer = async (): Promise<void> => {
        const { trace, error } = simulate(pipeline, { cores });
        resolve({ trace, error, tookMs: 1 });
        await new Promise((done) => setTimeout(done));
      };
      asked.push({ permits: pipeline.stages[0]!.permits, answer });
    });
  return { store: new PredictionStore(services, () => null), asked };
}

it('begins at once, and of what comes meanwhile takes the newest alone', async () => {
  const { store, asked } = slowSimulator();
  const permits = (): (number | null)[] => asked.map((one) => one.permits);
  store.request(pipelineOf(1));
  expect(permits()).toEqual([1]);
  for (const next of [2, 3, 4]) store.request(pipelineOf(next));
  expect(permits()).toEqual([1]);
  await asked[0]!.answer();
  // A steady drag still has its pictures: what was in flight is shown.
  expect(store.pipeline?.stages[0]?.permits).toBe(1);
  expect(permits()).toEqual([1, 4]);
  await asked[1]!.answer();
  expect(store.pipeline?.stages[0]?.permits).toBe(4);
  expect(permits()).toEqual([1, 4]);
});

it('asks once for a document that an edit asked for and the page follows', async () => {
  const { store, asked } = slowSimulator();
  const pipeline = pipelineOf(2);
  store.follow(pipeline);
  store.follow(pipeline);
  await asked[0]!.answer();
  store.follow(pipeline);
  expect(asked.length).toBe(1);
  // The files that its source reads are others now.
  store.request(pipeline);
  expect(asked.length).toBe(2);
});

it('shows nothing of a document that is no longer there', async () => {
  const { store, asked } = slowSimulator();
  const pipeline = pipelineOf(2);
  store.request(pipeline);
  store.forget();
  await asked[0]!.answer();
  expect(store.prediction).toBeNull();
  store.follow(pipeline);
  expect(asked.length).toBe(2);
});

it('shows what another machine is predicted to do, also after a run', async () => {
  const app = new App(fakeServices());
  app.open({
    format: 'millrace/1',
    source: { kind: 'count', count: 3 },
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
  });
  const pipeline = app.doc.pipeline!;
  const { prediction } = app;
  const dearer = { ...prediction.overheads, startTaskMs: 40 };
  const told = (): Promise<void> =>
    vi.waitFor(() => {
      if (prediction.working || prediction.prediction?.overheads !== prediction.overheads)
        throw new Error('not yet');
    });
  prediction.request(pipeline);
  await told();
  expect((await app.run())?.prediction).not.toBeNull();
  const makespan = (): number => app.timeline.prediction!.trace.meta.makespan;
  const before = makespan();
  prediction.assume(dearer);
  await told();
  expect(makespan()).toBeGreaterThan(before);
  expect(makespan()).toBe(prediction.prediction!.trace.meta.makespan);
  expect(app.timeline.error).toBeNull();
});

describe('a model that is changed after a run', () => {
  const byHand: Model = { phases: [{ cpu: 30 }], cold: 4 };

  it('is predicted wherever a prediction is shown, and undo brings back that of the run', async () => {
    const app = await openPredicted(coded({ phases: [{ cpu: 10 }] }));
    const [before, sweep] = [shownMs(app), new SweepStore(app)];
    await sweep.simulate();
    await app.run();
    // What the run has measured refines the model; the run is still held against what was predicted for it.
    expect(modelOf(app)).toEqual({ phases: [{ cpu: 5 }] });
    expect(await predicted(app)).toBeLessThan(before);
    expect([shownMs(app), app.timeline.changedSince, sweep.isStale]).toEqual([
      before,
      false,
      false,
    ]);
    expect(app.timeline.error).not.toBeNull();

    app.set('/stages/a/work/model', byHand);
    expect(await predicted(app)).toBeGreaterThan(before);
    expect(shownMs(app)).toBe(await predicted(app));
    expect([app.timeline.changedSince, sweep.isStale]).toEqual([true, true]);
    expect([app.timeline.error, subjectOf(app)?.isStale]).toEqual([null, true]);

    app.undo();
    await predicted(app);
    expect([shownMs(app), app.timeline.changedSince, sweep.isStale]).toEqual([
      before,
      false,
      false,
    ]);
    expect(app.timeline.error).not.toBeNull();
    // Also as it was for the run, and written by hand.
    app.set('/stages/a/work/model', { phases: [{ cpu: 10 }] });
    expect(app.timeline.changedSince).toBe(false);
  });

  it('is what the next run is held against, and no earlier one', async () => {
    const app = await openPredicted(coded({ phases: [{ cpu: 10 }] }));
    await app.run();
    app.set('/stages/a/work/model', byHand);
    const now = await predicted(app);
    const going = app.run();
    await vi.waitUntil(() => app.runs.current !== null);
    expect([app.timeline.changedSince, shownMs(app)]).toEqual([false, now]);
    // What the run before measured is another model than this run was predicted with.
    app.undo();
    expect(modelOf(app)).toEqual({ phases: [{ cpu: 5 }] });
    expect(app.timeline.changedSince).toBe(true);
    app.redo();
    expect(app.timeline.changedSince).toBe(false);
    await going;
    expect([modelOf(app)!.phases, shownMs(app)]).toEqual([[{ cpu: 5 }], now]);
    expect(app.timeline.changedSince).toBe(false);
    // The model of the very first run belongs to neither.
    app.set('/stages/a/work/model', { phases: [{ cpu: 10 }] });
    expect(app.timeline.changedSince).toBe(true);
  });

  it('is none of the document that is opened next', async () => {
    const app = await openPredicted(coded({ phases: [{ cpu: 10 }] }));
    await app.run();
    app.open(coded(byHand));
    const now = await predicted(app);
    expect([app.timeline.changedSince, shownMs(app)]).toEqual([false, now]);
  });

  it('is told from one that was measured by each of its fields', () => {
    const [ran, measured] = [coded({ phases: [{ cpu: 10 }] }), coded({ ...byHand, cold: 8 })];
    expect(samePrediction(ran, coded({ ...byHand, cold: 8 }), [measured])).toBe(true);
    expect(samePrediction(ran, coded(byHand), [measured])).toBe(false);
    expect(samePrediction(ran, coded({ ...byHand, cold: 8 }))).toBe(false);
  });
});
