import type { ImportFormat } from '../../src/share/import/import-text.ts';
import { instances, readTruth } from '../truth/ground-truth.ts';
import { importInstance } from '../truth/import-instance.ts';
import type { Instance } from './order-gaps.ts';

interface Bounds {
  file: string;
  processors: number | null;
  lower: number;
  upper: number;
}

/** Every published instance whose optimum is proven, and how many are open. */
export function provenInstances(): { proven: Instance[]; open: number } {
  const all = [
    ...withBounds('psplib', ['optimum.csv'], 'psplib'),
    ...withBounds('jobshop', ['optimum.csv'], 'job-shop'),
    ...withBounds('stg', ['optimum.csv', 'cpsat.csv'], 'stg'),
  ];
  const proven = all.flatMap(({ lower, upper, ...instance }) =>
    lower === upper ? [{ ...instance, optimum: lower }] : [],
  );
  proven.sort((a, b) => a.family.localeCompare(b.family, 'en', { numeric: true }));
  return { proven, open: all.length - proven.length };
}

/** The best bounds that any of the tables proves. */
function withBounds(
  set: string,
  tables: readonly string[],
  format: ImportFormat,
): (Omit<Instance, 'optimum'> & { lower: number; upper: number })[] {
  const best = new Map<string, Bounds>();
  for (const row of tables.flatMap((table) => instances(set, table))) {
    const processors = row['processors'] === undefined ? null : Number(row['processors']);
    const key = `${row['file']!} ${processors}`;
    const known = best.get(key);
    best.set(key, {
      file: row['file']!,
      processors,
      lower: Math.max(Number(row['lower']), known?.lower ?? 0),
      upper: Math.min(Number(row['upper']), known?.upper ?? Infinity),
    });
  }
  return [...best.values()].map(({ file, processors, lower, upper }) => ({
    family: familyOf(set, file, processors),
    load: () => importInstance(format, readTruth(`${set}/${file}`)),
    ...(processors === null ? {} : { workers: processors }),
    lower,
    upper,
  }));
}

/** The folder, or what a name begins with: "la" of "la01.txt". */
function familyOf(set: string, file: string, processors: number | null): string {
  const own = file.includes('/') ? file.split('/')[0]! : `${set} ${/^[a-z]+/.exec(file)![0]}`;
  return processors === null ? own : `${own} on ${processors}`;
}
