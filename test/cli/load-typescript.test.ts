import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleOf } from '../../src/cli/load-typescript.js';

let project: string;

const write = (file: string, text: string): void => writeFileSync(join(project, file), text);
const runs = (file: string): string => execFileSync(process.execPath, [file]).toString().trim();

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'millrace-bundle-'));
  mkdirSync(join(project, 'src/parts'), { recursive: true });
  write('package.json', '{ "type": "module" }');
  write('package-lock.json', '{}');
  write('tsconfig.json', '{}');
  write(
    'src/main.ts',
    `import { name } from './parts/name.ts';
     const parts: string[] = Object.keys(import.meta.glob('./parts/*.ts'));
     console.log(name as string, parts.length);`,
  );
  write('src/parts/name.ts', 'export const name: string = "first";');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

test('a bundle is made once of the same sources, and anew when one changes or comes', async () => {
  const first = await bundleOf('src/main.ts', project);
  expect(runs(first)).toBe('first 1');
  expect(await bundleOf('src/main.ts', project)).toBe(first);

  write('src/parts/name.ts', 'export const name: string = "second";');
  const second = await bundleOf('src/main.ts', project);
  expect(runs(second)).toBe('second 1');

  write('src/parts/another.ts', 'export {};');
  expect(runs(await bundleOf('src/main.ts', project))).toBe('second 2');

  // As it was before: the first is still there, and still right.
  rmSync(join(project, 'src/parts/another.ts'));
  write('src/parts/name.ts', 'export const name: string = "first";');
  expect(await bundleOf('src/main.ts', project)).toBe(first);
  expect(runs(first)).toBe('first 1');
}, 30_000);

test('two may bundle at the same time; what does not compile leaves nothing behind', async () => {
  const [a, b] = await Promise.all([1, 2].map(() => bundleOf('src/main.ts', project)));
  expect(a).toBe(b);
  expect(runs(a!)).toBe('first 1');

  write('src/parts/name.ts', 'export const name: = ;');
  await expect(bundleOf('src/main.ts', project)).rejects.toThrow();
  await expect(bundleOf('src/main.ts', project)).rejects.toThrow();
  expect(existsSync(a!)).toBe(true);
}, 30_000);
