/** Rules about products: settings that are each within their ceiling, and together beyond all reason. */
import { meanOf } from '../base/draw-mean.ts';
import { formatCount, formatMs } from '../base/units.ts';
import { ceilings } from './ceilings.ts';
import { topologicalOrder } from './graph.ts';
import { at, type Findings } from './rules.ts';
import type { PipelineDocument, StageDocument } from './types.ts';

export function checkAmounts(document: PipelineDocument, findings: Findings): void {
  checkWork(document, findings);
  checkArrivals(document, findings);
  for (const stage of document.stages) checkPatience(stage, findings);
}

/** Items that the source brings; null: only a run can tell. */
function sourceItems({ source }: PipelineDocument): number | null {
  if (source === undefined) return null;
  if (source.kind === 'count') return source.count;
  if (source.kind === 'values') return source.values.length;
  return source.kind === 'service' ? (source.service.items ?? null) : null;
}

/** Every item at every stage takes a row of the record: a run must fit into memory. */
function checkWork(document: PipelineDocument, findings: Findings): void {
  const items = sourceItems(document);
  if (items === null) return;
  const stages = new Map(document.stages.map((stage) => [stage.id, stage]));
  const out = new Map<string, number>();
  let total = 0;
  let widest: StageDocument | null = null;
  for (const id of topologicalOrder(document.stages) ?? []) {
    const stage = stages.get(id)!;
    const join = stage.join ?? 'zip';
    const incoming = (stage.after ?? []).map((parent) => out.get(parent) ?? 0);
    const received =
      incoming.length === 0
        ? items
        : join === 'zip'
          ? Math.min(...incoming)
          : incoming.reduce((sum, count) => sum + count, 0);
    const expand = stage.work.kind === 'synthetic' ? meanOf(stage.work.expand ?? 1) : 1;
    out.set(id, (join === 'all' || join === 'fold' ? 1 : received) * expand);
    total += received;
    if (expand > 1 && (widest === null || expand > meanOf(expandOf(widest)))) widest = stage;
  }
  if (total <= ceilings.tasks) return;
  const path =
    widest === null
      ? document.source?.kind === 'service'
        ? ['source', 'service', 'items']
        : ['source', document.source?.kind ?? 'count']
      : at(widest, 'work', 'expand');
  findings.error(
    path,
    `makes about ${formatCount(total)} items, those of all stages together: the ceiling is ${formatCount(ceilings.tasks)}; bring fewer`,
  );
}

const expandOf = ({ work }: StageDocument) => (work.kind === 'synthetic' ? (work.expand ?? 1) : 1);

function checkArrivals(document: PipelineDocument, findings: Findings): void {
  const arrivals = document.source?.arrivals;
  const items = sourceItems(document);
  if (arrivals === undefined || arrivals.kind === 'all' || items === null) return;
  const lastMs = (items * 1000) / arrivals.rate;
  if (lastMs <= ceilings.timeMs) return;
  const least = (items * 1000) / ceilings.timeMs;
  findings.error(
    ['source', 'arrivals', 'rate'],
    `is ${arrivals.rate}: the last item would come after ${formatMs(lastMs)}, and the ceiling is ${formatMs(ceilings.timeMs)}; use ${Number(least.toPrecision(2))} or more`,
  );
}

/** The pause before the last attempt is the longest. */
function checkPatience(stage: StageDocument, findings: Findings): void {
  const { attempts = 1, backoff = 0, factor = 2 } = stage.retry ?? {};
  if (attempts < 2 || backoff === 0) return;
  const longestMs = backoff * factor ** (attempts - 2);
  if (longestMs <= ceilings.timeMs) return;
  findings.error(
    at(stage, 'retry', 'factor'),
    `is ${factor}: the last of ${attempts} attempts would wait ${Number.isFinite(longestMs) ? formatMs(longestMs) : 'for ever'}, and the ceiling is ${formatMs(ceilings.timeMs)}; use a smaller factor, or fewer attempts`,
  );
}
