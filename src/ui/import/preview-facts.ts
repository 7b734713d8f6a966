import { meanOf } from '../../base/draw-mean.ts';
import { formatCount, formatMs } from '../../base/units.ts';
import type { Phase, PipelineDocument, SourceDocument } from '../../pipeline/types.ts';

/** What a document is, in a few figures, before it is open. */
export function previewFacts(document: PipelineDocument): [label: string, value: string][] {
  const items = itemCount(document.source);
  const limits = Object.keys(document.limits ?? {}).length;
  return [
    ['Stages', formatCount(document.stages.length)],
    ['Items', items === null ? 'known once it runs' : formatCount(items)],
    ['Work in all', workWords(document, items)],
    ...(limits > 0 ? [['Shared limits', formatCount(limits)] as [string, string]] : []),
  ];
}

function itemCount(source: SourceDocument | undefined): number | null {
  if (source?.kind === 'count') return source.count;
  if (source?.kind === 'values') return source.values.length;
  return source?.kind === 'service' ? (source.service.items ?? null) : null;
}

/** On average, if every item passes every stage once. */
function workWords({ stages }: PipelineDocument, items: number | null): string {
  let cpuMs = 0;
  let waitMs = 0;
  let isKnown = items !== null;
  for (const { work } of stages) {
    const phases: readonly Phase[] | undefined =
      work.kind === 'synthetic' ? work.phases : work.model?.phases;
    if (!phases) isKnown = false;
    for (const phase of phases ?? []) {
      if ('cpu' in phase) cpuMs += meanOf(phase.cpu);
      else waitMs += meanOf(phase.wait);
    }
  }
  if (!isKnown) return 'known once it runs';
  const times = items ?? 0;
  const parts = [
    ...(cpuMs > 0 || waitMs === 0 ? [`${formatMs(cpuMs * times)} of CPU time`] : []),
    ...(waitMs > 0 ? [`${formatMs(waitMs * times)} of waiting`] : []),
  ];
  return parts.join(', ');
}
