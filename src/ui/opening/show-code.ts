import { tick } from 'svelte';
import { goToRegionNamed } from '../page/regions.ts';
import type { App } from '../state/app.svelte.ts';

/** Shows the first code that the document holds, else its text, and goes there. */
export async function showCode({ doc, view }: App): Promise<void> {
  const { stages, source } = doc.document;
  const stage = stages.find(({ work }) => work.kind === 'code');
  if (stage) view.editCode({ kind: 'stage', id: stage.id });
  else if (source?.kind === 'code') view.editCode({ kind: 'source' });
  else view.tab = 'document';
  await tick();
  goToRegionNamed('details');
}
