/**
 * The numbers of a run that a document may name, as places in what is known of the run: "makespan", "latency/p95",
 * "stages/call/queue/max"; of a counter "counters/cursor/writes", of a stage's first result "results/report/kept".
 */
import { suggest } from '../base/suggest.ts';
import { noStage } from './schema-at.ts';
import { placesIn, stageInPlace } from './stage-in-place.ts';

/** Of the run as a whole. */
export const runQuantities = [
  ...['makespan', 'throughput', 'latency/mean', 'latency/p50', 'latency/p95', 'latency/p99'],
  ...['items/emitted', 'items/delivered', 'items/failed', 'items/dropped', 'items/cancelled'],
  ...['barrierResults/delivered', 'workers/utilization', 'workers/count', 'memory/peak'],
  'bound/value',
];

/** Of each stage, behind "stages/<its id>/". */
export const stageQuantities = [
  ...['received', 'tasks', 'delivered', 'failed', 'dropped', 'cancelled', 'retried', 'timedOut'],
  ...['cacheHits', 'busy', 'blocked', 'waitForItem', 'waitForPermit', 'waitForLimit'],
  ...['waitForWorker', 'queue/mean', 'queue/max', 'service/mean', 'service/p95'],
  ...['wait/mean', 'wait/p95'],
];

/** Why this is no number of a run of these stages, as the tail of a sentence; null: it is one. */
export function quantityFault(quantity: string, ids: readonly string[]): string | null {
  const places = placesIn(quantity);
  if (places.length > 2) return `is ${JSON.stringify(quantity)}: divide one number by one other`;
  for (const place of places) {
    const fault = placeFault(place, ids);
    if (fault !== null) return `is ${JSON.stringify(place)}${fault}`;
  }
  return null;
}

function placeFault(place: string, ids: readonly string[]): string | null {
  // What stage code counts and gives nobody knows before it has run.
  if (/^counters\/[^/]+\/./.test(place)) return null;
  const stage = stageInPlace(place);
  if (stage && !ids.includes(stage.id)) return `: ${noStage(stage.id, ids)}`;
  if (stage?.of === 'results') return null;
  const known = stage ? stageQuantities : runQuantities;
  const wanted = stage?.inner ?? place;
  if (known.includes(wanted)) return null;
  const nearest = suggest(wanted, known);
  const hint =
    nearest === null
      ? 'use one such as "makespan", "latency/p95" or "stages/<id>/queue/max"'
      : `did you mean "${stage ? `stages/${stage.id}/` : ''}${nearest}"?`;
  return `, no number of a run: ${hint}`;
}
