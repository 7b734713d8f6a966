import { expect, it, vi } from 'vitest';
import type { TrialPool } from '../../src/explore/trials.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { spareTrials } from '../../src/ui/state/spare-trials.svelte.ts';
import { trialRequest } from '../../src/ui/state/trial-request.ts';
import { calibrationDesk } from '../../src/ui/prediction/calibration-desk.svelte.ts';
import { SweepStore } from '../../src/ui/sweep/sweep-store.svelte.ts';
import { TunerStore } from '../../src/ui/tune/tuner-store.svelte.ts';
import { WhatIfStore } from '../../src/ui/whatif/what-if-store.svelte.ts';
import { SuggestionStore } from '../../src/ui/why/suggestion-store.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { chain } from './open-page.ts';

const turn = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The page's stores without the page; `asked` holds the number of sets of each run of trials. */
async function openApp() {
  const services = fakeServices();
  const raw = await services.trials();
  const asked: number[] = [];
  const pool: TrialPool = {
    run(request, onProgress) {
      asked.push(request.sets.length);
      return raw.run(request, onProgress);
    },
  };
  let load = (): void => {};
  const loaded = new Promise<void>((resolve) => (load = resolve));
  services.trials = () => loaded.then(() => pool);
  const app = new App(services);
  app.open(chain);
  return { app, services, asked, load };
}

const permits = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ '/stages/second/permits': at + 1 }));

it('stands still while something is measured, and does only the rest after it', async () => {
  const { app, asked, load } = await openApp();
  load();
  const pool = await spareTrials(app);
  let done = 0;
  const run = pool.run(trialRequest(app, chain, permits(30)), (count) => {
    done = count;
    if (count === 10) app.experiment.running = true;
  });
  await vi.waitUntil(() => app.experiment.running);
  await turn(50);
  const still = done;
  expect(still).toBeLessThan(15);
  await turn(50);
  expect(done).toBe(still);
  app.experiment.running = false;
  const outcomes = await run.done;
  expect(asked).toEqual([30, 30 - still]);
  expect(outcomes).toEqual(await pool.run(trialRequest(app, chain, permits(30))).done);
});

it('begins nothing beside what is measured, and can be stopped while it waits', async () => {
  const { app, asked, load } = await openApp();
  load();
  const pool = await spareTrials(app);
  app.experiment.running = true;
  const run = pool.run(trialRequest(app, chain, permits(3)));
  await turn(20);
  expect(asked).toEqual([]);
  run.stop();
  expect(await run.done).toBeNull();
  app.experiment.running = false;
  await turn(20);
  expect(asked).toEqual([]);
});

it('has left the cores before this browser is measured', async () => {
  const { app, services, load } = await openApp();
  load();
  const pool = await spareTrials(app);
  let isAtRest = false;
  const raw = await services.trials();
  const before = raw.run;
  raw.run = (request, onProgress) => {
    const run = before(request, onProgress);
    // Threads are through some time after a stop.
    return { ...run, done: turn(60).then(() => ((isAtRest = true), run.done)) };
  };
  const run = pool.run(trialRequest(app, chain, permits(200)));
  await turn(5);
  const calibrate = services.calibrate;
  services.calibrate = () => {
    expect(isAtRest).toBe(true);
    return calibrate();
  };
  const desk = calibrationDesk(app);
  await desk.calibrate();
  expect(desk.problem).toBeNull();
  run.stop();
});

it('stops a search that has yet to load its threads', async () => {
  const { app, asked, load } = await openApp();
  const tuner = new TunerStore(app);
  const tuning = tuner.tune();
  expect(tuner.running).toBe(true);
  tuner.stop();
  load();
  await tuning;
  expect([asked, tuner.running, tuner.tuned]).toEqual([[], false, null]);

  const helpful = new SuggestionStore(app);
  const { pipeline, document } = app.doc;
  const { trace } = simulate(pipeline!, { cores: 2 });
  const looking = helpful.look(document, { trace, pipeline: pipeline!, models: null }, []);
  helpful.stop();
  await looking;
  expect([asked, helpful.progress, helpful.tried]).toEqual([[], null, null]);
});

it('lets a second search begin while the first one is explained, and stops that one', async () => {
  const { app, load } = await openApp();
  load();
  const tuner = new TunerStore(app);
  const first = tuner.tune();
  await vi.waitUntil(() => tuner.tuned !== null, { interval: 0 });
  expect([tuner.running, tuner.tuned!.shares]).toEqual([false, null]);
  const second = tuner.tune();
  await first;
  expect(tuner.running).toBe(true);
  await vi.waitUntil(() => tuner.search?.progress, { interval: 0 });
  tuner.stop();
  await second;
  expect(tuner.tuned!.result.ended).toBe('stopped');
});

it('shows nothing of a search or a sweep in another document', async () => {
  const { app, load } = await openApp();
  load();
  app.open({ ...chain, sweep: { '/stages/second/permits': [1, 2, 3, 4, 5, 6, 7, 8] } });
  const [tuner, sweep] = [new TunerStore(app), new SweepStore(app)];
  const works = [tuner.tune(), sweep.simulate()];
  expect([tuner.running, sweep.running]).toEqual([true, true]);
  app.open({ ...chain, name: 'Other' });
  expect([tuner.running, sweep.running]).toEqual([false, false]);
  await Promise.all(works);
  expect([tuner.search, tuner.shown, sweep.problem, sweep.shown]).toEqual([null, null, null, null]);
});

it('shows no curve of the document before, and takes no step of it', async () => {
  const { app, load } = await openApp();
  load();
  const store = new WhatIfStore(app);
  const subjectOf = (document: typeof chain) => {
    const { pipeline } = parseDocument(document);
    const { trace } = simulate(pipeline!, { cores: 2 });
    return { trace, pipeline: pipeline!, document, models: null };
  };
  store.ask(subjectOf(app.doc.document));
  await vi.waitUntil(() => store.found !== null && store.progress === null, { timeout: 10_000 });
  expect(store.isCurrent).toBe(true);
  app.set('/stages/second/permits', 2);
  expect([store.found !== null, store.isCurrent]).toEqual([true, false]);
  app.open({ ...chain, name: 'Other' });
  expect([store.found, store.asked, store.isCurrent]).toEqual([null, null, false]);
  store.ask(subjectOf(app.doc.document));
  store.stop();
  expect([store.found, store.isStopped]).toEqual([null, true]);
});
