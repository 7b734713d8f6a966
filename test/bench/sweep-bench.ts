import type { Page } from 'playwright';
import { formatCount, formatMs } from '../../src/base/units.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { medianOf } from '../../src/measure/median.ts';
import { signInterval } from '../../src/measure/sign-interval.ts';
import { withBenchPage } from './bench-page.ts';
import type { SweepBenchPage, SweepTimed } from './sweep/page.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 9;
/** 1,000 cells of 6 stages and 500 items on two cores. */
const aimMs = 5000;
const aimed = 'permits × workers';

export interface SweepFigures {
  cores: number;
  /** By sweep; all sweeps took turns in every round. */
  warm: Record<string, SweepTimed[]>;
  /** Threads started within the time. */
  fresh: SweepTimed[];
  /** The same sweep on one thread. */
  alone: SweepTimed[];
  stops: { answeredMs: number; usableMs: number }[];
}

/** `sweep [rounds]`: how long the page's threads take for 1,000 cells, and to stop. */
export async function runSweepBench(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? defaultRounds);
  if (!(rounds >= 1)) throw new Error('sweep takes a number of rounds, 1 or more.');
  const figures = await withBenchPage('sweep', 'bench', (page) => measureSweeps(page, rounds, 1));
  saySweeps(figures);
  writeFigures('sweep', figures);
}

/** @param part of the cells, for a bench that only has to run. */
export async function measureSweeps(
  page: Page,
  rounds: number,
  part: number,
): Promise<SweepFigures> {
  const { cores, names } = await page.evaluate(() => ({ cores: bench.cores, names: bench.names }));
  const threads = Math.min(2, cores);
  const timed = (name: string, on: number, fresh: boolean): Promise<SweepTimed> =>
    page.evaluate((of) => bench.simulate(of.name, of.on, of.part, of.fresh), {
      name,
      on,
      part,
      fresh,
    });
  const warm = Object.fromEntries(names.map((name): [string, SweepTimed[]] => [name, []]));
  const figures: SweepFigures = { cores, warm, fresh: [], alone: [], stops: [] };
  for (let round = 0; round < rounds; round++) {
    figures.fresh.push(await timed(aimed, threads, true));
    for (const name of names) warm[name]!.push(await timed(name, threads, false));
    figures.alone.push(await timed(aimed, 1, false));
    figures.stops.push(await page.evaluate((on) => bench.stopMs(on), threads));
  }
  return figures;
}

/** The page's own, inside the page. */
declare const bench: SweepBenchPage;

function saySweeps({ cores, warm, fresh, alone, stops }: SweepFigures): void {
  const row = (name: string, rounds: readonly SweepTimed[], aim = ''): string[] => {
    const sorted = Float64Array.from(rounds, ({ ms }) => ms).sort();
    const [low, high] = signInterval(sorted, 0.05);
    const median = quantileSorted(sorted, 0.5);
    const [{ cells, tasks }] = rounds as [SweepTimed];
    return [
      name,
      formatCount(cells),
      formatMs(median),
      Number.isFinite(high) ? `${formatMs(low)} … ${formatMs(high)}` : 'too few rounds',
      `${formatMs(median / cells)} a cell`,
      `${(tasks / median / 1000).toFixed(2)} million tasks a second`,
      aim,
    ];
  };
  const threads = Math.min(2, cores);
  console.log(`Six stages, 500 items, ${threads} threads, ${cores} cores; medians of the rounds:`);
  console.log(
    textTable(
      ['', 'Cells', 'Median', '95 % interval', '', '', 'Aim'],
      [
        ...Object.entries(warm).map(([name, rounds]) =>
          row(name, rounds, name === aimed ? `at most ${formatMs(aimMs)}` : ''),
        ),
        row(`${aimed}, new threads`, fresh, `at most ${formatMs(aimMs)}`),
        row(`${aimed}, one thread`, alone),
      ],
    ),
  );
  const median = (values: number[]): string => formatMs(medianOf(values));
  console.log(
    `First cells after ${median(fresh.map(({ firstMs }) => firstMs))} with new threads, ${median(warm[aimed]!.map(({ firstMs }) => firstMs))} with warm ones.`,
  );
  console.log(
    `A stop is answered after ${median(stops.map(({ answeredMs }) => answeredMs))}; the next cells are there after ${median(stops.map(({ usableMs }) => usableMs))} (new threads and all).`,
  );
}
