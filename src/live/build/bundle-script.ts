import { build, type Rolldown } from 'vite';

/** Bundles an entry and all it imports into the text of one classic script; names the files that went in. */
export async function bundleScript(
  entry: string,
  minify: boolean,
): Promise<{ text: string; files: string[] }> {
  const output = (await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      minify,
      modulePreload: false,
      lib: { entry, formats: ['iife'], name: 'millrace', fileName: 'script' },
      // Strict, so that no stack frame gives its function or its arguments away (`Error.prepareStackTrace`, `caller`).
      rolldownOptions: { output: { codeSplitting: false, strict: true } },
    },
  })) as Rolldown.RolldownOutput[];
  const chunk = output[0]?.output[0];
  if (chunk?.type !== 'chunk') throw new Error(`${entry} was not bundled to a script`);
  return { text: chunk.code, files: chunk.moduleIds.filter((file) => !file.startsWith('\0')) };
}
