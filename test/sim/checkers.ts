import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { Fate, Mark, Outcome, type Trace } from '../../src/trace/types.ts';

/**
 * Laws a run must obey, read from the document and the trace alone: nothing here knows how the
 * scheduler works. Each returns what is wrong, in words.
 */
export function brokenLaws(
  document: PipelineDocument,
  trace: Trace,
  isToldAtOnce = true,
): string[] {
  return [
    ...timesAreInOrder(trace),
    ...permitsHold(document, trace, isToldAtOnce),
    ...limitsHold(document, trace),
    ...slotsHold(document, trace, isToldAtOnce),
    ...buffersHold(document, trace),
    ...booksBalance(trace),
    ...nothingIsLost(document, trace),
    ...batchesAreWhole(document, trace),
  ];
}

type Step = [timeMs: number, change: number];

/** The highest value that sums of steps reach; at one instant all that leaves goes first. */
function highest(steps: Step[]): number {
  steps.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let level = 0;
  let most = 0;
  for (const [, change] of steps) most = Math.max(most, (level += change));
  return most;
}

const rows = (trace: Trace): number[] => Array.from({ length: trace.tasks.count }, (_, row) => row);
const ranOnWorker = (trace: Trace, row: number): boolean => trace.tasks.worker[row]! >= 0;

/** Held for no time at all is held by nobody. */
const span = (from: number, to: number, weight = 1): Step[] =>
  to > from
    ? [
        [from, weight],
        [to, -weight],
      ]
    : [];

function timesAreInOrder(trace: Trace): string[] {
  const { tasks } = trace;
  return rows(trace)
    .filter((row) => {
      const times = [
        tasks.arrive,
        tasks.ready,
        tasks.dispatch,
        tasks.start,
        tasks.end,
        tasks.leave,
      ].map((column) => column[row]!);
      return times.some((time, i) => i > 0 && time < times[i - 1]!) || !(times[0]! >= 0);
    })
    .map((row) => `task row ${row} goes backwards in time`);
}

/** What had ended, and was given up with its worker before anybody was told, made room for the next one. */
const mayBeOver = ({ tasks }: Trace, row: number, isToldAtOnce: boolean): boolean =>
  !isToldAtOnce && tasks.outcome[row] === Outcome.cancelled;

function permitsHold(document: PipelineDocument, trace: Trace, isToldAtOnce: boolean): string[] {
  const { tasks } = trace;
  const slots = trace.meta.workers * trace.meta.tasksPerWorker;
  return document.stages.flatMap((stage, index) => {
    const permits = stage.join === 'fold' ? 1 : (stage.permits ?? slots);
    const steps = rows(trace)
      .filter((row) => tasks.stage[row] === index && ranOnWorker(trace, row))
      .filter((row) => !mayBeOver(trace, row, isToldAtOnce))
      .flatMap((row) => span(tasks.dispatch[row]!, tasks.leave[row]!));
    const most = highest(steps);
    return most > permits ? [`${stage.id} held ${most} of its ${permits} permits`] : [];
  });
}

function limitsHold(document: PipelineDocument, trace: Trace): string[] {
  const { tasks } = trace;
  return Object.entries(document.limits ?? {}).flatMap(([name, capacity]) => {
    const steps = rows(trace)
      .filter((row) => ranOnWorker(trace, row))
      .flatMap((row) => {
        const weight = document.stages[tasks.stage[row]!]!.uses?.[name] ?? 0;
        return weight > 0 ? span(tasks.dispatch[row]!, tasks.end[row]!, weight) : [];
      });
    const most = highest(steps);
    return most > capacity ? [`${most} of ${capacity} of the limit ${name} were taken`] : [];
  });
}

function slotsHold(document: PipelineDocument, trace: Trace, isToldAtOnce: boolean): string[] {
  const { tasks } = trace;
  const slots = document.machine?.tasksPerWorker ?? 1;
  return Array.from({ length: trace.meta.workers }, (_, worker) => worker).flatMap((worker) => {
    const steps = rows(trace)
      .filter((row) => tasks.worker[row] === worker)
      .filter((row) => !mayBeOver(trace, row, isToldAtOnce))
      .flatMap((row) => span(tasks.dispatch[row]!, tasks.end[row]!));
    const most = highest(steps);
    return most > slots ? [`worker ${worker} held ${most} tasks open, of ${slots}`] : [];
  });
}

