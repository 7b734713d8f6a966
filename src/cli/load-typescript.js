import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Looked for upwards: this very file is bundled too, and then lies deeper. */
export const projectFolder = folderOfPackage(dirname(fileURLToPath(import.meta.url)));

function folderOfPackage(folder) {
  return existsSync(join(folder, 'package.json')) ? folder : folderOfPackage(dirname(folder));
}

/**
 * Runs a TypeScript file of this project: Node 20 does not read TypeScript, so it is bundled first.
 *
 * @param {string} path from the project's folder
 */
export async function loadTypeScript(path) {
  process.setSourceMapsEnabled(true);
  let file;
  try {
    file = await bundleOf(path);
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
    // Nothing may be written here: slower, but it runs.
    const { runnerImport } = await import('vite');
    await runnerImport(join(projectFolder, path), { root: projectFolder, logLevel: 'error' });
    return;
  }
  await import(pathToFileURL(file).href);
}

/**
 * The file to run in place of a TypeScript file of this project, for whoever starts a thread or a process.
 * It is bundled anew unless that has been done with the very same sources: a stale copy is never run.
 *
 * @param {string} path from the project's folder
 * @param {string} project
 */
export async function bundleOf(path, project = projectFolder) {
  const name = path.replace(/[^a-z0-9]+/gi, '-');
  const folder = join(project, '.cache', 'bundles', `${name}-${hashOfSources(path, project)}`);
  if (!existsSync(folder)) {
    const { bundle } = await import('./bundle.js');
    await bundle(project, path, folder);
  }
  return join(folder, 'main.js');
}

/** Of the names and contents of everything that could go into the bundle; takes some 15 ms. */
function hashOfSources(path, project) {
  const hash = createHash('sha1');
  // What users run does not read the tests.
  const folders = path.startsWith('src/') ? ['src'] : ['src', 'test'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(project, join(entry.parentPath ?? entry.path, entry.name))),
  );
  for (const file of ['package-lock.json', 'tsconfig.json', ...files.sort()]) {
    hash.update(`${file}\n`).update(readFileSync(join(project, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
