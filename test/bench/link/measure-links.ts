import { SeededRandom } from '../../../src/base/seeded-random.ts';
import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import { linkText, readLink } from '../../../src/share/link/link-text.ts';
import { gallery } from '../../../src/scenarios/index.ts';

export interface LinkFigures {
  id: string;
  /** Letters of stages' and modules' code in the document. */
  codeLetters: number;
  jsonLetters: number;
  linkLetters: number;
  /** ms, one a round. */
  encodeMs: number[];
  decodeMs: number[];
  /** What was read is what was written. */
  comesBack: boolean;
}

/**
 * Every document of the gallery made into a link and read back, in rounds of an order that is shuffled anew. One
 * round more than asked for: the first is not counted.
 */
export async function measureLinks(rounds: number): Promise<LinkFigures[]> {
  const contenders = await Promise.all(
    gallery.map(async ({ id, load }) => {
      const document = await load();
      return { document, figures: figuresOf(id, document) };
    }),
  );
  const random = new SeededRandom(1);
  for (let round = 0; round <= rounds; round++) {
    for (const contender of random.shuffle([...contenders])) await measure(contender, round > 0);
  }
  return contenders.map(({ figures }) => figures);
}

function figuresOf(id: string, document: PipelineDocument): LinkFigures {
  const code = [
    ...Object.values(document.modules ?? {}),
    ...document.stages.map(({ work }) => (work.kind === 'code' ? work.source : '')),
  ];
  return {
    ...{ id, linkLetters: 0, encodeMs: [], decodeMs: [], comesBack: true },
    codeLetters: code.join('').length,
    jsonLetters: JSON.stringify(document).length,
  };
}

async function measure(
  { document, figures }: { document: PipelineDocument; figures: LinkFigures },
  isCounted: boolean,
): Promise<void> {
  const startMs = performance.now();
  const text = await linkText({ document });
  const linkedMs = performance.now();
  const read = await readLink(text);
  const readMs = performance.now();
  figures.linkLetters = text.length;
  figures.comesBack &&= read.ok && JSON.stringify(read.value) === JSON.stringify({ document });
  if (!isCounted) return;
  figures.encodeMs.push(linkedMs - startMs);
  figures.decodeMs.push(readMs - linkedMs);
}
