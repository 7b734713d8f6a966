import { expect, it } from 'vitest';
import { linkText, readLink } from '../../src/share/link/link-text.ts';
import { idealDigest } from '../../src/simulate/simulate.ts';
import { claimOf, measuredClaim } from '../../src/ui/share/claim-of.ts';
import { predictedSchedule } from '../../src/ui/share/predicted-schedule.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { chain } from './open-page.ts';

function open(document = chain): App {
  const app = new App(fakeServices());
  app.open(document);
  return app;
}
const whyNot = (app: App): string => {
  const measured = measuredClaim(app);
  return measured.ok ? '' : measured.error;
};

it('claims the last run of the document as it stands, and the schedule predicted for it', async () => {
  const app = open();
  expect(await claimOf(app)).toBeNull();
  expect(whyNot(app)).toMatch(/Nothing was measured yet/);
  const before = Date.now();
  const run = await app.run();
  const claim = await claimOf(app);
  expect(claim).toEqual({
    measuredAt: expect.stringMatching(/^20.*Z$/),
    environment: run!.report.environment,
    makespans: [200],
    results: run!.report.resultsDigest,
    schedule: { digest: idealDigest(app.doc.pipeline!, { cores: 2 }), cores: 2 },
  });
  const measuredAt = Date.parse(claim!.measuredAt);
  expect(measuredAt).toBeGreaterThanOrEqual(before);
  expect(measuredAt).toBeLessThanOrEqual(Date.now());
  // What is claimed is what a link may carry.
  const content = { document: app.doc.document, result: claim! };
  expect(await readLink(await linkText(content))).toEqual({ ok: true, value: content });
});

it('claims the runs of an experiment before a single one, with the sequential ones beside them', async () => {
  const app = open();
  await app.run();
  await app.measureSpeedup();
  const claim = await claimOf(app);
  expect(claim!.makespans).toHaveLength(12);
  expect(claim!.sequential).toHaveLength(12);
  expect(new Set(claim!.makespans)).toEqual(new Set([200]));
  // 20 items of 12 ms, one after another.
  expect(new Set(claim!.sequential)).toEqual(new Set([240]));
});

it('claims nothing of another state of the document, but of one that runs the same', async () => {
  const app = open();
  await app.run();
  await app.measureSpeedup();
  app.set('/stages/first/permits', 1);
  expect(await claimOf(app)).toBeNull();
  expect(whyNot(app)).toMatch(/changed since the last run/);
  app.undo();
  app.set('/notes', 'Other words.');
  expect((await claimOf(app))!.makespans).toHaveLength(12);
});

it('claims nothing of a run that was stopped, failed or is still going on', async () => {
  const app = open();
  const running = app.run();
  expect(whyNot(app)).toMatch(/Something runs now/);
  app.stop();
  await running;
  expect(whyNot(app)).toMatch(/^"Chain" did not run to its end/);
});

it('claims no time that was saved by the cache', async () => {
  const app = open();
  const run = await app.run();
  run!.report.trace.meta.stages[0]!.cacheHits = 3;
  expect(whyNot(app)).toMatch(/took 3 of its results out of the cache/);
});

it('claims no digest of results that vary, and says when the tab was hidden', async () => {
  const app = open();
  await app.measureSpeedup();
  const measured = app.experiment.measured.speedup!;
  const state = structuredClone(measured.state!);
  state.comparisons[0]!.differentWork = 'Results changed from one run to the next.';
  app.experiment.measured = { speedup: { ...measured, state, wasHidden: true } };
  const claim = await claimOf(app);
  expect(claim).toMatchObject({ results: null, environment: { hidden: true } });
  expect(claim!.sequential).toBeUndefined();
});

it('predicts no schedule that hangs on the reader’s files, or cannot be known', async () => {
  const app = open({ ...chain, source: { kind: 'files', files: {} } });
  app.runs.files = [new File(['a'], 'a.txt')] as unknown as App['runs']['files'];
  expect(await predictedSchedule(app, app.doc.pipeline!)).toBeNull();
  const code = { kind: 'code', source: 'export default (item) => item' } as const;
  app.open({ ...chain, stages: [{ id: 'first', work: code }] });
  expect(await predictedSchedule(app, app.doc.pipeline!)).toBeNull();
  app.open({ ...chain, machine: { cores: 7 } });
  expect(await predictedSchedule(app, app.doc.pipeline!)).toMatchObject({ cores: 7 });
});
