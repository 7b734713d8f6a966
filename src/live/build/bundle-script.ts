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
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[];
  const chunk = output[0]?.output[0];
  if (chunk?.type !== 'chunk') throw new Error(`${entry} was not bundled to a script`);
  return { text: chunk.code, files: chunk.moduleIds.filter((file) => !file.startsWith('\0')) };
}
