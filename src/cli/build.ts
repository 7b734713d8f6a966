import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './load-typescript.js';
import { Failed } from './command.ts';

/** Written by the build; its time is the build's time. */
const manifestPath = 'dist/.vite/manifest.json';
/** What a build does not read. The tests are read: they are part of the corpus. */
const notSources = new Set(['node_modules', 'dist', 'coverage', 'test-results']);

/** Builds `dist` unless it is newer than every file it could be made from. @throws {Failed} */
export async function buildIfStale(say: (text: string) => void): Promise<void> {
  if (!isStale(projectFolder)) return;
  say('Building the page …\n');
  await build();
}

export function isStale(folder: string): boolean {
  const manifest = join(folder, manifestPath);
  return !existsSync(manifest) || newestMs(folder) > statSync(manifest).mtimeMs;
}

function newestMs(folder: string): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || notSources.has(entry.name)) continue;
    const path = join(folder, entry.name);
    const changedMs = entry.isDirectory() ? newestMs(path) : statSync(path).mtimeMs;
    newest = Math.max(newest, changedMs);
  }
  return newest;
}

/** In a process of its own, and for production whatever this one was told: `NODE_ENV` would leak into the build. */
function build(): Promise<void> {
  const { NODE_ENV: _, ...env } = process.env;
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
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
