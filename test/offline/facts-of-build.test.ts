import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { factsOfBuild } from '../../src/offline/build/facts-of-build.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-build-'));
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, '.vite'));
  write('index.html', '<title>Page</title>');
  write('icon.svg', '<svg />');
  write('assets/large-1.js', 'let large;');
  write('.vite/manifest.json', '{}');
  write('service-worker.js', 'of the build before');
});
afterEach(() => rmSync(folder, { recursive: true }));
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
const facts = () => factsOfBuild(folder, new Set(['assets/large-1.js']));

test('lists what a page may ask for, with what is kept ahead and what by its name', () => {
  expect(facts().files.map(({ integrity: _, ...file }) => file)).toEqual([
    { path: 'assets/large-1.js', isNamedByContent: true, isKeptAhead: false },
    { path: 'icon.svg', isNamedByContent: false, isKeptAhead: true },
  ]);
  // printf 'let large;' | openssl dgst -sha256 -binary | base64
  expect(facts().files[0]!.integrity).toBe('sha256-jaoWw9MFIxCG4OTVAflJt3Sudq1vAqxw0R+4jXDBXQA=');
});

test('is another version when any file differs, the page too; the same when none does', () => {
  const { version } = facts();
  expect(version).toMatch(/^[0-9a-f]{16}$/);
  write('service-worker.js', 'of another build');
  expect(facts().version).toBe(version);
  write('index.html', '<title>Other page</title>');
  const other = facts().version;
  write('icon.svg', '<svg></svg>');
  expect(new Set([version, other, facts().version]).size).toBe(3);
});
