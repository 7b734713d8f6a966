import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildFacts, FileFact } from '../build-facts.ts';

export const pageFile = 'index.html';
export const workerFile = 'service-worker.js';

/**
 * Facts of all files in a folder that was built, but for those in hidden folders and the service worker.
 * @param onDemand names what is kept only when it was asked for.
 */
export function factsOfBuild(folder: string, onDemand: ReadonlySet<string>): BuildFacts {
  const digest = createHash('sha256');
  const files: FileFact[] = [];
  for (const path of filesIn(folder)) {
    const bytes = readFileSync(join(folder, path));
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    digest.update(`${path} ${sha256}\n`);
    if (path === pageFile) continue;
    files.push({
      path,
      integrity: `sha256-${sha256}`,
      isNamedByContent: path.startsWith('assets/'),
      isKeptAhead: !onDemand.has(path),
    });
  }
  return { version: digest.digest('hex').slice(0, 16), files };
}

/** Paths with forward slashes, in the same order on every machine. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.startsWith('.') && path !== workerFile)
    .sort((a, b) => (a < b ? -1 : 1));
}
