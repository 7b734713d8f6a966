import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { projectFolder } from '../../src/cli/load-typescript.js';

/** Path from the project's folder, with "/" → text. */
export type ProjectFiles = ReadonlyMap<string, string>;

const notOurs = new Set(['node_modules', 'dist', 'coverage', 'test-results', '.git', '.cache']);
const binary = /\.(png|jpe?g|webp|ico|woff2?|gz|zip|wasm|mp4)$/;

/** Every text file that belongs to the project. */
export function readProject(): ProjectFiles {
  const files = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (notOurs.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && !binary.test(entry.name)) {
        files.set(relative(projectFolder, path).split(sep).join('/'), readFileSync(path, 'utf8'));
      }
    }
  };
  walk(projectFolder);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const isCode = (path: string): boolean =>
  /\.(ts|js|svelte)$/.test(path) && !path.endsWith('.d.ts') && /^(src|workers|test)\//.test(path);
