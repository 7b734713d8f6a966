import shape from '../../../node_modules/d3-shape/dist/d3-shape.js?raw';
import blocks from '../../../node_modules/svelte/src/internal/client/dom/blocks/each.js?raw';
import runtime from '../../../node_modules/svelte/src/internal/client/runtime.js?raw';
import sha2 from '../../../node_modules/@noble/hashes/src/sha2.ts?raw';
import utils from '../../../node_modules/@noble/hashes/src/utils.ts?raw';

/** Real source files (MIT and ISC licences) to practise on: two dialects, many kinds of statements. */
export const samples: readonly { path: string; text: string }[] = [
  { path: 'd3-shape.js', text: shape },
  { path: 'svelte-each.js', text: blocks },
  { path: 'svelte-runtime.js', text: runtime },
  { path: 'noble-sha2.ts', text: sha2 },
  { path: 'noble-utils.ts', text: utils },
];

/** Long enough for a compiling thread to get at a core that busy workers would not leave it. */
const pauseMs = 10;

/**
 * Does a piece of work again and again until the browser has compiled it. Browsers compile busy code on
 * other threads; between the rounds this one steps aside for them, or workers that practise on all cores
 * at once keep theirs waiting.
 */
export async function practise(work: () => void, rounds = 10): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    work();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
