import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Runs a TypeScript file of this project straight from its source, with Vite's own module runner:
 * Node 20 does not read TypeScript, and a compiled copy could be stale.
 *
 * The runner closes when the file has been evaluated; whatever the file does, lazy imports included, it
 * must await at its top level.
 *
 * @param {string} path from the project's folder
 */
export async function loadTypeScript(path) {
  const { runnerImport } = await import('vite');
  await runnerImport(join(projectFolder, path), { root: projectFolder, logLevel: 'error' });
}
