import { join } from 'node:path';
import type { Plugin } from 'vite';
import { textOf } from './files.ts';

const samplesId = 'virtual:millrace/samples';

/** Two dialects, many kinds of statements; of packages under the MIT and ISC licences. */
const sampled = [
  'd3-shape/dist/d3-shape.js',
  'svelte/src/internal/client/dom/blocks/each.js',
  'svelte/src/internal/client/runtime.js',
  '@noble/hashes/src/sha2.ts',
  '@noble/hashes/src/utils.ts',
];

/** `virtual:millrace/samples`: real source files of installed packages, as text. */
export function samplesPlugin(): Plugin {
  let root = process.cwd();
  return {
    name: 'millrace-samples',
    configResolved(config) {
      root = config.root;
    },
    resolveId: (id) => (id === samplesId ? `\0${samplesId}` : null),
    load(id) {
      if (id !== `\0${samplesId}`) return null;
      const files = sampled.flatMap((path) => {
        const text = textOf(join(root, 'node_modules'), path);
        return text === null ? [] : [{ path, text }];
      });
      return `export const samples = ${JSON.stringify(files)};\n`;
    },
  };
}
