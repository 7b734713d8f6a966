import { resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { samplesPlugin } from './samples-plugin.ts';

const textPrefix = 'virtual:millrace/module/';
const importPrefix = 'millrace:';

/**
 * Two ways to the modules in `src/scenarios/modules`:
 * `virtual:millrace/module/text` is the text of one, bundled to an ES module that imports nothing, as
 * stage workers load it; `millrace:text` is the module itself, so that stage code can be imported by tests.
 */
export function modulesPlugin(): Plugin[] {
  return [samplesPlugin(), modulePlugin()];
}

function modulePlugin(): Plugin {
  let folder = '';
  const fileOf = (name: string) => resolve(folder, `${name}.ts`);
  return {
    name: 'millrace-modules',
    enforce: 'pre',
    configResolved(config) {
      folder = resolve(config.root, 'src/scenarios/modules');
    },
    resolveId(id) {
      if (id.startsWith(textPrefix)) return `\0${id}`;
      return id.startsWith(importPrefix) ? fileOf(id.slice(importPrefix.length)) : null;
    },
    async load(id) {
      if (!id.startsWith(`\0${textPrefix}`)) return null;
      const bundle = await bundleModule(fileOf(id.slice(textPrefix.length + 1)));
      for (const file of bundle.files) this.addWatchFile(file);
      return `export default ${JSON.stringify(bundle.text)};\n`;
    },
  };
}

/** Bundles a module with all it imports, minified; also names the files that went into it. @param root the project's folder */
export async function bundleModule(
  entry: string,
  root = process.cwd(),
): Promise<{ text: string; files: string[] }> {
  // Not `build.lib`: for ES modules that leaves all the white space in.
  const { output } = (await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [samplesPlugin()],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  })) as Rolldown.RolldownOutput;
  const [chunk] = output;
  return { text: chunk.code, files: chunk.moduleIds.filter((file) => !file.startsWith('\0')) };
}
