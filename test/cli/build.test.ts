import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale, replaceFolder } from '../../src/cli/build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-build-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, changedSeconds: number): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, changedSeconds, changedSeconds);
}

test('a build that was never made is stale', () => {
  write('src/main.ts', 1000);
  expect(isStale(folder)).toBe(true);
});

test('a build is stale once any source is newer, however deep', () => {
  write('src/ui/parts/Button.svelte', 1000);
  write('dist/.vite/manifest.json', 2000);
  expect(isStale(folder)).toBe(false);
  write('src/ui/parts/Button.svelte', 3000);
  expect(isStale(folder)).toBe(true);
});

test('what a build does not read does not make it stale', () => {
  write('dist/.vite/manifest.json', 2000);
  for (const path of ['dist/assets/a.js', 'node_modules/a/a.js', 'coverage/a', '.cache/a'])
    write(path, 3000);
  for (const path of ['my.millrace.json', 'my.baseline.json', 'ft10.json']) write(path, 3000);
  expect(isStale(folder)).toBe(false);
  write('package.json', 3000);
  expect(isStale(folder)).toBe(true);
});

test('a build takes the place of the one before as a whole, and of none', () => {
  const [made, dist, aside] = ['.cache/made', 'dist', '.cache/aside'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  write('.cache/made/first.js', 1000);
  write('.cache/aside/left-behind.js', 1000);
  replaceFolder(made, dist, aside);
  expect(readdirSync(dist)).toEqual(['first.js']);
  write('.cache/made/second.js', 2000);
  replaceFolder(made, dist, aside);
  expect(readdirSync(dist)).toEqual(['second.js']);
  expect([made, aside].filter((one) => existsSync(one))).toEqual([]);
});
