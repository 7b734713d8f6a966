import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest } from 'vite';
import type { StepResult } from './steps.ts';

/** JavaScript a first visit waits for, gzipped. */
export const firstLoadBytesMax = 150 * 1024;

/** Lazy for a terminal, which needs no interface, but a reader waits for it. */
const interfaceChunk = 'src/ui/mount.ts';

/**
 * Files of JavaScript that a reader waits for: the entry and the interface, what these import
 * statically, and what the built page names in script and preload tags. Nothing else may be needed before
 * the page can be used (an end-to-end test withholds all the rest); workers and lazy chunks come after.
 */
export function firstLoadFiles(manifest: Manifest, html: string): string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) return;
    seen.add(key);
    if (chunk.file.endsWith('.js')) files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  for (const [key, chunk] of Object.entries(manifest)) {
    if (chunk.isEntry === true || key === interfaceChunk) visit(key);
  }
  for (const match of html.matchAll(/(?:src|href)="(?:\.?\/)?([^"]+\.js)"/g)) files.add(match[1]!);
  return [...files].sort();
}

/** The same of the page built in `dist`. */
export function firstLoadFilesIn(dist: string): string[] {
  const manifest = readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  return firstLoadFiles(JSON.parse(manifest) as Manifest, html);
}

/** Is the built page in `dist` within its budget? */
export function firstLoadReport(dist: string): StepResult {
  const sizes = firstLoadFilesIn(dist).map((file) => ({
    file,
    bytes: gzipSync(readFileSync(join(dist, file))).length,
  }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;
  return {
    ok: sizes.length > 0 && total <= firstLoadBytesMax,
    note: `${kib(total)} of ${kib(firstLoadBytesMax)} gzipped JavaScript`,
    output: sizes.map(({ file, bytes }) => `${kib(bytes).padStart(10)}  ${file}`).join('\n'),
    passed: 0,
    failed: 0,
  };
}
