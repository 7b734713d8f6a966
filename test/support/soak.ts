import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { bundleOf } from '../../src/cli/load-typescript.js';
import { hostileText } from '../share/hostile/spoilt-text.ts';
import { arbitraryCase } from '../sim/arbitrary-case.ts';
import { mustBeReached } from '../sim/coverage.ts';
import { replayCase } from '../sim/print-case.ts';
import type { SoakAnswer, SoakOrder } from './soak-worker.ts';

/**
 * `npm run simulate:soak -- --runs 1000000 --files 200000`: random documents on failing machines, and broken texts for
 * everything that reads some, on all cores, until a law is broken, all is done or Ctrl+C is pressed. Reports the rate and
 * what was reached.
 */

/** Runs a seed is good for: a failure is found again, and shrunk, within one of these. */
const runsAtOnce = 1000;
const reportEveryMs = 10_000;

/** No run takes a second; one that takes this long goes round in circles. */
const patienceMs = 60_000;

const { values } = parseArgs({
  // The script's own name comes first.
  args: process.argv.slice(3),
  options: {
    runs: { type: 'string', default: '100000' },
    files: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});
const wanted = {
  runs: wholeNumber('runs', values.runs),
  files: wholeNumber('files', values.files),
};
const threads = wholeNumber('threads', values.threads);
const firstSeed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} takes a whole number above 0, not "${text}".`);
  process.exit(2);
}

const startMs = performance.now();
const counts = new Map<string, number>();
const ordered = { runs: 0, files: 0 };
const done = { runs: 0, files: 0 };
let tasks = 0;
let failure: string | null = null;
let isStopped = false;

function rate(): string {
  const seconds = (performance.now() - startMs) / 1000;
  const perSecond = (count: number): string => Math.round(count / seconds).toLocaleString('en');
  const files = `${done.files.toLocaleString('en')} files, `;
  return `${files}${done.runs.toLocaleString('en')} runs in ${seconds.toFixed(0)} s: ${perSecond(done.runs)} runs/s, ${perSecond(tasks)} tasks/s`;
}

function nextOrder(): SoakOrder | null {
  if (isStopped || failure !== null) return null;
  const what = ordered.files < wanted.files ? 'files' : 'runs';
  if (ordered[what] >= wanted[what]) return null;
  const seed = firstSeed + Math.floor(ordered[what] / runsAtOnce);
  const runs = Math.min(runsAtOnce, wanted[what] - ordered[what]);
  ordered[what] += runs;
  return { what, seed, runs };
}

function take(answer: SoakAnswer): void {
  done[answer.what] += answer.runs;
  tasks += answer.tasks;
  failure ??= answer.failure;
  for (const [what, count] of answer.reached) counts.set(what, (counts.get(what) ?? 0) + count);
}

const program = await bundleOf('test/support/soak-worker.ts');

function work(): Promise<void> {
  return new Promise((resolve, reject) => {
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(program, { workerData: begun.buffer });
    let order: SoakOrder | null = null;
    let [lastBegun, lastMs] = [-1, performance.now()];
    const watchdog = setInterval(() => {
      const now = Atomics.load(begun, 0);
      if (now !== lastBegun) [lastBegun, lastMs] = [now, performance.now()];
      if (order === null || performance.now() - lastMs < patienceMs) return;
      failure ??= tellEndless(order, now);
      void worker.terminate();
    }, 1000);
    worker.on('message', (answer: SoakAnswer | null) => {
      if (answer) take(answer);
      order = nextOrder();
      worker.postMessage(order);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearInterval(watchdog);
      resolve();
    });
  });
}

/** The same seed draws the same cases here. It cannot be shrunk: every attempt would have to be waited for. */
function tellEndless({ what, seed }: SoakOrder, run: number): string {
  if (what === 'files') {
    const text = fc.sample(hostileText, { seed, numRuns: run }).at(-1)!;
    return `Seed ${seed}: reading file ${run} never ends.\n\n${JSON.stringify(text)}`;
  }
  const found = fc.sample(arbitraryCase, { seed, numRuns: run }).at(-1)!;
  return `Seed ${seed}: run ${run} never ends.\n\n${replayCase(found)}`;
}

process.once('SIGINT', () => (isStopped = true));
const reporter = setInterval(() => console.log(rate()), reportEveryMs);
console.log(`Seeds from ${firstSeed}, ${threads} threads. Ctrl+C ends it.`);
await Promise.all(Array.from({ length: Math.min(threads, wanted.runs + wanted.files) }, work));
clearInterval(reporter);

if (failure === null) {
  console.log('Reached, in % of all runs, or of all files:');
  const shares = [...counts].sort((a, b) => b[1] - a[1]);
  for (const [what, count] of shares) {
    console.log(
      `  ${((count / done[what.startsWith('read: ') ? 'files' : 'runs']) * 100).toFixed(2).padStart(6)}  ${what}`,
    );
  }
  const missed = mustBeReached.filter((what) => !counts.has(what));
  if (missed.length > 0) console.log(`Never reached: ${missed.join(', ')}.`);
  console.log('No law was broken.');
} else {
  console.log(failure);
  process.exitCode = 1;
}
console.log(rate());
