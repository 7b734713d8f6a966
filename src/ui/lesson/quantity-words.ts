/** Numbers of a run in words, for a list to choose from and for what a step came to. */
import { formatBytes, formatCount, formatMs, formatPercent } from '../../base/units.ts';
import type { LessonValue } from '../../measure/lesson-grade.ts';
import { runQuantities, stageQuantities } from '../../pipeline/run-quantities.ts';
import { placesIn, stageInPlace } from '../../pipeline/stage-in-place.ts';
import type { LessonGrade } from '../../pipeline/types.ts';
import { quantities } from '../parts/quantities.ts';

const ofRun = new Map(
  Object.entries({
    makespan: 'Makespan',
    throughput: 'Throughput',
    'latency/mean': 'Latency, mean',
    'latency/p50': 'Latency, median',
    'latency/p95': 'Latency, 95th percentile',
    'latency/p99': 'Latency, 99th percentile',
    'items/emitted': 'Items emitted',
    'items/delivered': 'Items delivered',
    'items/failed': 'Items failed',
    'items/dropped': 'Items dropped',
    'items/cancelled': 'Items cancelled',
    'barrierResults/delivered': 'Results of barriers and folds',
    'workers/utilization': 'Utilisation of the workers',
    'workers/count': 'Workers',
    'memory/peak': 'Memory, peak',
    'bound/value': 'Lower bound of the makespan',
  }),
);
const ofStage = new Map(
  Object.entries({
    received: 'items received',
    tasks: 'tasks',
    delivered: 'items delivered',
    failed: 'items failed',
    dropped: 'items dropped',
    cancelled: 'items cancelled',
    retried: 'attempts retried',
    timedOut: 'attempts timed out',
    cacheHits: 'cache hits',
    busy: 'busy, all tasks together',
    blocked: 'blocked, all tasks together',
    waitForItem: 'waiting for an item, all tasks together',
    waitForPermit: 'waiting for a permit, all tasks together',
    waitForLimit: 'waiting for a shared limit, all tasks together',
    waitForWorker: 'waiting for a worker, all tasks together',
    'queue/mean': 'queue, mean',
    'queue/max': 'queue, longest',
    'service/mean': 'service time, mean',
    'service/p95': 'service time, 95th percentile',
    'wait/mean': 'wait, mean',
    'wait/p95': 'wait, 95th percentile',
  }),
);

export type Kind = 'ms' | 'count' | 'perSecond' | 'share' | 'bytes' | 'number';

function kindOfPlace(place: string): Kind {
  const stage = stageInPlace(place);
  const inner = stage?.inner ?? place;
  if (stage?.of === 'results' || place.startsWith('counters/')) return 'number';
  if (inner === 'throughput') return 'perSecond';
  if (inner === 'workers/utilization') return 'share';
  if (inner === 'memory/peak') return 'bytes';
  if (inner === 'queue/mean') return 'number';
  return /^(makespan|latency|busy|blocked|waitFor|service|wait\/|bound)/.test(inner)
    ? 'ms'
    : 'count';
}

/** Counts divided by counts of the same run are told as shares, everything else that is divided as a number. */
export function kindOf({ quantity, against }: Pick<LessonGrade, 'quantity' | 'against'>): Kind {
  if (against !== undefined) return 'number';
  const kinds = placesIn(quantity).map(kindOfPlace);
  if (kinds.length === 1) return kinds[0]!;
  return kinds.every((kind) => kind === 'count') ? 'share' : 'number';
}

const formats: Record<Kind, (value: number) => string> = {
  ms: formatMs,
  count: formatCount,
  bytes: formatBytes,
  share: formatPercent,
  perSecond: (value) => quantities.perSecond.format(Number(value.toPrecision(3))),
  number: (value) => String(Number(value.toPrecision(3))),
};

export const formatKind = (kind: Kind, value: number): string => formats[kind](value);

/** "Call: queue, longest". @param names of the stages by id */
export function quantityWords(quantity: string, names: ReadonlyMap<string, string>): string {
  return placesIn(quantity)
    .map((place) => {
      const stage = stageInPlace(place);
      if (!stage) return ofRun.get(place) ?? place;
      const name = names.get(stage.id) ?? stage.id;
      return `${name}: ${stage.of === 'results' ? `${stage.inner} in its result` : (ofStage.get(stage.inner) ?? stage.inner)}`;
    })
    .join(' ÷ ');
}

/** "Makespan: 402 ms (398 … 410 ms in 5 runs)"; against another step: "… 0.5 × that of “One worker”". */
export function valueWords(
  grade: LessonGrade,
  { value, low, high, runs }: LessonValue,
  names: ReadonlyMap<string, string>,
): string {
  const kind = kindOf(grade);
  const text = (of: number): string => formatKind(kind, of);
  const spread =
    runs > 1 && text(low) !== text(high) ? ` (${text(low)} … ${text(high)} in ${runs} runs)` : '';
  const other = grade.against === undefined ? '' : ` × that of “${grade.against}”`;
  return `${quantityWords(grade.quantity, names)}: ${text(value)}${other}${spread}`;
}

/** Every number that a lesson of these stages can be graded by. */
export const quantityChoices = (ids: readonly string[]): string[] => [
  ...runQuantities,
  ...ids.flatMap((id) => stageQuantities.map((inner) => `stages/${id}/${inner}`)),
];
