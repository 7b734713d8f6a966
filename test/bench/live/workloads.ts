import { SeededRandom } from '../../../src/base/seeded-random.ts';
import { workers, type Job, type Kind } from './job.ts';
import { wideMessages } from './wide-messages.ts';

export interface Workload {
  name: string;
  title: string;
  /** Where only the rate counts, slow contenders get fewer. */
  items: Readonly<Record<Exclude<Kind, 'trick'>, number>>;
  quickItems: number;
  /** All that the number of items leaves open. */
  job(items: number, turnsPerMs: number): Job;
  musts: readonly Must[];
}

/** What has to be reached; `times`: of the rate (which is the efficiency's, where all do the same work). */
export type Must =
  | { against: 'library' | 'yardstick' | typeof wideMessages; times: number }
  /** The makespan, at most so many times the least that is possible. */
  | { against: 'bound'; times: number };

const all = (items: number): Workload['items'] => ({
  millrace: items,
  library: items,
  pool: items,
  yardstick: items,
});

/** One stage after another. */
const chain = (length: number): number[][] =>
  Array.from({ length }, (_, stage) => (stage === 0 ? [] : [stage - 1]));

const job = (items: number, rest: Partial<Job>): Job => ({
  ...{ items, after: chain(1), turns: [0], turnsOfItem: null, waitMs: 0, payload: null, open: 4 },
  ...rest,
});

const efficient: Must = { against: 'yardstick', times: 0.97 };
const payloadBytes = 64 * 1024;

/** As many lines of stages, each after two of the line before. */
const graphOf = (lines: number, width: number): number[][] =>
  Array.from({ length: lines * width }, (_, stage) => {
    if (stage < width) return [];
    const first = stage - width - (stage % width);
    return [first + (stage % width), first + ((stage + 1) % width)];
  });

const pareto = { meanMs: 1, alpha: 1.5, seed: 1, drawn: 2500 };

/**
 * Durations of Pareto's distribution, by inversion: x = scale ÷ u^(1 ÷ alpha), mean = scale × alpha ÷ (alpha − 1). Over and
 * over the same ones: whoever gets fewer items would have another mean, as a few of them are very long.
 */
function paretoMs(count: number): number[] {
  const { meanMs, alpha, seed, drawn } = pareto;
  const random = new SeededRandom(seed);
  const scaleMs = (meanMs * (alpha - 1)) / alpha;
  const ms = Array.from({ length: drawn }, () => scaleMs / (1 - random.next()) ** (1 / alpha));
  return Array.from({ length: count }, (_, item) => ms[item % drawn]!);
}

export const workloads: readonly Workload[] = [
  {
    name: 'no-op',
    title: 'No-op tasks',
    items: { millrace: 1_000_000, library: 20_000, pool: 20_000, yardstick: 1_000_000 },
    quickItems: 200,
    job: (items) => job(items, { open: 64 }),
    musts: [
      { against: 'library', times: 20 },
      { against: wideMessages, times: 0.5 },
    ],
  },
  {
    name: '100-us',
    title: 'Tasks of 100 µs',
    items: { millrace: 100_000, library: 10_000, pool: 10_000, yardstick: 100_000 },
    quickItems: 100,
    job: (items, perMs) => job(items, { turns: [Math.round(perMs / 10)] }),
    musts: [efficient],
  },
  {
    name: '1-ms',
    title: 'Tasks of 1 ms',
    items: { millrace: 10_000, library: 2000, pool: 2000, yardstick: 10_000 },
    quickItems: 20,
    job: (items, perMs) => job(items, { turns: [Math.round(perMs)], open: 2 }),
    musts: [efficient],
  },
  {
    name: 'moved',
    title: 'Payloads of 64 KiB there and back, transferred by those who can',
    items: all(6000),
    quickItems: 20,
    job: (items) => job(items, { payload: { bytes: payloadBytes, isMoved: true } }),
    musts: [
      { against: wideMessages, times: 0.6 },
      { against: 'library', times: 1 },
    ],
  },
  {
    name: 'copied',
    title: 'Payloads of 64 KiB there and back, copied',
    items: all(1500),
    quickItems: 20,
    job: (items) => job(items, { payload: { bytes: payloadBytes, isMoved: false } }),
    musts: [],
  },
  {
    name: 'pipeline',
    title: 'Three stages of 0.5 + 1 + 0.5 ms',
    items: { millrace: 5000, library: 1000, pool: 1000, yardstick: 5000 },
    quickItems: 10,
    job: (items, perMs) =>
      job(items, {
        after: chain(3),
        turns: [0.5, 1, 0.5].map((ms) => Math.round(ms * perMs)),
        open: 2,
      }),
    musts: [efficient],
  },
  {
    name: 'waits',
    title: 'Waits of 100 ms, 1,000 open at once',
    items: all(10_000),
    quickItems: 200,
    job: (items) => job(items, { waitMs: 100, open: 1000 / workers }),
    musts: [{ against: 'bound', times: 1.05 }],
  },
  {
    name: 'skewed',
    title: `Skewed durations (Pareto, mean ${pareto.meanMs} ms, alpha ${pareto.alpha})`,
    items: { millrace: 10_000, library: 2500, pool: 2500, yardstick: 10_000 },
    quickItems: 20,
    job: (items, perMs) =>
      job(items, { turnsOfItem: paretoMs(items).map((ms) => Math.round(ms * perMs)), open: 2 }),
    musts: [efficient],
  },
  {
    name: 'graph',
    title: 'A graph of 200 stages of 50 µs, ten wide, each after two',
    items: all(60),
    quickItems: 2,
    job: (items, perMs) => {
      const after = graphOf(20, 10);
      return job(items, { after, turns: after.map(() => Math.round(perMs / 20)) });
    },
    musts: [],
  },
];

/** The least time that two cores can do it in, or as many waits at once; 0: the work is next to nothing. */
export function boundMs(job: Job, turnsPerMs: number, cores: number): number {
  const { items, after, turns, turnsOfItem, waitMs, open } = job;
  if (waitMs > 0) return Math.ceil(items / (workers * open)) * waitMs * after.length;
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const all = turnsOfItem ? sum(turnsOfItem) : items * sum(turns);
  return all / turnsPerMs / Math.min(workers, cores);
}
