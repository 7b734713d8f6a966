import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './load-typescript.js';
import { Failed } from './command.ts';

/** Written by the build; its time is the build's time. */
const manifestOfBuild = '.vite/manifest.json';
/** What a build does not read. The tests are read: they are part of the corpus. */
const notSources = new Set(['node_modules', 'dist', 'coverage', 'test-results']);
/** Any other at the top of the project is a document or a baseline that somebody keeps there. */
const ownJson = new Set(['package.json', 'package-lock.json', 'tsconfig.json']);

/** Builds `dist` unless it is newer than every file it could be made from. @throws {Failed} */
export async function buildIfStale(say: (text: string) => void): Promise<void> {
  if (!isStale(projectFolder)) return;
  say('Building the page …\n');
  await build();
}

export function isStale(folder: string): boolean {
  const manifest = join(folder, 'dist', manifestOfBuild);
  return !existsSync(manifest) || newestMs(folder) > statSync(manifest).mtimeMs;
}

function newestMs(folder: string, isTop = true): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || notSources.has(entry.name)) continue;
    if (isTop && /\.json$/.test(entry.name) && !ownJson.has(entry.name)) continue;
    const path = join(folder, entry.name);
    const changedMs = entry.isDirectory() ? newestMs(path, false) : statSync(path).mtimeMs;
    newest = Math.max(newest, changedMs);
  }
  return newest;
}

/** What is being built and what was built before: out of the sources, on the same disk as `dist`. */
const besideFolder = join(projectFolder, '.cache');

/**
 * Builds into a folder beside `dist` that takes its place once it is whole: another `serve` may be serving
 * what is there.
 */
async function build(): Promise<void> {
  const startedAt = new Date();
  const made = join(besideFolder, `dist-${process.pid}`);
  try {
    await runBuild(made);
    // As old as what it was made of: what was changed meanwhile makes it stale.
    utimesSync(join(made, manifestOfBuild), startedAt, startedAt);
    replaceFolder(made, join(projectFolder, 'dist'), join(besideFolder, `dist-old-${process.pid}`));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Puts the folder `made` in the place of `folder`, which goes by way of `aside`. */
export function replaceFolder(made: string, folder: string, aside: string): void {
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, aside);
  renameSync(made, folder);
  rmSync(aside, { recursive: true, force: true });
}

/** In a process of its own, and for production whatever this one was told: `NODE_ENV` would leak into the build. */
function runBuild(outDir: string): Promise<void> {
  const { NODE_ENV: _, ...env } = process.env;
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  const options = ['--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', ...options], {
      cwd: projectFolder,
      env,
      stdio: ['ignore', 2, 2],
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Failed('the page could not be built; the reason is above.'));
    });
  });
}
