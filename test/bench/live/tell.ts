import { formatCount, formatMs } from '../../../src/base/units.ts';
import { textTable } from '../../../src/cli/text-table.ts';
import type { RunEnvironment } from '../../../src/engine/runner.ts';
import { medianOf } from '../../../src/measure/median.ts';
import { formatSpeedup, pairedSpeedup, type Speedup } from '../../../src/measure/speedup.ts';
import { plural, workers } from './job.ts';
import type { Series } from './rounds.ts';
import type { Must, Workload } from './workloads.ts';

const intervalSeed = 1;

/** Items a second, a round each. */
const ratesOf = ({ items, rounds }: Series): number[] =>
  rounds.map(({ ms }) => (items * 1000) / ms);

/** Median with its interval: what is said of ratios holds for any positive figures. */
const interval = (values: readonly number[]): Speedup =>
  pairedSpeedup(values, { seed: intervalSeed });

export const medianRate = (series: Series): number => medianOf(ratesOf(series));

/** How many times the rate of `other` it has, round by round. */
export function timesRate(one: Series, other: Series): Speedup {
  const against = ratesOf(other);
  return interval(ratesOf(one).map((rate, round) => rate / against[round]!));
}

/** The fastest of a kind, by the median; undefined: none of them can do it. */
export const bestOf = (series: readonly Series[], kind: Series['kind']): Series | undefined =>
  series
    .filter((one) => one.kind === kind && one.cannot === null)
    .sort((a, b) => medianOf(ratesOf(b)) - medianOf(ratesOf(a)))[0];

export interface MustOutcome {
  sentence: string;
  measured: Speedup;
  /** Null: the interval leaves it open. */
  holds: boolean | null;
}

/** What became of a figure that has to be reached; null: whom it is against did not take part. */
export function judge(must: Must, series: readonly Series[]): MustOutcome | null {
  const millrace = series.find(({ kind }) => kind === 'millrace')!;
  if (must.against === 'bound') {
    const { rounds, boundMs } = millrace;
    const over = interval(rounds.map(({ ms }) => ms / boundMs));
    const holds = over.high <= must.times ? true : over.low > must.times ? false : null;
    return {
      sentence: `${ratioText(over)} the least time there can be, at most ${must.times}×`,
      measured: over,
      holds,
    };
  }
  const { against, times } = must;
  const other =
    against === 'library' || against === 'yardstick'
      ? bestOf(series, against)
      : series.find(({ name }) => name === against);
  if (!other) return null;
  const ratio = timesRate(millrace, other);
  const holds = ratio.low >= times ? true : ratio.high < times ? false : null;
  const who = against === other.name ? other.name : `the best ${against} (${other.name})`;
  return {
    sentence: `${ratioText(ratio)} the rate of ${who}, at least ${times}×`,
    measured: ratio,
    holds,
  };
}

/** A row of the table as numbers; null: it cannot do the job. */
export function numbersOf(
  series: Series,
  millrace: Series,
): { medianMs: number; itemsPerSecond: Speedup; besideMillrace: Speedup } | null {
  if (series.cannot !== null) return null;
  return {
    medianMs: medianOf(series.rounds.map(({ ms }) => ms)),
    itemsPerSecond: interval(ratesOf(series)),
    besideMillrace: timesRate(series, millrace),
  };
}

export const ratioText = (ratio: Speedup): string =>
  ratio.high === Infinity
    ? // Too few rounds for an interval.
      `${ratio.ratio.toFixed(2)}× (?)`
    : formatSpeedup(ratio);

const verdict = (holds: boolean | null): string => {
  if (holds === null) return 'left open by the interval';
  return holds ? 'holds' : 'DOES NOT HOLD';
};

export function tellEnvironment({ browser, cores, isolated, timerStepMs }: RunEnvironment): string {
  const whether = isolated ? 'isolated' : 'not isolated';
  return `${browser}, ${cores} cores, ${whether}, timer step ${formatMs(timerStepMs)}, ${workers} workers.`;
}

/** What a reader of the tables has to know. */
export const legend = [
  'Bound: the work by the cores, or the waits by how many may be open; the turns of 1 ms are measured before anything else is there.',
  'Yardsticks are written by hand for these very jobs: nobody else may see how far a run is. (?): too few rounds for an interval.',
  'Libraries, pools and yardsticks keep their workers for the whole bench and warm up for one round. Millrace starts new workers for stages in each run, and a new sandbox where a run had more than 200,000 tasks or 16 MiB of values; it practises on tasks that do nothing before its clock starts.',
  'Nobody looks on, as in an experiment of the page: while its clock runs the page is told of it once a second, where somebody does ten times at most (`tricks` shows what that takes).',
  "Its clock stops when the coordinator has the last output; those of all others stop when outputs and record are with the page. What Millrace does after that, and before, is in its whole run. It takes the digest of its results then, but while its clock runs when more wait than a 16th of the device's memory (512 MiB at the most), or than 128 MiB of results other than buffers of 8 KiB and more.",
  'Its workers make items that are only numbered themselves, and have up to 100 ms of work ahead. Libraries get each input in a message. All keep a record of every task: 5 columns of numbers, Millrace 17.',
  'Of payloads, answers of poolifier-web-worker are copied, and those of the ring lie in shared memory.',
].join('\n');

/** One workload as a table, with what has to be reached. */
export function tellWorkload(workload: Workload, series: readonly Series[]): string {
  const millrace = series.find(({ kind }) => kind === 'millrace')!;
  const rows = series.map((one) => {
    if (one.cannot !== null) return [one.name, one.kind, ...Array<string>(6).fill('–')];
    const rate = interval(ratesOf(one));
    const ms = medianOf(one.rounds.map((round) => round.ms));
    return [
      ...[one.name, one === millrace ? '' : one.kind],
      ...[formatCount(one.items), formatMs(ms), formatCount(Math.round(rate.ratio))],
      rate.high === Infinity
        ? '–'
        : `${formatCount(Math.round(rate.low))} to ${formatCount(Math.round(rate.high))}`,
      one.boundMs === 0 ? '' : (one.boundMs / ms).toFixed(3),
      one === millrace ? '' : ratioText(timesRate(one, millrace)),
    ];
  });
  const headings = [
    ...['', 'Kind', 'Items', 'Time', 'Items a second', '95 % interval'],
    ...[millrace.boundMs === 0 ? '' : 'Of the bound', 'Beside Millrace'],
  ];
  const { open } = workload.job(1, 1);
  const whole = medianOf(millrace.rounds.map(({ wholeMs }) => wholeMs));
  const lines = [
    `${workload.title}: medians of ${plural(millrace.rounds.length, 'round')}; libraries have ${plural(open, 'task')} open on a worker`,
    textTable(headings, rows).trimEnd(),
    ...series.flatMap(({ name, cannot }) => (cannot === null ? [] : [`– ${name}: ${cannot}.`])),
    `Millrace's whole run, with its start and the digest of its results: ${formatMs(whole)}.`,
    ...workload.musts.flatMap((must) => {
      const outcome = judge(must, series);
      return outcome ? [`Must reach: ${outcome.sentence}: ${verdict(outcome.holds)}.`] : [];
    }),
  ];
  return `${lines.join('\n')}\n`;
}
