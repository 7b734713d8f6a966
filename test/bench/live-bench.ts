import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { withBenchPage } from './bench-page.ts';
import { measureLive } from './live/rounds.ts';
import { judge, tellEnvironment, tellWorkload } from './live/tell.ts';
import { workloads, type Workload } from './live/workloads.ts';

const defaultRounds = 12;

interface LiveBenchArguments {
  chosen: readonly Workload[];
  rounds: number;
  seed: number;
  isQuick: boolean;
}

/** @throws one sentence that names what is wrong. */
function readArguments(args: readonly string[]): LiveBenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : defaultRounds));
  const seed = Number(values.seed);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds takes a whole number above 0, not "${values.rounds}".`);
  }
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed takes a number, not "${values.seed}".`);
  const known = workloads.map(({ name }) => name);
  const wrong = positionals.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Error(`There is no workload "${wrong}"; there are ${known.join(', ')}.`);
  }
  const chosen = workloads.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  return { chosen, rounds, seed, isQuick: values.quick };
}

/**
 * `live [--quick] [--rounds N] [--seed N] [workload…]`: the live machine against libraries for workers, against pools
 * written by hand, and against what the machine allows at best; see `live/workloads.ts` for what has to be reached.
 */
export async function runLiveBench(args: readonly string[]): Promise<void> {
  const { chosen, ...options } = readArguments(args);
  const figures = await withBenchPage('live', 'liveBench', (page) =>
    measureLive(page, chosen, {
      ...options,
      onWorkload: (workload, series) => console.log(tellWorkload(workload, series)),
    }),
  );
  if (figures.environment) console.log(tellEnvironment(figures.environment));
  console.log(`The order of the contenders in each round is of seed ${options.seed}.`);
  const judged = figures.workloads.map(({ name, series }) => {
    const { musts } = chosen.find((workload) => workload.name === name)!;
    return { name, musts: musts.map((must) => ({ ...must, ...judge(must, series) })), series };
  });
  const folder = join(projectFolder, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const found = { ...figures, workloads: judged };
  writeFileSync(join(folder, 'live.json'), `${JSON.stringify(found, null, 2)}\n`);
  console.log('All figures: .cache/bench/live.json');
}
