import type { InputFile } from '../../engine/runner.ts';

/** Above this a folder is most likely not what was meant (node_modules, a whole disk). */
export const filesMax = 20_000;

/** The files of a picker; a folder's carry their path inside it. */
export function fromPicker(list: FileList): InputFile[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file })).sort(
    byPath,
  );
}

/**
 * Everything dropped, folders walked through. What the browser refuses to read is named in `unreadable`,
 * the rest is still taken.
 */
export async function fromDrop(
  data: DataTransfer,
): Promise<{ files: InputFile[]; unreadable: string[] }> {
  // The entries must be taken before the first await: afterwards the browser empties the list.
  const entries: FileSystemEntry[] = [];
  const files: InputFile[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry) entries.push(entry);
    else {
      // What comes from another program (an attachment) may have no place on the disk.
      const file = item.getAsFile();
      if (file) files.push({ path: file.name, file });
    }
  }
  const unreadable: string[] = [];
  for (let entry = entries.shift(); entry && files.length < filesMax; entry = entries.shift()) {
    const path = entry.fullPath.replace(/^\//, '');
    try {
      if (entry.isDirectory) entries.push(...(await list(entry as FileSystemDirectoryEntry)));
      else files.push({ path, file: await open(entry as FileSystemFileEntry) });
    } catch {
      unreadable.push(path);
    }
  }
  return { files: files.sort(byPath), unreadable };
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
