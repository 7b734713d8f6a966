import { expect, it } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import type { Model, PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { finishRun, modelsAnew } from '../../src/ui/state/finish-run.ts';
import type { FinishedRun } from '../../src/ui/state/run-store.svelte.ts';
import { fakeServices } from './fake-services.ts';

const measured: Model = { phases: [{ cpu: 12 }] };
const documentOf = (model: Model | null): PipelineDocument => ({
  format: 'millrace/1',
  source: { kind: 'count', count: 20 },
  stages: [{ id: 'a', work: { kind: 'code', source: 'export default () => 1;', model } }],
  machine: { workers: 2 },
});

/** A page on which that code has just run on two workers that were busy all the time. */
function afterRun(meanwhile: (app: App) => void = () => {}): App {
  const app = new App(fakeServices());
  app.open(documentOf(measured));
  const { trace } = simulate(app.doc.pipeline!, { cores: 2 });
  app.open(documentOf(null));
  const report = { trace, models: { a: measured }, failures: [], notices: [], error: null };
  const run = { document: app.doc.document, report } as unknown as FinishedRun;
  Object.defineProperty(app.runs, 'last', { value: run });
  meanwhile(app);
  finishRun(app, run);
  return app;
}
const cpuMs = (app: App): unknown =>
  app.doc.pipeline!.stages[0]!.work.kind === 'code' &&
  app.doc.pipeline!.stages[0]!.work.model!.phases;
const busy = { ...idealOverheads, contention: 0.5 };

it('what was measured before the machine is known is another share of it afterwards', () => {
  const app = afterRun();
  expect(cpuMs(app)).toEqual([{ cpu: 12 }]);
  app.prediction.assume(busy);
  modelsAnew(app, idealOverheads);
  // Beside one other core each took 1.5 times as long as alone.
  expect(cpuMs(app)).toEqual([{ cpu: 8 }]);
  app.prediction.assume(idealOverheads);
  modelsAnew(app, busy);
  expect(cpuMs(app)).toEqual([{ cpu: 12 }]);
});

it('what was written by hand since stays', () => {
  const app = afterRun();
  app.set('/stages/a/work/model', { phases: [{ cpu: 3 }] });
  app.prediction.assume(busy);
  modelsAnew(app, idealOverheads);
  expect(cpuMs(app)).toEqual([{ cpu: 3 }]);
});

it('what was written by hand while it ran stays', () => {
  const app = afterRun((app) => app.set('/stages/a/work/model', { phases: [{ cpu: 77 }] }));
  expect(cpuMs(app)).toEqual([{ cpu: 77 }]);
});
