import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale } from '../../src/cli/build.ts';

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
  expect(isStale(folder)).toBe(false);
});
