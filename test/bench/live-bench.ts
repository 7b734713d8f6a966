import { withBenchPage } from './bench-page.ts';
import { readBenchArguments } from './live/arguments.ts';
import { measureLive } from './live/rounds.ts';
import { judge, legend, numbersOf, tellEnvironment, tellWorkload } from './live/tell.ts';
import { tellHost, versionsOf, writeFigures } from './write-figures.ts';

const packages = [
  ...['workerpool', 'poolifier-web-worker', 'threads', 'comlink', 'p-limit', 'p-queue'],
];

/**
 * `live [--quick] [--rounds N] [--seed N] [--beside KIND] [workload…]`: the live machine against libraries for workers, against pools
 * written by hand, and against what the machine allows at best; see `live/workloads.ts` for what has to be reached.
 */
export async function runLiveBench(args: readonly string[]): Promise<void> {
  const { chosen, beside, ...options } = readBenchArguments(args, { takesBeside: true });
  const contenders = (_: string, kind: string): boolean => kind === 'millrace' || kind === beside;
  const figures = await withBenchPage('live', 'liveBench', (page) =>
    measureLive(page, chosen, {
      ...options,
      ...(beside !== null && { contenders }),
      onWorkload: (workload, series) => console.log(tellWorkload(workload, series)),
    }),
  );
  console.log(`${legend}\n`);
  if (figures.environment) console.log(tellEnvironment(figures.environment));
  console.log(tellHost());
  console.log(`The order of the contenders in each round is of seed ${options.seed}.`);
  const judged = figures.workloads.map(({ name, series }) => {
    const { musts } = chosen.find((workload) => workload.name === name)!;
    const millrace = series.find(({ kind }) => kind === 'millrace')!;
    return {
      name,
      musts: musts.flatMap((must) => {
        const outcome = judge(must, series);
        return outcome ? [{ ...must, ...outcome }] : [];
      }),
      series: series.map((one) => ({ ...one, ...numbersOf(one, millrace) })),
    };
  });
  writeFigures('live', { ...figures, versions: versionsOf(packages), workloads: judged });
}
