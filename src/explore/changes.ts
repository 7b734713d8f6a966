import { formatPointer } from '../base/json-pointer.ts';
import { formatBytes, formatCount } from '../base/units.ts';
import type { Bottleneck } from '../measure/bottlenecks.ts';
import type { Pipeline, Stage } from '../pipeline/types.ts';

/** One thing that could be set otherwise, and what that costs. */
export interface Change {
  /** "Resize: 4 permits". */
  name: string;
  /** Pointer → value, as in `variants`. */
  set: Readonly<Record<string, unknown>>;
  /** What has to be paid for it, as the end of a sentence: "up to 4 of its tasks are open at once". */
  cost: string;
  /** Which knob it turns: of several values of one knob the smallest that does is wanted. */
  knob: string;
  /** Knobs that cost nothing but a decision come before those that take more of something. */
  price: number;
}

/** Steps up from a number: the next one, twice and four times as much. */
const more = (now: number): number[] =>
  [...new Set([now + 1, now * 2, now * 4])].filter((n) => n > now);

/**
 * What is worth trying against these bottlenecks: every limit they name (or that is near them), more of it;
 * and the choices that cost nothing (order, routing, lingering). Never what the work itself is.
 *
 * @param cores of the machine, for `workers: "cores"`.
 */
export function worthTrying(
  pipeline: Pipeline,
  found: readonly Bottleneck[],
  cores: number,
): Change[] {
  const near = new Set<number>();
  for (const { stage, heldUp, waiters } of found.slice(0, 4)) {
    if (stage >= 0) near.add(stage);
    for (const one of [...heldUp.slice(0, 2), ...waiters.slice(0, 2)])
      if (one.stage >= 0) near.add(one.stage);
  }
  const stages = pipeline.stages.filter(
    (_, index) => near.has(index) || pipeline.stages.length <= fewStages,
  );
  return [
    ...stages.flatMap(stageChanges),
    ...limitChanges(pipeline, stages),
    ...machineChanges(pipeline, cores),
  ].slice(0, changesMost);
}
const fewStages = 8;
const changesMost = 64;

/** A change for each of these values of one knob. */
function turned<Value>(
  { at, knob, price }: { at: readonly string[]; knob: string; price: number },
  values: readonly Value[],
  words: (value: Value) => [name: string, cost: string],
): Change[] {
  return values.map((value) => {
    const [name, cost] = words(value);
    return { name, set: { [formatPointer(at)]: value }, cost, knob, price };
  });
}

function stageChanges(stage: Stage): Change[] {
  const { id, name, join, permits, buffer, batch, work } = stage;
  const takesOne = join !== 'fold' && join !== 'all';
  const place = (knob: string, path: readonly string[], price: number) => ({
    ...{ at: ['stages', id, ...path], knob: `${knob}:${id}`, price },
  });
  const isBounded = buffer.capacity !== null && buffer.whenFull === 'throttle';
  // Code is written for one item or for lists: only a list may get longer. A synthetic call that says nothing
  // of its items would cost the same for a thousand of them: that is no advice.
  const phases = work.kind === 'synthetic' ? work.phases : [];
  const saysBoth = ['item', 'task'].every((per) =>
    phases.some((phase) => (phase.per ?? 'task') === per),
  );
  const mayBatch = batch.size > 1 || (saysBoth && takesOne);
  return [
    ...turned(
      place('permits', ['permits'], 3),
      permits !== null && takesOne ? more(permits) : [],
      (value) => [
        `${name}: ${countOf(value, 'permit')}`,
        `up to ${countOf(value, 'task')} of ${name} at once`,
      ],
    ),
    ...turned(
      place('capacity', ['buffer', 'capacity'], 1),
      isBounded ? more(Math.max(1, buffer.capacity!)) : [],
      (value) => [
        `${name}: room for ${formatCount(value)}`,
        `up to ${countOf(value, 'item')} wait before ${name}, and take memory`,
      ],
    ),
    ...turned(
      place('linger', ['batch', 'linger'], 0),
      batch.size > 1 && batch.linger !== 0 ? [0] : [],
      () => [`${name}: batches do not linger`, 'batches may be smaller'],
    ),
    ...turned(
      place('batch', ['batch', 'size'], 2),
      mayBatch ? [batch.size * 2, batch.size * 4] : [],
      (value) => [
        `${name}: batches of ${formatCount(value)}`,
        'an item waits for the others of its batch',
      ],
    ),
  ];
}

function limitChanges({ limits }: Pipeline, stages: readonly Stage[]): Change[] {
  const used = Object.keys(limits).filter((name) => stages.some(({ uses }) => name in uses));
  return used.flatMap((name) =>
    turned(
      { at: ['limits', name], knob: `limit:${name}`, price: 5 },
      more(limits[name]!),
      (value) => [
        `limit ${name}: ${formatCount(value)}`,
        `what “${name}” stands for has to bear ${formatCount(value)} at once`,
      ],
    ),
  );
}

const orders = ['critical-path', 'shortest', 'downstream-first'] as const;

function machineChanges({ machine, stages }: Pipeline, cores: number): Change[] {
  const { workers, tasksPerWorker, inFlight, memory, order, routing, warm } = machine;
  const now = workers === 'cores' ? cores : workers;
  const place = (field: keyof typeof machine, price: number) => ({
    ...{ at: ['machine', field], knob: field, price },
  });
  const waits = stages.some(
    ({ work }) => work.kind === 'code' || work.phases.some((phase) => 'wait' in phase),
  );
  return [
    ...turned(place('workers', 4), more(now), (value) => [
      countOf(value, 'worker'),
      countOf(value - now, 'more thread'),
    ]),
    // CPU time of one worker never overlaps, so only waits gain.
    ...turned(
      place('tasksPerWorker', 2),
      waits ? [2, 4, 8].map((times) => tasksPerWorker * times) : [],
      (value) => [
        `${countOf(value, 'task')} at once`,
        `a worker holds up to ${countOf(value, 'task')} open`,
      ],
    ),
    ...turned(place('inFlight', 2), inFlight === null ? [] : more(inFlight), (value) => [
      `${formatCount(value)} in flight`,
      `up to ${countOf(value, 'item')} are inside at once, and take memory`,
    ]),
    ...turned(
      place('memory', 4),
      memory ? [2, 4].map((times) => ({ ...memory, budget: memory.budget * times })) : [],
      ({ budget }) => [`memory budget ${formatBytes(budget)}`, 'that much more memory'],
    ),
    ...turned(
      place('order', 0),
      stages.length > 1 ? orders.filter((value) => value !== order) : [],
      (value) => [`order ${value}`, 'items may overtake each other'],
    ),
    ...turned(place('routing', 0), routing === 'shared-queue' ? [] : ['shared-queue'], () => [
      'one shared queue',
      'items no longer stay with a worker',
    ]),
    ...turned(place('warm', 1), warm === 'all' ? [] : ['all'], () => [
      'all workers warm',
      'they start before they are needed',
    ]),
  ];
}

const countOf = (count: number, word: string): string =>
  `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
