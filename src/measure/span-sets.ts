import { upperBound } from '../base/bisect.ts';
import { lengthMs, noSpans, type Spans } from './throttling.ts';
import { TimeList } from './time-list.ts';

/** Spans in the making, given in ascending order; what touches becomes one. */
export class SpanList {
  private readonly from = new TimeList();
  private readonly to = new TimeList();
  private openMs = NaN;
  private endMs = NaN;

  add(fromMs: number, toMs: number): void {
    if (!(toMs > fromMs)) return;
    if (fromMs <= this.endMs) {
      if (toMs > this.endMs) this.endMs = toMs;
      return;
    }
    this.close();
    this.openMs = fromMs;
    this.endMs = toMs;
  }

  taken(): Spans {
    this.close();
    this.openMs = this.endMs = NaN;
    return { from: this.from.taken(), to: this.to.taken() };
  }

  private close(): void {
    if (Number.isNaN(this.openMs)) return;
    this.from.push(this.openMs);
    this.to.push(this.endMs);
  }
}

/** All instants that lie in at least one of these. */
export function unionOf(sets: readonly Spans[]): Spans {
  const filled = sets.filter((set) => set.from.length > 0);
  if (filled.length < 2) return filled[0] ?? noSpans;
  // Two at a time, so that hundreds of stages cost a few passes, not one each.
  const middle = filled.length >> 1;
  return merged(unionOf(filled.slice(0, middle)), unionOf(filled.slice(middle)));
}

function merged(a: Spans, b: Spans): Spans {
  const list = new SpanList();
  let [i, j] = [0, 0];
  while (i < a.from.length || j < b.from.length) {
    const isA = j >= b.from.length || (i < a.from.length && a.from[i]! <= b.from[j]!);
    if (isA) list.add(a.from[i]!, a.to[i++]!);
    else list.add(b.from[j]!, b.to[j++]!);
  }
  return list.taken();
}

/** The instants of [0, endMs] that lie in none of these. */
export function outside(spans: Spans, endMs: number): Spans {
  return without(spanFrom(0, endMs), spans);
}

/** One span; none where it has no length. */
export function spanFrom(fromMs: number, toMs: number): Spans {
  return toMs > fromMs ? { from: Float64Array.of(fromMs), to: Float64Array.of(toMs) } : noSpans;
}

/** The instants that lie in both. */
export function bothOf(a: Spans, b: Spans): Spans {
  const from = new TimeList();
  const to = new TimeList();
  eachOverlap(a, b, (startMs, endMs) => {
    from.push(startMs);
    to.push(endMs);
  });
  return { from: from.taken(), to: to.taken() };
}

/** The instants of `of` that do not lie in `taken`. */
export function without(of: Spans, taken: Spans): Spans {
  if (taken.from.length === 0) return of;
  const from = new TimeList();
  const to = new TimeList();
  let next = 0;
  for (let i = 0; i < of.from.length; i++) {
    let startMs = of.from[i]!;
    const endMs = of.to[i]!;
    while (next < taken.to.length && taken.to[next]! <= startMs) next++;
    for (let j = next; j < taken.from.length && taken.from[j]! < endMs; j++) {
      if (taken.from[j]! > startMs) {
        from.push(startMs);
        to.push(taken.from[j]!);
      }
      startMs = Math.max(startMs, taken.to[j]!);
    }
    if (startMs < endMs) {
      from.push(startMs);
      to.push(endMs);
    }
  }
  return { from: from.taken(), to: to.taken() };
}

/** ms that lie in both. */
export function overlapMs(a: Spans, b: Spans): number {
  let sum = 0;
  eachOverlap(a, b, (startMs, endMs) => (sum += endMs - startMs));
  return sum;
}

function eachOverlap(a: Spans, b: Spans, take: (startMs: number, endMs: number) => void): void {
  let [i, j] = [0, 0];
  while (i < a.from.length && j < b.from.length) {
    const start = Math.max(a.from[i]!, b.from[j]!);
    const end = Math.min(a.to[i]!, b.to[j]!);
    if (end > start) take(start, end);
    if (a.to[i]! < b.to[j]!) i++;
    else j++;
  }
}

/** How much of any stretch of time lies in the spans, in O(log n); near the last one asked for in O(1). */
export class SpanClock {
  private readonly spans: Spans;
  /** ms in the spans before each of them. */
  private readonly before: Float64Array;
  private near = 0;

  constructor(spans: Spans) {
    this.spans = spans;
    this.before = new Float64Array(spans.from.length + 1);
    for (let i = 0; i < spans.from.length; i++)
      this.before[i + 1] = this.before[i]! + spans.to[i]! - spans.from[i]!;
  }

  within(fromMs: number, toMs: number): number {
    if (!(toMs > fromMs) || this.spans.from.length === 0) return 0;
    return this.upTo(toMs) - this.upTo(fromMs);
  }

  private upTo(ms: number): number {
    const { from, to } = this.spans;
    let at = this.near;
    // Rows of a trace come nearly in order, so the next question is mostly a step away.
    if (from[at]! > ms || (at + 1 < from.length && from[at + 1]! <= ms)) {
      if (at + 2 < from.length && from[at + 1]! <= ms && from[at + 2]! > ms) at++;
      else at = upperBound(from, ms) - 1;
    }
    if (at < 0) return 0;
    this.near = at;
    return this.before[at]! + Math.min(ms, to[at]!) - from[at]!;
  }
}

/**
 * The shortest window that leaves out at most a twentieth of the spans' time at either end: when something
 * mostly was, whatever happened once much earlier or later. null of nothing.
 */
export function mostlyWithin(spans: Spans): { fromMs: number; toMs: number } | null {
  const wholeMs = lengthMs(spans);
  if (!(wholeMs > 0)) return null;
  const leftOutMs = wholeMs / 20;
  return { fromMs: timeAfter(spans, leftOutMs), toMs: timeAfter(spans, wholeMs - leftOutMs) };
}

/** The moment at which that much of the spans has gone by. */
function timeAfter({ from, to }: Spans, ms: number): number {
  let left = ms;
  for (let i = 0; i < from.length; i++) {
    const lasted = to[i]! - from[i]!;
    if (left <= lasted) return from[i]! + left;
    left -= lasted;
  }
  return to[to.length - 1] ?? 0;
}

/** What share of each of `count` equal parts of [0, endMs] lies in the spans, 0 … 1. */
export function sharesOver(spans: Spans, endMs: number, count: number): number[] {
  const clock = new SpanClock(spans);
  const partMs = endMs / count;
  return Array.from({ length: count }, (_, part) =>
    partMs > 0 ? clock.within(part * partMs, (part + 1) * partMs) / partMs : 0,
  );
}
