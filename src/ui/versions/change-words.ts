import type { PipelineDocument } from '../../pipeline/types.ts';
import { changes } from '../page/describe-change.ts';

const saidAtMost = 3;

/** The first things that differ, then how many more do: nothing that is longer than a few lines. */
export function changeWords(before: PipelineDocument, after: PipelineDocument): string[] {
  const texts = Array.from(changes(before, after), ({ text }) => text);
  const more = texts.length - saidAtMost;
  return more > 0 ? [...texts.slice(0, saidAtMost), `and ${more} more`] : texts;
}
