/**
 * What readers of Chrome traces ask of a file beyond its syntax: the Trace Event Format, and what Perfetto's importer does
 * (json_trace_parser, slice_tracker and flow_tracker of its trace processor). It cuts times to whole nanoseconds, drops
 * or moves a span that reaches into the next of its thread, knows a thread by its number alone, and takes for an
 * arrow's id only a number, in hexadecimal if it is text.
 */
import { group } from 'd3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chromeTrace } from '../../../src/share/export/chrome-trace.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { Trace } from '../../../src/trace/types.ts';
import { arbitraryCase } from '../../sim/arbitrary-case.ts';
import { watchRun } from '../../sim/watched-run.ts';

interface Event {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts?: number;
  dur?: number;
  cat?: string;
  id?: string;
  bp?: string;
  s?: string;
  args?: Record<string, unknown>;
}
interface Span {
  startNs: number;
  endNs: number;
}

/** Fields of each kind of event; all of them must be there, and no others. */
const fields: Readonly<Record<string, readonly string[]>> = {
  X: ['ph', 'name', 'cat', 'pid', 'tid', 'ts', 'dur', 'args'],
  C: ['ph', 'name', 'pid', 'tid', 'ts', 'args'],
  M: ['ph', 'name', 'pid', 'tid', 'args'],
  s: ['ph', 'name', 'cat', 'id', 'pid', 'tid', 'ts'],
  f: ['ph', 'bp', 'name', 'cat', 'id', 'pid', 'tid', 'ts'],
};
const metadata: Readonly<Record<string, string>> = {
  ...{ process_name: 'name', thread_name: 'name' },
  ...{ process_sort_index: 'sort_index', thread_sort_index: 'sort_index' },
};
const cutToNs = (us: number): number => Math.trunc(us * 1000);

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
const isTime = (us: number | undefined): boolean => Number.isFinite(us) && us! >= 0;

function hasItsFields(event: Event): boolean {
  const { ph, name, pid, tid, ts, dur, id, bp, s, args = {} } = event;
  if (name === '' || !isCount(pid) || !isCount(tid)) return false;
  if (ph !== 'i' && Object.keys(event).sort().join() !== [...(fields[ph] ?? [])].sort().join())
    return false;
  if (ph === 'M') {
    const key = metadata[name]!;
    return typeof args[key] === (key === 'name' ? 'string' : 'number');
  }
  if (!isTime(ts)) return false;
  if (ph === 'i') return s === 't' || s === 'p';
  if (ph === 'X') return isTime(dur);
  if (ph === 'C') return Object.values(args).every(Number.isFinite);
  return /^0x[0-9a-f]{1,16}$/.test(id!) && (ph === 's' || bp === 'e');
}

/** In the order of the file: each begins when the one before it has ended, however a reader computes its end. */
function spansOf(events: readonly Event[], wrong: unknown[]): Span[] {
  let endUs = 0;
  let endNs = 0;
  return events.map((event) => {
    const { ts, dur } = event as { ts: number; dur: number };
    const startNs = cutToNs(ts);
    if (ts < endUs || startNs < endNs) wrong.push(['begins before the last has ended', event]);
    endUs = ts + dur;
    endNs = startNs + cutToNs(dur);
    if (endNs === startNs || cutToNs(endUs) !== endNs) wrong.push(['ends unclearly', event]);
    return { startNs, endNs };
  });
}

function checkArrows(
  events: readonly Event[],
  threads: ReadonlyMap<number, Span[]>,
  wrong: unknown[],
): void {
  const isInside = ({ tid, ts }: Event): boolean => {
    const ns = cutToNs(ts!);
    return threads.get(tid)?.some(({ startNs, endNs }) => startNs <= ns && ns < endNs) ?? false;
  };
  for (const ends of group(events, ({ id }) => id).values()) {
    const [from, to] = ends;
    if (ends.map(({ ph }) => ph).join() !== 's,f') wrong.push(['has not two ends', ends]);
    else if (from!.ts! >= to!.ts!) wrong.push(['goes back', ends]);
    else if (!ends.every(isInside)) wrong.push(['ends in no span', ends]);
  }
}

const clocked = ['arrive', 'ready', 'dispatch', 'start', 'end', 'leave'] as const;

/** The same run by a clock that only moves on every `grainMs`, as browsers' do; 0: by a clock that has all digits. */
function byClock(trace: Trace, grainMs: number, factor: number): Trace {
  const seen = (ms: number): number =>
    grainMs === 0 ? ms * factor : Math.floor((ms * factor) / grainMs) * grainMs;
  const columns = Object.fromEntries(clocked.map((name) => [name, trace.tasks[name].map(seen)]));
  return { ...trace, tasks: { ...trace.tasks, ...columns } };
}

it('of any run, by any clock, has events as readers ask for them', () => {
  const clock = fc.record({
    grainMs: fc.constantFrom(0, 0.1, 0.005, 3),
    factor: fc.constantFrom(1, 1 / 3, 1e-4, 1234.567),
  });
  fc.assert(
    fc.property(arbitraryCase, clock, (one, { grainMs, factor }) => {
      const { pipeline } = parseDocument(one.document);
      const { trace: exact } = watchRun(pipeline!, one);
      const trace = byClock(exact, grainMs, factor);
      const run = { name: 'run', trace, stages: pipeline!.stages };
      const text = [...chromeTrace([run, run])].join('');
      const { traceEvents: events } = JSON.parse(text) as { traceEvents: Event[] };
      const wrong: unknown[] = events.filter((event) => !hasItsFields(event));
      const named = events.filter(({ name }) => name === 'thread_name').map(({ tid }) => tid);
      const known = new Set(named);
      expect(known.size, 'threads of one number').toBe(named.length);
      for (const event of events)
        if (!known.has(event.pid) || !known.has(event.tid)) wrong.push(['has no thread', event]);
      const spans = events.filter(({ ph }) => ph === 'X');
      const { tasks } = trace;
      const ran = tasks.worker.subarray(0, tasks.count).filter((worker) => worker >= 0);
      expect(spans).toHaveLength(2 * ran.length);
      const threads = new Map(
        [...group(spans, ({ tid }) => tid)].map(([tid, own]) => [tid, spansOf(own, wrong)]),
      );
      const arrows = events.filter(({ ph }) => ph === 's' || ph === 'f');
      checkArrows(arrows, threads, wrong);
      expect(wrong.slice(0, 3)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
