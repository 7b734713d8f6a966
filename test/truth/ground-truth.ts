import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';

/** Published instances with proven answers. They lie beside the project and are no part of it. */
const folder = join(projectFolder, '..', 'shared', 'ground-truth');

export function hasTruth(set: string): boolean {
  return existsSync(join(folder, set));
}

/** Tests against published instances; where those are absent they are skipped, and the title says so. */
export function describeTruth(set: string, title: string, tests: () => void): void {
  const there = hasTruth(set);
  const notice = `${title}: skipped, ../shared/ground-truth/${set} is not here`;
  describe.skipIf(!there)(there ? title : notice, tests);
}

export function readTruth(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** A table with a heading line, a record a row. */
export function readTable(path: string): Record<string, string>[] {
  const [head, ...rows] = readTruth(path).trim().split(/\r?\n/);
  const names = head!.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
  });
}

/** Rows whose instance is really there: tables may name more than was kept. */
export function instances(set: string, table: string): Record<string, string>[] {
  return readTable(`${set}/${table}`).filter(({ file }) => existsSync(join(folder, set, file!)));
}
