import type { Pipeline } from '../../pipeline/types.ts';
import type { CorpusInfo } from '../services.ts';
import type { RunStore } from './run-store.svelte.ts';

/** How many items a source brings that the document alone cannot tell; null: it can, or nobody knows. */
export function sourceItems(
  { source }: Pipeline,
  corpora: readonly CorpusInfo[],
  runs: Pick<RunStore, 'files' | 'last'>,
): number | null {
  if (source.kind === 'files') return runs.files.length || null;
  if (source.kind === 'corpus') {
    const corpus = corpora.find(({ name }) => name === source.corpus);
    if (corpus) return corpus.files;
  }
  if (source.kind !== 'code') return null;
  return runs.last?.report.trace.meta.items.emitted ?? null;
}
