import type { Page } from 'playwright';
import { textTable } from '../../src/cli/text-table.ts';
import { formatCount } from '../../src/base/units.ts';
import { withBenchPage } from './bench-page.ts';
import { plural } from './live/job.ts';
import { measureLive, type LiveFigures, type Series } from './live/rounds.ts';
import { medianRate, ratioText, tellEnvironment, timesRate } from './live/tell.ts';
import { onlookerAt, tricks, withAll, withOnlooker } from './live/tricks.ts';
import { workloads, type Workload } from './live/workloads.ts';
import { readBenchArguments } from './live/arguments.ts';
import { tellHost, writeFigures } from './write-figures.ts';

/** The same work with everything that dispatch does to be fast, and without one thing at a time, in turns. */
export async function measureTricks(
  page: Page,
  chosen: readonly { workload: Workload; left: readonly string[] }[],
  options: { rounds: number; seed: number; isQuick: boolean },
): Promise<LiveFigures[]> {
  const found: LiveFigures[] = [];
  for (const { workload, left } of chosen) {
    const takesPart = (name: string): boolean => name === withAll || left.includes(name);
    const contenders = (name: string, kind: string) => kind === 'trick' && takesPart(name);
    found.push(await measureLive(page, [workload], { ...options, contenders }));
  }
  return found;
}

export const trickWorkloads = workloads
  .map((workload) => ({
    workload,
    left: [
      ...tricks.filter((one) => one.workloads.includes(workload.name)).map(({ trick }) => trick),
      ...(onlookerAt.includes(workload.name) ? [withOnlooker] : []),
    ],
  }))
  .filter(({ left }) => left.length > 0);

const row = (workload: Workload, series: Series, all: Series): string[] => [
  workload.name,
  series === all || series.name === withOnlooker ? series.name : `without ${series.name}`,
  formatCount(Math.round(medianRate(series))),
  series === all ? '' : ratioText(timesRate(series, all)),
];

/** `tricks [--quick] [--rounds N] [--seed N] [workload…]`: what each of the things that make dispatch fast is worth. */
export async function runTricksBench(args: readonly string[]): Promise<void> {
  const { chosen, ...options } = readBenchArguments(args);
  const wanted = trickWorkloads.filter(({ workload }) => chosen.includes(workload));
  if (wanted.length === 0) {
    const names = trickWorkloads.map(({ workload }) => workload.name).join(', ');
    throw new Error(`None of the tricks shows at these workloads; they do at ${names}.`);
  }
  const figures = await withBenchPage('live', 'liveBench', (page) =>
    measureTricks(page, wanted, options),
  );
  const rows = figures.flatMap(({ workloads: [found] }, at) => {
    const { series } = found!;
    const all = series.find(({ name }) => name === withAll)!;
    return series.map((one) => row(wanted[at]!.workload, one, all));
  });
  for (const { trick, says } of tricks) console.log(`${trick}: ${says}.`);
  console.log(
    `Medians of ${plural(options.rounds, 'round')} in turns, each run in a sandbox of its own:`,
  );
  console.log(
    textTable(['Workload', '', 'Items a second', 'Beside all of them (95 %)'], rows).trimEnd(),
  );
  const { environment } = figures[0]!;
  if (environment) console.log(tellEnvironment(environment));
  console.log(tellHost());
  writeFigures('tricks', figures);
}
