import { expect, it } from 'vitest';
import { takeDropped } from '../../src/ui/files/dropped.ts';
import { filesMax, fromDrop, fromPicker } from '../../src/ui/files/read-input.ts';

/** A folder as a browser hands it over: at most a hundred entries at a time. */
interface Folder {
  [name: string]: Folder | 'file' | 'refused';
}
const aFile = new File(['x'], 'a');
function entryOf(name: string, what: Folder | string, above = ''): object {
  const fullPath = `${above}/${name}`;
  if (typeof what === 'string')
    return {
      ...{ fullPath, isDirectory: false },
      file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
        setImmediate(() => (what === 'file' ? resolve(aFile) : reject(new Error()))),
    };
  const createReader = (): object => {
    const left = Object.entries(what).map(([inner, of]) => entryOf(inner, of, fullPath));
    return {
      readEntries: (resolve: (some: object[]) => void) =>
        setImmediate(() => resolve(left.splice(0, 100))),
    };
  };
  return { fullPath, isDirectory: true, createReader };
}
const drop = (folder: Folder): Promise<Awaited<ReturnType<typeof fromDrop>>> =>
  fromDrop(
    takeDropped({
      items: Object.entries(folder).map(([name, what]) => ({
        kind: 'file',
        webkitGetAsEntry: () => entryOf(name, what),
      })),
    } as unknown as DataTransfer),
  );
const filesOf = (count: number): Folder =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.txt`, 'file']));

it('walks through folders, sorts by path, and names what the browser refuses', async () => {
  const taken = await drop({
    b: { 'y.txt': 'file', deep: { 'z.txt': 'file' }, 'no.txt': 'refused' },
    'a.txt': 'file',
    empty: {},
  });
  expect(taken.files.map(({ path }) => path)).toEqual(['a.txt', 'b/deep/z.txt', 'b/y.txt']);
  expect(taken).toMatchObject({ unreadable: ['b/no.txt'], isCut: false });
});

it('takes all that a run takes, and says when there was more', async () => {
  const just = await drop({ folder: filesOf(filesMax) });
  expect(just.files).toHaveLength(filesMax);
  expect(just.isCut).toBe(false);
  const more = await drop({ folder: filesOf(filesMax + 1) });
  expect(more.files).toHaveLength(filesMax);
  expect(more.isCut).toBe(true);
});

it('takes no more from a picker either', () => {
  const list = (count: number): File[] => new Array<File>(count).fill(aFile);
  expect(fromPicker(list(filesMax))).toMatchObject({ unreadable: [], isCut: false });
  const more = fromPicker(list(filesMax + 1));
  expect(more.files).toHaveLength(filesMax);
  expect(more.isCut).toBe(true);
});
