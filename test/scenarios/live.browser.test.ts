import { describe, expect, test, vi } from 'vitest';
import type { Runner, RunRequest } from '../../src/engine/runner.ts';
import { planJobs, type Job } from '../../src/explore/ledger/jobs.ts';
import { startLedger } from '../../src/explore/ledger/ledger.ts';
import { LiveRunner } from '../../src/live/live-runner.ts';
import { checkBooks } from '../../src/measure/books.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { claims } from '../../src/scenarios/claims/index.ts';
import type { Trial } from '../../src/scenarios/claims/claim.ts';
import { loadCorpus } from '../../src/scenarios/corpora.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { cacheClient, liveParts } from '../live/run-live.ts';
import { isGain } from './direction.ts';

// Directions, never times: the machine may be as busy as it likes.
vi.setConfig({ testTimeout: 120_000 });

const live = new LiveRunner({ ...liveParts, corpus: loadCorpus });
const unbalanced: string[] = [];
/** Keeps what does not balance in the books of its runs. */
const runner: Runner = {
  run(request) {
    const handle = live.run(request);
    const done = handle.done.then((report) => {
      unbalanced.push(...checkBooks(report.trace));
      return report;
    });
    return { ...handle, done };
  },
};

/**
 * Those whose direction is measured here, of each system some, with real code, real storage and real waiting among
 * them; the others run once under each setting. The bench of the ledger measures them all.
 */
const measured = new Set(['A1', 'A3', 'B4', 'B9', 'C1', 'C8', 'D4', 'D6', 'E3', 'E9']);
/** Ten pairs that agree tell a direction; on a busy machine some do not, and more of them do. */
const looks = [10, 16, 25, 40];
const budgetMs = 60_000;
/** Equals are found to differ by 5 % in one of a few hundred trials, by more hardly ever. */
const nearlyOne = 1.05;

/** More pairs are made only until it is known whether there is a gain. */
const undecided = (trial: Trial): Trial =>
  trial.kind === 'compare' ? { ...trial, claimed: null } : trial;

const { jobs } = await planJobs(claims);
/** One for each document: the ledger itself runs them all. */
const liveJobs = firstOfEach(jobs.filter(({ kind }) => kind !== 'replay'));

function firstOfEach(all: readonly Job[]): Job[] {
  const byDocument = new Map<string, Job>();
  // Those that tell a direction first.
  const isEither = ({ tests }: Job): boolean =>
    tests.every(({ trial }) => trial.expects === 'either');
  for (const job of [...all.filter((one) => !isEither(one)), ...all.filter(isEither)]) {
    const name = job.settings[0]!.document.name!;
    if (!byDocument.has(name)) byDocument.set(name, job);
  }
  return [...byDocument.values()];
}

const nameOf = ({ tests }: Job): string =>
  tests.map(({ claim, trial }) => `${claim.id}, ${trial.name}`).join('; ');
const isMeasured = ({ tests }: Job): boolean => tests.some(({ claim }) => measured.has(claim.id));

async function runOnce(request: Pick<RunRequest, 'pipeline' | 'cache'>): Promise<void> {
  const cacheNamespace = `test-${crypto.randomUUID()}`;
  const { trace, error } = await runner.run({ ...request, cacheNamespace }).done;
  await cacheClient.clear(cacheNamespace);
  expect([error, trace.meta.ended, ...unbalanced.splice(0)]).toEqual([null, 'done']);
  expect(trace.meta.items.delivered).toBeGreaterThan(0);
}

describe('in this browser', () => {
  test.each(liveJobs.filter((job) => !isMeasured(job)).map((job) => [nameOf(job), job] as const))(
    '%s: runs under each setting, its books balanced',
    async (_, { tests, settings }) => {
      const cache = tests.some(({ trial }) => 'cache' in trial && trial.cache) ? 'on' : 'off';
      for (const { pipeline } of settings) await runOnce({ pipeline, cache });
    },
  );

  test.each(liveJobs.filter(isMeasured).map((job) => [nameOf(job), job.tests] as const))(
    '%s: goes the way it is expected to',
    async (_, tests) => {
      const cacheNamespace = `test-${crypto.randomUUID()}`;
      const isEither = tests.every(({ trial }) => trial.expects === 'either');
      const { outcomes } = await startLedger({
        claims: tests.map(({ claim, trial }) => ({ ...claim, trials: [undecided(trial)] })),
        ...{ runner, overheads: null, seed: 1, budgetMs, cacheNamespace },
        looks: isEither ? looks.slice(0, 1) : looks,
        now: () => performance.now(),
        cores: navigator.hardwareConcurrency,
        clear: () => cacheClient.clear(cacheNamespace),
      }).done;
      expect(unbalanced.splice(0)).toEqual([]);
      for (const [at, { trial }] of tests.entries()) {
        const { measured, note } = outcomes[at]!.trials[0]!;
        if (measured === null) throw new Error(note);
        expect(Number.isFinite(measured.value)).toBe(true);
        if (trial.expects === 'either') continue;
        if (trial.expects === 'no gain') {
          const slack = trial.kind === 'level' ? 1 : nearlyOne;
          const ends = { ...measured, low: measured.low / slack };
          expect(isGain(trial, ends), JSON.stringify(measured)).toBe(false);
        } else expect(isGain(trial, measured), JSON.stringify(measured)).toBe(true);
      }
    },
  );

  const tried = new Set(
    liveJobs.flatMap(({ settings }) => settings.map((one) => one.document.name)),
  );

  test.each(
    gallery.filter(({ title }) => !tried.has(title)).map((entry) => [entry.id, entry] as const),
  )('%s, which no claim is about, runs to its end', async (_, entry) => {
    await runOnce({ pipeline: withDefaults(await entry.load()), cache: 'off' });
  });
});
