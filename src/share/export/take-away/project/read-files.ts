import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Every file in a folder, sorted by path: `{path, text}`, or `{path, bytes}` for what is not UTF-8 text. */
export async function* filesIn(folder: string): AsyncGenerator<unknown> {
  const top = basename(resolve(folder));
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: `${top}/${file.slice(join(folder, '/').length)}` }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { file, path } of files) yield itemOf(path, new Uint8Array(await readFile(file)));
}

function itemOf(path: string, bytes: Uint8Array): unknown {
  if (!bytes.includes(0)) {
    try {
      return { path, text: utf8.decode(bytes) };
    } catch {
      // Not UTF-8: the stage gets the bytes.
    }
  }
  return { path, bytes };
}
