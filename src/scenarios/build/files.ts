import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One item of a corpus. The path is relative to the project, with forward slashes. */
export interface CorpusFile {
  path: string;
  text: string;
}

/** Paths of all files below a folder of the project, sorted; [] if there is no such folder. */
export function filesUnder(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== 'node_modules') found.push(...filesUnder(root, path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

/** Paths of the files right in a folder of the project, sorted; [] if there is no such folder. */
export function filesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => `${folder}/${entry.name}`).sort();
}

/** The text of a project file; null when there is none. */
export function textOf(root: string, path: string): string | null {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
}

/** Reads files in order until their sizes reach the budget (bytes); a file that would pass it is left out. */
export function readWithin(root: string, paths: readonly string[], budget: number): CorpusFile[] {
  const files: CorpusFile[] = [];
  let left = budget;
  for (const path of paths) {
    const text = textOf(root, path);
    const size = text === null ? 0 : Buffer.byteLength(text);
    if (text === null || size === 0 || size > left) continue;
    files.push({ path, text });
    left -= size;
  }
  return files;
}

export function sortedByPath(files: readonly CorpusFile[]): CorpusFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
