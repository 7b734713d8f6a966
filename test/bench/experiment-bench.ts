import { formatMs, formatPercent } from '../../src/base/units.ts';
import { withHeadlessPage } from '../../src/cli/headless.ts';
import { textTable } from '../../src/cli/text-table.ts';
import type { ExperimentState } from '../../src/explore/experiment.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { formatSpeedup } from '../../src/measure/speedup.ts';
import { atLeast, clopperPearson } from './experiment/binomial.ts';
import { liveExperiment } from './experiment/live.ts';
import { noiseLevels } from './experiment/noise.ts';
import { alarms, simulateExperiment } from './experiment/simulated.ts';
import { writeFigures } from './write-figures.ts';

/** Decided before the first of them was run: 1,000 between equals in all, from seed 1 on. */
const experimentsALevel = 250;
const runMs = 1000;
const budgetMs = 60_000;
const difference = 1.1;
/** Seeds of those with a difference begin here. */
const otherSeeds = 10_000;
const liveExperiments = 20;
const liveBudgetMs = 10_000;
const allowed = 0.05;
const powerMin = 0.9;

/** `experiment [live [n]]`: false alarms between equals, and how often a true 10 % difference is found. */
export async function runExperimentBench(args: readonly string[]): Promise<void> {
  const [where, count = String(liveExperiments)] = args;
  if (where === 'live' && Number(count) >= 1) return live(Number(count));
  if (where !== undefined) throw new Error('experiment takes nothing, or live and a number.');
  await simulated();
}

/** What a series of experiments came to. */
interface Tally {
  name: string;
  n: number;
  hits: number;
  /** Median of the rounds that each took. */
  rounds: number;
}

async function tally(
  name: string,
  n: number,
  one: (index: number) => Promise<ExperimentState>,
  isHit: (state: ExperimentState) => boolean,
): Promise<Tally> {
  let hits = 0;
  const rounds: number[] = [];
  for (let index = 0; index < n; index++) {
    const state = await one(index);
    if (isHit(state)) hits++;
    rounds.push(state.rounds);
    if (index % 25 === 24) process.stderr.write('.');
  }
  return {
    name,
    n,
    hits,
    rounds: quantileSorted(
      rounds.sort((a, b) => a - b),
      0.5,
    ),
  };
}

const isFalseAlarm = (state: ExperimentState): boolean => alarms(state).any;
const isFound = ({ comparisons }: ExperimentState): boolean =>
  comparisons[0]!.speedup?.verdict === 'faster';

async function simulated(): Promise<void> {
  const equal: Tally[] = [];
  const found: Tally[] = [];
  const common = { baseMs: runMs, budgetMs };
  for (const [place, level] of noiseLevels.entries()) {
    const seed = 1 + place * experimentsALevel;
    equal.push(
      await tally(
        level.name,
        experimentsALevel,
        (index) => simulateExperiment({ ...common, level, seed: seed + index, ratios: [1] }),
        isFalseAlarm,
      ),
    );
    const ratios = [difference];
    found.push(
      await tally(
        level.name,
        experimentsALevel,
        (index) =>
          simulateExperiment({ ...common, level, seed: otherSeeds + seed + index, ratios }),
        isFound,
      ),
    );
  }
  const threeSeed = 2 * otherSeeds;
  const three = await tally(
    'usual, four equals',
    experimentsALevel,
    (index) =>
      simulateExperiment({
        ...{ ...common, level: noiseLevels[1]!, seed: threeSeed + index, ratios: [1, 1, 1] },
      }),
    isFalseAlarm,
  );
  process.stderr.write('\n');
  console.log(
    `Runs of ${formatMs(runMs)}, at most ${formatMs(budgetMs)}, as test/bench/experiment/noise.ts has them.\n`,
  );
  report(equal, three, found);
  save('experiment', { equal, three, found });
}

