import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'vite';

const weekMs = 7 * 86_400_000;

/**
 * Bundles one TypeScript file, with everything of this project that it imports, into `folder`, where
 * `main.js` is to be run. Packages stay outside. Several processes may do so at the same time.
 *
 * @param {string} projectFolder
 * @param {string} path of the file, from the project's folder
 * @param {string} folder must not be there
 */
export async function bundle(projectFolder, path, folder) {
  removeOld(folder);
  const unfinished = `${folder}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  mkdirSync(unfinished, { recursive: true });
  const { NODE_ENV } = process.env;
  try {
    await build({
      configFile: false,
      root: projectFolder,
      logLevel: 'error',
      publicDir: false,
      build: {
        ssr: join(projectFolder, path),
        outDir: unfinished,
        target: 'es2022',
        // What a terminal runs is what the page runs.
        minify: true,
        sourcemap: true,
        rolldownOptions: { output: { entryFileNames: 'main.js' } },
      },
    });
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process may have been faster.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    // Vite has set it; whatever is started from here is not to inherit that.
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Bundles of earlier sources; a week later nobody runs them any more. */
function removeOld(folder) {
  const [all, name] = [dirname(folder), basename(folder).replace(/-[^-]+$/, '')];
  mkdirSync(all, { recursive: true });
  for (const other of readdirSync(all)) {
    if (!other.startsWith(`${name}-`)) continue;
    const path = join(all, other);
    const changedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - changedMs > weekMs) rmSync(path, { recursive: true, force: true });
  }
}
