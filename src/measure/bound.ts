import { formatCount, formatMs } from '../base/units.ts';
import type { Pipeline } from '../pipeline/types.ts';
import { itemLabel } from '../trace/item-label.ts';
import type { Trace } from '../trace/types.ts';
import { taskDemand } from './demand.ts';
import { itemStays } from './item-stays.ts';
import { unlimitedRun } from './unlimited.ts';
import { busyMachineRemark, cpuWords } from './work-words.ts';

/** One reason why no schedule of this very work on these settings can be shorter. */
export interface BoundTerm {
  /** "cores", "workers", "critical-path", "permits:resize", "limit:api", "in-flight" or "arrivals". */
  by: string;
  valueMs: number;
  /** For a person, e.g. "resize holds everything back: 4 permits, 600 ms of work each". */
  sentence: string;
}

export interface Bound extends BoundTerm {
  /** All that apply, the largest first. */
  terms: BoundTerm[];
}

/**
 * The lower bound of the makespan by each resource, from the service times that the trace shows (what
 * waiting for cores added is taken out, see `taskDemand`); the largest binds. Between bounds within 0.1 %
 * of each other the earlier in this list is named: cores, workers, permits, limits, in flight, arrivals,
 * critical path.
 */
export function lowerBound(trace: Trace, pipeline: Pipeline): Bound {
  const { meta, tasks } = trace;
  const { cpu, service } = taskDemand(trace);
  const stageMs = new Float64Array(meta.stages.length);
  let cpuMs = 0;
  let serviceMs = 0;
  for (let row = 0; row < tasks.count; row++) {
    stageMs[tasks.stage[row]!]! += service[row]!;
    cpuMs += cpu[row]!;
    serviceMs += service[row]!;
  }
  const terms: SaidTerm[] = [];
  const add = (by: string, valueMs: number, who: Who, why: string) => {
    if (!Number.isFinite(valueMs)) return;
    const sentence = `${who.name} ${who.isMany ? 'hold' : 'holds'} everything back: ${why}`;
    const partly = `${who.name} ${who.isMany ? 'bind' : 'binds'} most, but far from all: ${why}`;
    terms.push({ by, valueMs, sentence, partly });
  };

  const cores = Math.max(1, meta.cores);
  const workers = Math.max(1, meta.workers);
  const slots = workers * Math.max(1, meta.tasksPerWorker);
  const busy = cpuWords(trace, cpuMs);
  const remark = busyMachineRemark(trace, pipeline, cpu);
  const onCores = `${busy} on ${plural(cores, 'core')}`;
  add('cores', cpuMs / cores, many('The cores'), `${onCores}.${remark}`);
  // A worker is one thread: its waits overlap, its CPU work does not.
  const [perThread, perSlot] = [cpuMs / workers, serviceMs / slots];
  const onWorkers =
    perThread >= perSlot
      ? `${busy} on ${plural(workers, 'worker')}`
      : `${formatMs(serviceMs)} of work in ${plural(slots, 'worker slot')}`;
  add('workers', Math.max(perThread, perSlot), many('The workers'), `${onWorkers}.${remark}`);
  pipeline.stages.forEach((stage, index) => {
    const permits = stage.join === 'fold' ? 1 : stage.permits;
    if (permits === null || stageMs[index] === 0) return;
    const each = formatMs(stageMs[index]! / permits);
    const why =
      stage.join === 'fold'
        ? 'it folds one item at a time'
        : `${plural(permits, 'permit')}, ${each} of work${permits === 1 ? '' : ' each'}`;
    add(`permits:${stage.id}`, stageMs[index]! / permits, one(stage.name), `${why}.`);
  });
  for (const [name, capacity] of Object.entries(pipeline.limits)) {
    let heldMs = 0;
    pipeline.stages.forEach((stage, index) => {
      heldMs += (stage.uses[name] ?? 0) * stageMs[index]!;
    });
    if (heldMs === 0 || !(capacity > 0)) continue;
    add(
      `limit:${name}`,
      heldMs / capacity,
      one(`The limit "${name}"`),
      `${formatMs(heldMs)} of use at ${formatCount(capacity)} at once.`,
    );
  }
  const free = unlimitedRun(trace, pipeline, service, false);
  const { inFlight } = pipeline.machine;
  if (inFlight !== null) {
    const stayMs = itemStays(trace, pipeline, service);
    add(
      'in-flight',
      stayMs / inFlight,
      many('The items in flight'),
      `${formatMs(stayMs)} of stay, ${plural(inFlight, 'item')} at once.`,
    );
  }
  // Where the source is only pulled on demand, when items came says nothing about the source.
  if (pipeline.source.arrivals.kind !== 'all' || pipeline.source.kind === 'service') {
    const timed = unlimitedRun(trace, pipeline, service, true);
    add(
      'arrivals',
      timed.endMs,
      many('The arrivals'),
      `the last item came too late to end before ${formatMs(timed.endMs)}.`,
    );
  }
  add(
    'critical-path',
    free.endMs,
    one('The critical path'),
    criticalWords(trace, free.lastRow, free.endMs),
  );

  let binding = terms[0]!;
  for (const term of terms) if (term.valueMs > binding.valueMs * 1.001) binding = term;
  const sorted = [...terms].sort((a, b) => b.valueMs - a.valueMs);
  const { by, valueMs } = binding;
  const isMost = valueMs >= holdsMost * meta.makespan;
  const bare = ({ by, valueMs, sentence }: SaidTerm): BoundTerm => ({ by, valueMs, sentence });
  return {
    ...{ by, valueMs, sentence: isMost ? binding.sentence : binding.partly },
    terms: sorted.map(bare),
  };
}

/** With what is said of it where it explains only a part of the makespan. */
interface SaidTerm extends BoundTerm {
  partly: string;
}
interface Who {
  name: string;
  isMany: boolean;
}
const one = (name: string): Who => ({ name, isMany: false });
const many = (name: string): Who => ({ name, isMany: true });

/** What explains less of the makespan does not hold everything back: most of it is waiting that is no bound's. */
const holdsMost = 0.6;

function criticalWords(trace: Trace, row: number, endMs: number): string {
  if (row < 0) return 'nothing ran.';
  const item = trace.tasks.item[row]!;
  const stage = trace.meta.stages[trace.tasks.stage[row]!]!.name;
  const of = item >= 0 ? `item ${itemLabel(trace, item)}` : 'the last result';
  return `${of} needs ${formatMs(endMs)} in a row, up to ${stage}, however much runs beside it.`;
}

const plural = (count: number, word: string) =>
  `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
