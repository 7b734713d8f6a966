import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/cli/load-typescript.js';

/** Keeps all figures of a bench in the cache folder, and says where. */
export function writeFigures(name: string, figures: unknown): void {
  const folder = join(projectFolder, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`All figures: .cache/bench/${name}.json`);
}
