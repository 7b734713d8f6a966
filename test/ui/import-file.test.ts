import { expect, it } from 'vitest';
import { importFile } from '../../src/ui/files/import-file.ts';
import * as cases from '../share/import/small-cases.ts';

const file = (text: string): File => new File([text], 'x');
const open = (text: string, name: string) => importFile(name, file(text));

it.each([
  ['jobShop', 3 + 1],
  ['flowShop', 2],
  ['stg', 6],
  ['psplib', 5],
] as const)('tells the format of %s by itself', async (name, stages) => {
  const result = await open(cases[name], 'folder/la01.txt');
  expect(result).toMatchObject({ ok: true });
  if (!result?.ok) return;
  expect(result.value.name).toBe('la01');
  expect(result.value.stages).toHaveLength(stages);
});

it('opens a recorded workflow, which is JSON as our own documents are', async () => {
  expect(await open(cases.wfFormat, 'montage.json')).toMatchObject({ ok: true });
});

it('leaves documents of our own alone, broken ones too', async () => {
  expect(await open('{"format": "millrace/1", "stages": []}', 'a.json')).toBeNull();
  expect(await open('{"format": "millrace/1", "stages": [', 'a.txt')).toBeNull();
  expect(await open('nonsense', 'a.json')).toBeNull();
});

it('says what can be opened when it is none of it', async () => {
  const result = await open('Dear diary', 'diary.txt');
  expect(result).toMatchObject({ ok: false });
  expect(result && !result.ok && result.error).toMatch(/psplib.*pick another file/);
});
