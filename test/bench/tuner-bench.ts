import { SeededRandom } from '../../src/base/seeded-random.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { spaceSize } from '../../src/explore/tuner-space.ts';
import { usualBudget } from '../../src/explore/tuner.ts';
import { againstRandom, randomCase, type TunerGap } from '../explore/tuner-cases.ts';
import { writeFigures } from './write-figures.ts';

const usualCases = 40;
/** Where half of all settings could be tried it would prove nothing. */
const [spaceLeast, spaceMost] = [2 * usualBudget, 3000];

/**
 * `tuner [CASES]`: how far the tuner ends above the best of all settings of random documents, when it may try
 * a part of them, and how far as many settings drawn at random do. No clock is read: the same figures on
 * every machine.
 */
export async function runTunerBench([casesText]: readonly string[]): Promise<void> {
  const wanted = Number(casesText ?? usualCases);
  const gaps: (TunerGap & { seed: number; randomGap: number })[] = [];
  for (let seed = 1; gaps.length < wanted; seed++) {
    const of = randomCase(seed, spaceMost);
    if (spaceSize(of.fields) < spaceLeast) continue;
    gaps.push({ seed, ...(await againstRandom(of, new SeededRandom(seed, 7), usualBudget)) });
  }
  console.log(gapTable(gaps));
  for (const [name, values] of [
    ['tuner', gaps.map(({ gap }) => gap)],
    ['as many at random', gaps.map(({ randomGap }) => randomGap)],
  ] as const)
    console.log(`${name}: ${summary(values)}`);
  const figures = gaps.map(({ result: _, ...rest }) => rest);
  writeFigures('tuner', figures);
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

function gapTable(gaps: readonly (TunerGap & { seed: number; randomGap: number })[]): string {
  const headings = ['Seed', 'Least', 'Settings', 'Tried', 'Gap', 'Gap at random'];
  const rows = gaps.map(({ seed, goal, space, trials, gap, randomGap }) => [
    String(seed),
    goal.least.replace(/(Ms|Bytes)$/, ''),
    String(space),
    String(trials),
    ...[gap, randomGap].map(percent),
  ]);
  return textTable(headings, rows);
}

function summary(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, gap) => sum + gap, 0) / sorted.length;
  const within = sorted.filter((gap) => gap <= 0.01).length;
  return `${within} of ${sorted.length} within 1 % of the best, mean gap ${percent(mean)}, worst ${percent(sorted.at(-1)!)}`;
}
