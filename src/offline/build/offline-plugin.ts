import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { versionMeta } from '../build-facts.ts';
import { factsOfBuild, pageFile, workerFile } from './facts-of-build.ts';

/** Bundles an entry into the text of one classic script. */
type BundleScript = (entry: string, minify: boolean) => Promise<{ text: string }>;

/**
 * Gives the built page its service worker, with the list of its files, and its version. In development
 * there is neither: files are to be what they are on the disk.
 */
export function offlinePlugin(bundleScript: BundleScript): Plugin {
  let root = '';
  return {
    name: 'millrace-offline',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    writeBundle: {
      // After everything else has been written.
      order: 'post',
      sequential: true,
      async handler({ dir }, bundle) {
        if (dir === undefined) return;
        const facts = factsOfBuild(dir, onDemand(bundle));
        const { text } = await bundleScript(resolve(root, 'workers/service-worker.ts'), true);
        const page = join(dir, pageFile);
        const html = readFileSync(page, 'utf8');
        const marked = html.replace('</title>', `</title>\n    ${versionMeta(facts.version)}`);
        if (marked === html) throw new Error(`${pageFile} has no title to put its version after`);
        writeFileSync(page, marked);
        const script = `const millraceBuild = ${JSON.stringify(facts)};\n${text}`;
        writeFileSync(join(dir, workerFile), script);
      },
    },
  };
}

/** Modules that only some readers come to, and that are large or of no use without a connection. */
const notForAll = [/\/node_modules\/monaco-editor\//, /\/src\/headless\.ts$/];

/** Files made of such modules, their styles and fonts, and the editor's own workers. */
function onDemand(bundle: Rolldown.OutputBundle): Set<string> {
  const files = new Set<string>();
  for (const output of Object.values(bundle)) {
    if (/\.worker-[^/]+\.js$/.test(output.fileName)) files.add(output.fileName);
    if (output.type !== 'chunk') continue;
    const isFor = (pattern: RegExp): boolean => output.moduleIds.some((id) => pattern.test(id));
    if (!notForAll.some(isFor)) continue;
    files.add(output.fileName);
    output.viteMetadata?.importedCss.forEach((file) => files.add(file));
    output.viteMetadata?.importedAssets.forEach((file) => files.add(file));
  }
  return files;
}
