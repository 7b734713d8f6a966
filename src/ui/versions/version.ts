import type { PipelineDocument } from '../../pipeline/types.ts';
import type { VersionFacts } from '../services.ts';
import { readSaved } from '../state/read-saved.ts';
import { textOf, type Snapshot } from '../state/snapshot.ts';

/** What is kept of a state beside its text. @param keptAt ms since 1970. */
export function factsOf(
  snapshot: Snapshot,
  why: VersionFacts['why'],
  keptAt: number,
): { facts: VersionFacts; text: string } {
  const { document, brokenText } = snapshot;
  const text = textOf(snapshot);
  const facts: VersionFacts = {
    id: crypto.randomUUID(),
    keptAt,
    // As the browser keeps text: two bytes a letter.
    bytes: 2 * text.length,
    isByHand: why === 'byHand',
    why,
    title: document.name ?? 'Untitled',
    runs: why === 'ran' ? 1 : 0,
    ...(brokenText === null && {
      graph: document.stages.map(({ id, after }) => ({ id, after: after ?? [] })),
    }),
  };
  return { facts, text };
}

/** What the newest becomes when the very same is to be kept again. */
export function keptAgain(newest: VersionFacts, now: VersionFacts): VersionFacts {
  return {
    ...newest,
    ...(now.isByHand && { isByHand: true }),
    ...(now.name !== undefined && { name: now.name }),
    runs: newest.runs + now.runs,
  };
}

/** null: the text cannot be read. */
export const documentOf = (text: string): PipelineDocument | null => readSaved(text);

/** Why it was kept, in the words of the page. */
export const whyKept: Readonly<Record<VersionFacts['why'], string>> = {
  opened: 'as it was opened',
  edited: 'kept while you worked',
  ran: 'kept for a run',
  replaced: 'kept before another version was restored',
  byHand: 'kept by you',
};
