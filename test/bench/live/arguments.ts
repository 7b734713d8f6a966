import { parseArgs } from 'node:util';
import type { Kind } from './job.ts';
import { workloads, type Workload } from './workloads.ts';

export interface BenchArguments {
  chosen: readonly Workload[];
  rounds: number;
  seed: number;
  isQuick: boolean;
  /** Beside Millrace only these take part; null: all. */
  beside: Beside | null;
}

const kinds = ['library', 'pool', 'yardstick'] as const satisfies readonly Kind[];
type Beside = (typeof kinds)[number];

/** @throws one sentence that names what is wrong. */
export function readBenchArguments(
  args: readonly string[],
  { defaultRounds = 12, takesBeside = false } = {},
): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
      ...(takesBeside && { beside: { type: 'string' } as const }),
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : defaultRounds));
  const seed = Number(values.seed);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds takes a whole number above 0, not "${values.rounds}".`);
  }
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed takes a number, not "${values.seed}".`);
  const beside = values.beside === undefined ? null : kinds.find((one) => one === values.beside);
  if (beside === undefined) {
    throw new Error(`--beside takes one of ${kinds.join(', ')}, not "${values.beside}".`);
  }
  const known = workloads.map(({ name }) => name);
  const wrong = positionals.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Error(`There is no workload "${wrong}"; there are ${known.join(', ')}.`);
  }
  const chosen = workloads.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  return { chosen, rounds, seed, isQuick: values.quick, beside };
}
