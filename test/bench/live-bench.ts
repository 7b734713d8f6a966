import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { formatCount, formatMs } from '../../src/base/units.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { textTable } from '../../src/cli/text-table.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { formatSpeedup, pairedSpeedup, type Speedup } from '../../src/measure/speedup.ts';
import { workers, type Job, type JobResult } from './live/job.ts';
import type { LiveBenchPage } from './live/page.ts';
import { withBenchPage } from './bench-page.ts';

const defaultRounds = 12;
const intervalSeed = 1;
/** A contender that takes longer than this for one round is broken. */
const patienceMs = 60_000;

type Kind = LiveBenchPage['contenders'][number]['kind'];

interface Test {
  name: string;
  title: string;
  /** ms of work a stage; 0: nothing. */
  stageMs: readonly number[];
  /** Where only the rate counts, slow contenders get fewer. */
  items: Readonly<Record<Kind, number>>;
  open: number;
  aim: { of: 'library' | 'hand'; ratio: number };
}

const tests: readonly Test[] = [
  {
    name: 'no-op',
    title: 'No-op tasks through one stage',
    stageMs: [0],
    items: { millrace: 1_000_000, library: 20_000, hand: 200_000 },
    open: 64,
    aim: { of: 'library', ratio: 10 },
  },
  {
    name: 'short',
    title: 'Tasks of 100 µs through one stage',
    stageMs: [0.1],
    items: { millrace: 20_000, library: 20_000, hand: 20_000 },
    open: 4,
    aim: { of: 'hand', ratio: 0.95 },
  },
  {
    name: 'steady',
    title:
      'Tasks of 100 µs through one stage, five times as many: what a run costs once weighs less',
    stageMs: [0.1],
    items: { millrace: 100_000, library: 20_000, hand: 100_000 },
    open: 4,
    aim: { of: 'hand', ratio: 0.95 },
  },
  {
    name: 'pipeline',
    title: 'A pipeline of 0.5 + 1 + 0.5 ms',
    stageMs: [0.5, 1, 0.5],
    items: { millrace: 2000, library: 2000, hand: 2000 },
    open: 2,
    aim: { of: 'hand', ratio: 0.95 },
  },
];

/** All rounds of one contender. */
interface Series {
  name: string;
  kind: Kind;
  items: number;
  rounds: JobResult[];
}

/** `live [rounds] [test…]`: the live machine against worker libraries and against loops written by hand. */
export async function runLiveBench(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? defaultRounds);
  const names = args.slice(1);
  const chosen = tests.filter(({ name }) => names.length === 0 || names.includes(name));
  if (!(rounds >= 1) || chosen.length === 0) {
    const known = tests.map(({ name }) => name).join(', ');
    throw new Error(`live takes a number of rounds, 1 or more, and any of ${known}.`);
  }
  const found: { test: string; turnsPerMs: number; series: Series[] }[] = [];
  await withBenchPage('live', 'liveBench', async (page) => {
    const { turnsPerMs, contenders } = await page.evaluate(() => {
      const { liveBench } = globalThis as unknown as { liveBench: LiveBenchPage };
      return { turnsPerMs: liveBench.turnsPerMs, contenders: liveBench.contenders };
    });
    for (const test of chosen) {
      const series = await measure(page, test, turnsPerMs, contenders, rounds);
      found.push({ test: test.name, turnsPerMs, series });
      say(test, series);
    }
  });
  const folder = join(projectFolder, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'live.json'), `${JSON.stringify(found, null, 2)}\n`);
  console.log('All figures: .cache/bench/live.json');
}

async function measure(
  page: Page,
  test: Test,
  turnsPerMs: number,
  contenders: LiveBenchPage['contenders'],
  rounds: number,
): Promise<Series[]> {
  const stages = test.stageMs.map((ms) => Math.round(ms * turnsPerMs));
  const series = contenders.map(({ name, kind }): Series => {
    return { name, kind, items: test.items[kind], rounds: [] };
  });
  // One unrecorded round; then another one goes first every round.
  for (let round = -1; round < rounds; round++) {
    for (let at = 0; at < series.length; at++) {
      const one = series[(at + round + series.length) % series.length]!;
      const job: Job = { items: one.items, stages, open: test.open };
      const result = await runOnce(page, one.name, job);
      if (round >= 0) one.rounds.push(result);
    }
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return series;
}

async function runOnce(page: Page, name: string, job: Job): Promise<JobResult> {
  const result = await page.evaluate(
    ({ name, job, patienceMs }) => {
      const { liveBench } = globalThis as unknown as { liveBench: LiveBenchPage };
      const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
      return Promise.race([liveBench.run(name, job), late]);
    },
    { name, job, patienceMs },
  );
  if (result === null) throw new Error(`${name} did not end within ${patienceMs / 1000} s.`);
  return result;
}

const median = (values: readonly number[]): number =>
  quantileSorted(Float64Array.from(values).sort(), 0.5);

const ratesOf = ({ items, rounds }: Series): number[] =>
  rounds.map(({ ms }) => (items * 1000) / ms);

function say(test: Test, series: readonly Series[]): void {
  const workMs = test.stageMs.reduce((sum, ms) => sum + ms, 0);
  const [millrace] = series;
  console.log(`${test.title}, ${workers} workers, medians of ${millrace!.rounds.length} rounds:`);
  const rows = series.map((one) => {
    const rate = median(ratesOf(one));
    const whole = median(one.rounds.map(({ wholeMs }) => wholeMs));
    return [
      one.name,
      formatCount(one.items),
      formatMs(median(one.rounds.map(({ ms }) => ms))),
      one.kind === 'millrace' ? formatMs(whole) : '',
      formatCount(Math.round(rate)),
      workMs === 0 ? '' : ((rate * workMs) / 1000 / workers).toFixed(3),
    ];
  });
  const headings = ['', 'Items', 'Time', 'Whole run', 'Items a second', 'Efficiency'];
  console.log(textTable(headings, rows));
  const best = series
    .filter(({ kind }) => kind === test.aim.of)
    .reduce((a, b) => (median(ratesOf(b)) > median(ratesOf(a)) ? b : a));
  const against = ratesOf(best);
  const ratio = pairedSpeedup(
    ratesOf(millrace!).map((rate, round) => rate / against[round]!),
    { seed: intervalSeed },
  );
  const verdict = verdictOn(ratio, test.aim.ratio);
  console.log(`Times the rate of ${best.name}: ${formatSpeedup(ratio)}; ${verdict}\n`);
}

function verdictOn({ low, high }: Speedup, aim: number): string {
  if (low >= aim) return `the aim of ${aim} is met`;
  if (high < aim) return `the aim of ${aim} is missed`;
  return `whether ${aim} is met takes more rounds, or a calmer machine`;
}