async function live(n: number): Promise<void> {
  const states: ExperimentState[] = [];
  const say = (text: string): boolean => process.stderr.write(text);
  const [equal, found] = await withHeadlessPage(say, async (page) => {
    const one =
      (ratio: number, seed: number) =>
      async (index: number): Promise<ExperimentState> => {
        const state = await liveExperiment(page, {
          seed: seed + index,
          ratio,
          budgetMs: liveBudgetMs,
        });
        states.push(state);
        const { makespansMs, comparisons } = state;
        const spread = formatPercent(variation(makespansMs[0]!));
        const found = comparisons[0]!.speedup;
        say(
          `True ratio ${ratio}, seed ${seed + index}: ${state.rounds} pairs that vary by ${spread}, ${found ? `${formatSpeedup(found)}, ${found.verdict}` : state.note}\n`,
        );
        return state;
      };
    return [
      await tally('live', n, one(1, 1), isFalseAlarm),
      await tally('live', n, one(difference, otherSeeds), isFound),
    ];
  });
  const spreads = states.map(({ makespansMs }) => variation(makespansMs[0]!)).sort((a, b) => a - b);
  const drifts = states.map(({ makespansMs }) => variation(makespansMs[0]!, true));
  drifts.sort((a, b) => a - b);
  console.log(
    `Makespans of the first contender vary by ${formatPercent(quantileSorted(spreads, 0.5))} within an experiment (median; most ${formatPercent(spreads.at(-1)!)}), from one run to the next by ${formatPercent(quantileSorted(drifts, 0.5))}.\n`,
  );
  report([equal!], null, [found!]);
  save('experiment-live', { equal, found, states });
}

/** Coefficient of variation; `successive`: from one run to the next only, without drift (von Neumann 1941). */
function variation(times: readonly number[], successive = false): number {
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const squares = successive
    ? times.slice(1).reduce((sum, ms, index) => sum + (ms - times[index]!) ** 2 / 2, 0)
    : times.reduce((sum, ms) => sum + (ms - mean) ** 2, 0);
  return Math.sqrt(squares / (times.length - 1)) / mean;
}

function report(equal: readonly Tally[], three: Tally | null, found: readonly Tally[]): void {
  const all: Tally = {
    name: 'all pairs',
    n: equal.reduce((sum, { n }) => sum + n, 0),
    hits: equal.reduce((sum, { hits }) => sum + hits, 0),
    rounds: NaN,
  };
  const row = ({ name, n, hits, rounds }: Tally): string[] => [
    name,
    String(n),
    Number.isNaN(rounds) ? '' : String(rounds),
    `${hits} (${formatPercent(hits / n)})`,
    clopperPearson(hits, n).map(formatPercent).join(' to '),
  ];
  const headings = ['Noise', 'Experiments', 'Pairs', 'Found', '95 % interval'];
  console.log('Between equals, at any look a difference was seen (a false alarm):');
  const rows = equal.length > 1 ? [...equal, all, ...(three ? [three] : [])] : equal;
  console.log(
    textTable(
      [...headings, `P(so many | ${formatPercent(allowed)})`],
      rows.map((one) => [...row(one), atLeast(one.hits, one.n, allowed).toFixed(3)]),
    ),
  );
  const chance = atLeast(all.hits, all.n, allowed);
  console.log(
    `One-sided test at 95 % of “more than ${formatPercent(allowed)}”: ${chance < 0.05 ? 'YES, there are more: the aim is missed' : 'not shown: the aim is met'}.\n`,
  );
  console.log(`With a true ratio of ${difference}, found at the end:`);
  console.log(textTable(headings, found.map(row)));
  for (const { name, n, hits } of found)
    console.log(
      `${name}: ${hits / n >= powerMin ? 'at least' : 'LESS THAN'} ${formatPercent(powerMin)} found.`,
    );
}

function save(name: string, found: unknown): void {
  writeFigures(name, found);
}
