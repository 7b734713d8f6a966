import { ceilings } from '../../pipeline/ceilings.ts';
import { arrowsOf, type FlowEnd } from './trace-flows.ts';
import type { Recording, Span } from './recorded-spans.ts';
import { Refusal } from './refusal.ts';
import type { TraceFile } from './trace-json.ts';

type Event = Record<string, unknown>;
const usPerMs = 1000;

/**
 * The spans in a list of trace events: complete ones (X), begins with their ends (B, E), and where there are neither,
 * asynchronous ones (b, e). Counters, marks and samples say nothing of durations.
 * @throws {Refusal} if there is no span
 */
export function recordingOf({ events, isCutOff }: TraceFile): Recording {
  const reader = new EventReader();
  events.forEach((event, at) => reader.take(event, at));
  return reader.done(isCutOff);
}

class EventReader {
  readonly #threads = new Map<string, number>();
  readonly #threadProcess: string[] = [];
  readonly #threadNames = new Map<string, string>();
  readonly #processes = new Map<string, string>();
  readonly #spans: Span[] = [];
  readonly #asyncSpans: Span[] = [];
  /** By thread: begins that wait for their end. */
  readonly #open = new Map<number, Span[]>();
  readonly #openAsync = new Map<string, Span>();
  readonly #flows = new Map<string, FlowEnd[]>();
  #unreadable = 0;
  #isOwn = true;

  take(event: unknown, at: number): void {
    if (typeof event !== 'object' || event === null || Array.isArray(event)) {
      this.#unreadable++;
      return;
    }
    const one = event as Event;
    const { ph } = one;
    if (ph === 'M') return this.#takeName(one);
    if (typeof ph !== 'string' || !'XBEbesft'.includes(ph)) return;
    const startMs = numberIn(one['ts']) / usPerMs;
    if (!(Math.abs(startMs) <= ceilings.timeMs)) {
      this.#unreadable++;
      return;
    }
    const thread = this.#threadOf(one);
    if (ph === 'E') return this.#end(thread, startMs);
    if (ph === 's' || ph === 'f' || ph === 't') return this.#takeFlow(one, thread, startMs);
    const span = spanOf(one, thread, startMs, at);
    if (ph === 'X') this.#add(span, one);
    else if (ph === 'B') {
      const open = this.#open.get(thread);
      if (open) open.push(span);
      else this.#open.set(thread, [span]);
    } else this.#takeAsync(one, span);
  }

  #threadOf(event: Event): number {
    const process = processOf(event);
    const key = `${process}/${String(scalar(event['tid']))}`;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      thread = this.#threads.size;
      this.#threads.set(key, thread);
      this.#threadProcess.push(process);
    }
    return thread;
  }

  #takeName(event: Event): void {
    const args = event['args'];
    const name = typeof args === 'object' && args !== null ? (args as Event)['name'] : null;
    if (typeof name !== 'string') return;
    const process = processOf(event);
    if (event['name'] === 'process_name') this.#processes.set(process, shortened(name));
    if (event['name'] === 'thread_name')
      this.#threadNames.set(`${process}/${String(scalar(event['tid']))}`, shortened(name));
  }

  #add(span: Span, event: Event): void {
    const args = event['args'];
    const own = typeof args === 'object' && args !== null ? (args as Event) : {};
    const isOwn = 'stage' in own && 'item' in own && 'readyMs' in own;
    this.#isOwn &&= isOwn;
    if (isOwn) {
      span.item = String(scalar(own['item']));
      span.stage = shortened(String(scalar(own['stage'])));
    }
    this.#spans.push(span);
  }

  #end(thread: number, endMs: number): void {
    const span = this.#open.get(thread)?.pop();
    if (!span) return;
    this.#isOwn = false;
    this.#spans.push({ ...span, endMs: Math.max(span.startMs, endMs) });
  }

  #takeAsync(event: Event, span: Span): void {
    const key = JSON.stringify([span.name, scalar(event['cat']), scalar(event['id'])]);
    const begun = this.#openAsync.get(key);
    if (event['ph'] === 'b') this.#openAsync.set(key, span);
    else if (begun) {
      this.#openAsync.delete(key);
      this.#asyncSpans.push({ ...begun, endMs: Math.max(begun.startMs, span.startMs) });
    }
  }

  #takeFlow(event: Event, thread: number, atMs: number): void {
    const key = JSON.stringify([scalar(event['cat']), scalar(event['name']), scalar(event['id'])]);
    const end = { thread, atMs, isInside: event['ph'] !== 'f' || event['bp'] === 'e' };
    const flow = this.#flows.get(key);
    if (flow) flow.push(end);
    else this.#flows.set(key, [end]);
  }

  done(isCutOff: boolean): Recording {
    const areWaits = this.#spans.length === 0;
    const spans = areWaits ? this.#asyncSpans : this.#spans;
    if (spans.length === 0)
      throw new Refusal('there is no event with a duration in it (X, or B and E)');
    const unfinished = [...this.#open.values()].reduce((sum, open) => sum + open.length, 0);
    const counts: [number, string][] = [
      [this.#unreadable, 'cannot be read'],
      [unfinished, 'never ended'],
      [areWaits ? 0 : this.#asyncSpans.length, 'asynchronous: they hold no thread'],
    ];
    return {
      spans,
      threads: [...this.#threads.keys()].map((key, thread) => ({
        name: this.#threadNames.get(key) ?? `thread ${key}`,
        process: this.#threadProcess[thread]!,
      })),
      processes: this.#processes,
      arrows: areWaits ? [] : arrowsOf(spans, this.#flows.values()),
      remarks: [
        ...counts.flatMap(([count, why]) => (count === 0 ? [] : [leftOut(count, why)])),
        ...(isCutOff ? ['The file breaks off: what was written until then is read.'] : []),
      ],
      areWaits,
      isOwn: this.#isOwn && !areWaits,
    };
  }
}

const leftOut = (count: number, why: string): string =>
  `${count === 1 ? '1 event is' : `${count} events are`} left out: ${why}.`;

function spanOf(event: Event, thread: number, startMs: number, at: number): Span {
  const durationMs = event['ph'] === 'X' ? numberIn(event['dur'] ?? 0) / usPerMs : 0;
  if (!(durationMs >= 0 && durationMs <= ceilings.timeMs)) {
    throw new Refusal(
      `traceEvents[${at}].dur is ${JSON.stringify(event['dur'])}; it takes µs, 0 or more`,
    );
  }
  const cpuMs = numberIn(event['tdur']) / usPerMs;
  return {
    ...{ name: shortened(String(scalar(event['name']))), thread, startMs },
    ...{ endMs: startMs + durationMs, cpuMs: cpuMs >= 0 ? cpuMs : null, item: null, stage: null },
  };
}

const shortened = (name: string): string => name.slice(0, ceilings.nameLetters).trim() || 'unnamed';

/** Events without one belong together. Never empty: that stands for all of them. */
const processOf = (event: Event): string => String(scalar(event['pid'])) || 'unnamed';

/** Some programs write numbers as text. NaN: it is none. */
const numberIn = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && value !== ''
      ? Number(value)
      : NaN;

/** What can name something; anything else names nothing. */
const scalar = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : '';
