import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from 'vite';

/** Lazy for a terminal, which needs no interface, but a reader waits for it. */
const interfaceChunk = 'src/ui/mount.ts';

/**
 * Files of JavaScript that a reader waits for: the entry and the interface, what these import
 * statically, and what the built page names in script and preload tags. Nothing else may be needed before
 * the page can be used: an end-to-end test withholds all the rest.
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