/** Queued items against capacity. Retried and lost items come back over capacity, so such stages are left out. */
function buffersHold(document: PipelineDocument, trace: Trace): string[] {
  const { tasks, members, marks } = trace;
  return document.stages.flatMap((stage, index) => {
    const capacity = stage.buffer?.capacity ?? null;
    const grows = stage.buffer?.whenFull === 'grow' || stage.join === 'all';
    if (capacity === null || grows) return [];
    const { items } = trace;
    const isClosing = (row: number): boolean => {
      const item = tasks.item[row]!;
      return items.parent[item] === -2 && items.ordinal[item] === index;
    };
    // The closing task of a fold is made by the stage itself: it never was in the buffer.
    const own = rows(trace).filter((row) => tasks.stage[row] === index && !isClosing(row));
    const cameBack = own.some(
      (row) => tasks.outcome[row] === Outcome.retried || tasks.outcome[row] === Outcome.lost,
    );
    const batchCameBack = (stage.retry?.attempts ?? 1) > 1 && (stage.batch?.size ?? 1) > 1;
    // A look-up holds its place from entering on, which the trace shows as the task's `arrive`.
    if (cameBack || batchCameBack || stage.cache) return [];
    const steps = own
      .filter((row) => tasks.outcome[row] !== Outcome.hit && ranOnWorker(trace, row))
      .flatMap((row) => {
        const from = tasks.memberStart[row]!;
        if (from < 0) return span(tasks.ready[row]!, tasks.dispatch[row]!);
        const entries = Array.from({ length: tasks.memberCount[row]! }, (_, i) => from + i);
        return entries.flatMap((entry) => span(members.arrive[entry]!, tasks.dispatch[row]!));
      });
    for (let row = 0; row < marks.count; row++) {
      const lost = marks.kind[row] === Mark.dropOldest || marks.kind[row] === Mark.cancelled;
      const queuedSince = marks.value[row]!;
      if (marks.stage[row] !== index || !lost || queuedSince < 0) continue;
      // A cancelled half of a zip never was in the buffer.
      if (marks.kind[row] === Mark.cancelled && (stage.after?.length ?? 0) > 1) continue;
      steps.push(...span(queuedSince, marks.time[row]!));
    }
    const most = highest(steps);
    return most > capacity
      ? [`${most} items waited in the buffer of ${stage.id}, of ${capacity}`]
      : [];
  });
}

function booksBalance(trace: Trace): string[] {
  const { meta, items } = trace;
  const wrong: string[] = [];
  for (const [name, books] of [
    ['items', meta.items],
    ['results', meta.results],
  ] as const) {
    const out = books.delivered + books.failed + books.dropped + books.cancelled;
    if (out !== books.emitted) wrong.push(`${name}: ${JSON.stringify(books)}`);
  }
  const fates = [0, 0, 0, 0, 0];
  for (let row = 0; row < items.count; row++) {
    if (items.parent[row] === -1 && !Number.isNaN(items.end[row]!)) fates[items.fate[row]!]!++;
  }
  const counted = [
    meta.items.delivered,
    meta.items.cancelled,
    meta.items.dropped,
    meta.items.failed,
  ];
  const seen = [Fate.delivered, Fate.cancelled, Fate.dropped, Fate.failed].map((f) => fates[f]);
  if (counted.join() !== seen.join())
    wrong.push(`fates ${seen.join()} but books ${counted.join()}`);
  for (const stage of meta.stages) {
    const out = stage.delivered + stage.failed + stage.dropped + stage.cancelled;
    if (stage.received !== out) wrong.push(`${stage.id}: ${JSON.stringify(stage)}`);
  }
  return wrong;
}

function nothingIsLost(document: PipelineDocument, trace: Trace): string[] {
  return document.stages.flatMap((stage, index) => {
    const { whenFull = 'throttle' } = stage.buffer ?? {};
    if (whenFull !== 'throttle' && whenFull !== 'grow') return [];
    const orphans = countMarks(trace, Mark.orphaned, index);
    const { dropped } = trace.meta.stages[index]!;
    return dropped > orphans
      ? [`${stage.id} lost ${dropped - orphans} items under ${whenFull}`]
      : [];
  });
}

function countMarks(trace: Trace, kind: number, stage: number): number {
  let count = 0;
  for (let row = 0; row < trace.marks.count; row++) {
    if (trace.marks.kind[row] === kind && trace.marks.stage[row] === stage) count++;
  }
  return count;
}

function batchesAreWhole(document: PipelineDocument, trace: Trace): string[] {
  return document.stages.flatMap((stage, index) => {
    const size = stage.batch?.size ?? 1;
    if (size === 1 || stage.join === 'all') return [];
    const tooLarge = rows(trace).some(
      (row) => trace.tasks.stage[row] === index && trace.tasks.memberCount[row]! > size,
    );
    return tooLarge ? [`${stage.id} made a batch larger than ${size}`] : [];
  });
}
