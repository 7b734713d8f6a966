import type { InputFile } from '../engine/runner.ts';

/** Files up to this size are read; larger ones are left out with a notice. */
const fileBytesMax = 256 * 1024 * 1024;

/** One by one: the items of a source that the page reads. */
export interface ItemReader {
  /** Items in all, if known. */
  readonly total: number | null;
  /** Up to `count` more. Fewer than asked means there are no more. */
  read(count: number): Promise<{ items: unknown[]; done: boolean }>;
}

/** Items that are there already. */
export function listReader(items: readonly unknown[]): ItemReader {
  let next = 0;
  return {
    total: items.length,
    read(count) {
      const from = next;
      next = Math.min(items.length, next + count);
      return Promise.resolve({ items: items.slice(from, next), done: next === items.length });
    },
  };
}

/**
 * The files a reader picked, read as they are wanted: `{path, text}`, or `{path, bytes}` for what is not
 * UTF-8 text. What cannot be read is left out, and told.
 */
export function fileReader(
  files: readonly InputFile[],
  notice: (text: string) => void,
): ItemReader {
  let next = 0;
  return {
    total: files.length,
    async read(count) {
      const items: unknown[] = [];
      while (items.length < count && next < files.length) {
        const { path, file } = files[next++]!;
        if (file.size > fileBytesMax) {
          notice(`${path} was left out: it is larger than ${fileBytesMax / 1024 / 1024} MiB.`);
          continue;
        }
        try {
          items.push(fileItem(path, new Uint8Array(await file.arrayBuffer())));
        } catch {
          notice(`${path} was left out: it could not be read.`);
        }
      }
      return { items, done: next === files.length };
    },
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text if the bytes are UTF-8 without a NUL (which no text file has), else the bytes. */
export function fileItem(
  path: string,
  bytes: Uint8Array,
): { path: string; text: string } | { path: string; bytes: Uint8Array } {
  if (!bytes.includes(0)) {
    try {
      return { path, text: utf8.decode(bytes) };
    } catch {
      // Not UTF-8: the stage gets the bytes.
    }
  }
  return { path, bytes };
}
