import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { bootstrapScript } from '../sandbox/bootstrap.ts';
import { bundleScript } from './bundle-script.ts';
import { pagePolicy, sha256Source } from './page-policy.ts';

const frameId = 'virtual:millrace/frame';

/** What the workers import: found only when a worker starts, it would make the dev server reload the page. */
const workerPackages = [
  'comlink',
  'sucrase',
  '@babel/parser',
  'idb-keyval',
  '@noble/hashes/sha2.js',
  '@noble/hashes/utils.js',
];

/**
 * Hands the texts of the workers inside the sandbox to the page as a virtual module, and gives the
 * built page its content security policy. (The development server's live reload needs looser rules, so
 * there only the frame carries one.)
 */
export function framePlugin(): Plugin {
  let root = '';
  let isBuild = false;
  const bootstrapHash = sha256Source(bootstrapScript);
  return {
    name: 'millrace-frame',
    config: () => ({ optimizeDeps: { include: workerPackages } }),
    configResolved(config) {
      root = config.root;
      isBuild = config.command === 'build';
    },
    resolveId: (id) => (id === frameId ? `\0${frameId}` : null),
    async load(id) {
      if (id !== `\0${frameId}`) return null;
      const [coordinator, stageWorker] = await Promise.all(
        ['coordinator', 'stage-worker'].map((name) =>
          bundleScript(resolve(root, `workers/${name}.ts`), isBuild),
        ),
      );
      for (const file of [...coordinator!.files, ...stageWorker!.files]) this.addWatchFile(file);
      return [
        `export const coordinatorText = ${JSON.stringify(coordinator!.text)};`,
        `export const stageWorkerText = ${JSON.stringify(stageWorker!.text)};`,
        `export const bootstrapHash = ${JSON.stringify(bootstrapHash)};`,
      ].join('\n');
    },
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        if (!isBuild) return html;
        const content = pagePolicy(html, bootstrapHash);
        const attrs = { 'http-equiv': 'Content-Security-Policy', content };
        return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}
