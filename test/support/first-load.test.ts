import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { firstLoadBytesMax, firstLoadFiles, firstLoadReport } from './first-load.ts';

const manifest = {
  'index.html': {
    file: 'assets/index.js',
    isEntry: true,
    imports: ['_shared.js'],
    dynamicImports: ['lazy.ts'],
  },
  '_shared.js': { file: 'assets/shared.js', imports: ['_deep.js', 'index.html'] },
  '_deep.js': { file: 'assets/deep.js' },
  'lazy.ts': { file: 'assets/lazy.js', isDynamicEntry: true, imports: ['_heavy.js'] },
  'src/ui/mount.ts': { file: 'assets/mount.js', isDynamicEntry: true },
  '_heavy.js': { file: 'assets/heavy.js' },
};

test('counts what the page waits for: entry, interface, static imports, preloads', () => {
  const html =
    '<link rel="modulepreload" href="./assets/preloaded.js"><script src="./assets/index.js">';
  expect(firstLoadFiles(manifest, html)).toEqual([
    'assets/deep.js',
    'assets/index.js',
    'assets/mount.js',
    'assets/preloaded.js',
    'assets/shared.js',
  ]);
});

let dist = '';
afterEach(() => {
  if (dist !== '') rmSync(dist, { recursive: true });
  dist = '';
});

function built(entryBytes: number): string {
  dist = mkdtempSync(join(tmpdir(), 'millrace-dist-'));
  mkdirSync(join(dist, '.vite'));
  mkdirSync(join(dist, 'assets'));
  writeFileSync(
    join(dist, '.vite', 'manifest.json'),
    JSON.stringify({ 'index.html': { file: 'assets/index.js', isEntry: true } }),
  );
  writeFileSync(join(dist, 'index.html'), '<script src="./assets/index.js"></script>');
  // Bytes that do not compress.
  writeFileSync(join(dist, 'assets', 'index.js'), randomBytes(entryBytes));
  return dist;
}

test('fails over the budget, and says which file weighs what', () => {
  expect(firstLoadReport(built(firstLoadBytesMax - 1000)).ok).toBe(true);
  rmSync(dist, { recursive: true });
  const over = firstLoadReport(built(firstLoadBytesMax + 1000));
  expect(over.ok).toBe(false);
  expect(over.output).toContain('assets/index.js');
});
