import type { InputFile } from '../../engine/runner.ts';
import type { Dropped } from './dropped.ts';

/** Above this a folder is most likely not what was meant (node_modules, a whole disk). */
export const filesMax = 20_000;

/** Entries asked for at once: one after another, a folder of thousands takes seconds. */
const entriesAtOnce = 64;

export interface Taken {
  files: InputFile[];
  /** Paths that the browser refused to read. */
  unreadable: string[];
  /** There are more than `filesMax`; the others are left out. */
  isCut: boolean;
}

/** The files of a picker; a folder's carry their path inside it. */
export function fromPicker(list: FileList | readonly File[]): Taken {
  const files = Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
  return cut(files, []);
}

/**
 * Everything dropped, folders walked through (`entries` grows by what is in them). What the browser refuses
 * to read is named in `unreadable`, the rest is still taken.
 */
export async function fromDrop({ entries, loose }: Dropped): Promise<Taken> {
  const files = loose.map((file): InputFile => ({ path: file.name, file }));
  const unreadable: string[] = [];
  let next = 0;
  while (next < entries.length && files.length <= filesMax) {
    const some = entries.slice(next, next + entriesAtOnce);
    next += some.length;
    await Promise.all(
      some.map(async (entry) => {
        const path = entry.fullPath.replace(/^\//, '');
        try {
          if (entry.isDirectory) {
            for (const inner of await list(entry as FileSystemDirectoryEntry)) entries.push(inner);
          } else files.push({ path, file: await open(entry as FileSystemFileEntry) });
        } catch {
          unreadable.push(path);
        }
      }),
    );
  }
  return cut(files, unreadable);
}

function cut(files: InputFile[], unreadable: string[]): Taken {
  files.sort(byPath);
  return { files: files.slice(0, filesMax), unreadable, isCut: files.length > filesMax };
}

const byPath = (a: InputFile, b: InputFile): number => (a.path < b.path ? -1 : 1);

function open(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function list(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives at most a hundred at a time, and nothing at its end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
