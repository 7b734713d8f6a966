/** Chromium's trace of a run, read for where the processor's time went. */
import { group } from 'd3';
import { clockMark } from '../../../src/live/coordinator/clock.ts';

/** As the browser writes it; times in µs. */
export interface TraceEvent {
  ph: string;
  name: string;
  cat?: string;
  pid: number;
  tid: number;
  ts: number;
  /** By the clock. */
  dur?: number;
  /** Of the processor; absent: the browser did not ask. */
  tdur?: number;
  args?: { name?: string };
}

/** ms of the processor. */
export interface CpuMs {
  /** The threads that tasks run on: tasks and what is around them. */
  workers: number;
  /** All other code of the page and its threads: what hands tasks out and takes their ends. */
  handingOut: number;
  /** On all threads, those that only compile among them. */
  compiling: number;
  collecting: number;
  /** The browser's own threads. */
  browser: number;
}

const kindOf = ({ name, cat = '' }: TraceEvent): 'compiling' | 'collecting' | null => {
  if (cat.includes('v8.compile')) return 'compiling';
  if (cat.includes('v8.gc') || /^(Minor|Major)GC$|^V8\.GC/.test(name)) return 'collecting';
  return null;
};

interface Open {
  endUs: number;
  kind: keyof CpuMs;
}

/**
 * Every event has the time of those inside it taken off, and counts for its kind, or for its thread's.
 *
 * @param windowMs from the last mark on
 * @param workers so many threads of workers, the busiest but for the one that set the mark, are what tasks run on
 * @throws when the mark is not there
 */
export function cpuOfTrace(
  events: readonly TraceEvent[],
  windowMs: number,
  workers: number,
): CpuMs {
  const mark = events.findLast(({ name }) => name === clockMark);
  if (!mark) throw new Error(`The trace has no mark "${clockMark}".`);
  const fromUs = mark.ts;
  const toUs = fromUs + windowMs * 1000;
  const threads = group(
    events.filter(({ ph, ts, dur = 0 }) => ph === 'X' && ts < toUs && ts + dur > fromUs),
    threadOf,
  );
  const names = new Map(
    events
      .filter(({ ph, name }) => ph === 'M' && name === 'thread_name')
      .map((event) => [threadOf(event), event.args?.name ?? '']),
  );
  const found = [...threads].map(([thread, own]) => {
    const name = names.get(thread) ?? '';
    const isOfPage = name === 'DedicatedWorker thread' || name === 'CrRendererMain';
    const cpu = cpuOfThread(own, fromUs, toUs, isOfPage ? 'handingOut' : 'browser');
    const isWorker = name === 'DedicatedWorker thread' && thread !== threadOf(mark);
    return { isWorker, cpu };
  });
  const busiest = found
    .filter(({ isWorker }) => isWorker)
    .sort((a, b) => b.cpu.handingOut - a.cpu.handingOut)
    .slice(0, workers);
  for (const { cpu } of busiest) [cpu.workers, cpu.handingOut] = [cpu.handingOut, 0];
  const sum = noCpu();
  for (const { cpu } of found) for (const kind of cpuKinds) sum[kind] += cpu[kind];
  return sum;
}

export const cpuKinds = ['workers', 'handingOut', 'compiling', 'collecting', 'browser'] as const;
const noCpu = (): CpuMs => ({
  ...{ workers: 0, handingOut: 0, compiling: 0, collecting: 0, browser: 0 },
});
const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

function cpuOfThread(
  events: TraceEvent[],
  fromUs: number,
  toUs: number,
  others: keyof CpuMs,
): CpuMs {
  const cpu = noCpu();
  const open: Open[] = [];
  const inOrder = events.sort((a, b) => a.ts - b.ts || b.dur! - a.dur!);
  for (const event of inOrder) {
    const { ts, dur = 0, tdur = dur } = event;
    while (open.length > 0 && open.at(-1)!.endUs <= ts) open.pop();
    const outer = open.at(-1);
    const endUs = ts + dur;
    // What begins before or ends after counts by its share.
    const within = Math.min(endUs, toUs) - Math.max(ts, fromUs);
    const ms = dur === 0 ? 0 : (Math.min(tdur, dur) * (within / dur)) / 1000;
    const kind = kindOf(event) ?? outer?.kind ?? others;
    cpu[kind] += ms;
    if (outer) cpu[outer.kind] -= ms;
    open.push({ endUs, kind });
  }
  return cpu;
}
