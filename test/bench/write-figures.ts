import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { formatBytes } from '../../src/base/units.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';

/** The machine that figures are of. */
const host = () => ({
  date: new Date().toISOString(),
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryBytes: totalmem(),
  system: `${type()} ${release()}`,
  node: process.versions.node,
});

export function tellHost(): string {
  const { processor, cores, memoryBytes, system, node } = host();
  return `${processor}, ${cores} cores, ${formatBytes(memoryBytes)}, ${system}, Node ${node}.`;
}

/** Of installed packages, by name. */
export const versionsOf = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => {
      const file = join(projectFolder, 'node_modules', name, 'package.json');
      return [name, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version];
    }),
  );

/** Keeps all figures of a bench in the cache folder, with the machine they are of, and says where. */
export function writeFigures(name: string, figures: unknown): void {
  const folder = join(projectFolder, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ host: host(), figures }, null, 2);
  writeFileSync(join(folder, `${name}.json`), `${text}\n`);
  console.log(`All figures: .cache/bench/${name}.json`);
}
