import { parseArgs } from 'node:util';
import { workloads, type Workload } from './workloads.ts';

export interface BenchArguments {
  chosen: readonly Workload[];
  rounds: number;
  seed: number;
  isQuick: boolean;
}

/** @throws one sentence that names what is wrong. */
export function readBenchArguments(args: readonly string[], defaultRounds = 12): BenchArguments {
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
