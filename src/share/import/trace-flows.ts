import type { Span } from './recorded-spans.ts';

/** One end of a flow, or a place where it passes. */
export interface FlowEnd {
  thread: number;
  atMs: number;
  /** It belongs to the span that it is in; else to the next one of its thread. */
  isInside: boolean;
}

/** From which span to which the flows lead, each as places in `spans`. */
export function arrowsOf(
  spans: readonly Span[],
  flows: Iterable<readonly FlowEnd[]>,
): [from: number, to: number][] {
  /** By thread: places in `spans`, in the order of their starts. */
  const byThread = new Map<number, number[]>();
  for (const [at, { thread }] of spans.entries()) {
    const list = byThread.get(thread);
    if (list) list.push(at);
    else byThread.set(thread, [at]);
  }
  for (const list of byThread.values()) list.sort((a, b) => spans[a]!.startMs - spans[b]!.startMs);
  const arrows: [number, number][] = [];
  for (const ends of flows) {
    const path = ends
      .toSorted((a, b) => a.atMs - b.atMs)
      .map((end) => spanAt(spans, byThread.get(end.thread) ?? [], end));
    for (let at = 1; at < path.length; at++) {
      const [from, to] = [path[at - 1]!, path[at]!];
      if (from >= 0 && to >= 0 && from !== to) arrows.push([from, to]);
    }
  }
  return arrows;
}

/** Calls inside calls are seldom deeper than this; a flow that would lead further out is not followed. */
const depthMax = 100;

function spanAt(
  spans: readonly Span[],
  inOrder: readonly number[],
  { atMs, isInside }: FlowEnd,
): number {
  // The first that starts later.
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[inOrder[middle]!]!.startMs > atMs) high = middle;
    else low = middle + 1;
  }
  if (!isInside) return inOrder[low] ?? -1;
  for (let at = low - 1; at >= Math.max(0, low - depthMax); at--) {
    if (spans[inOrder[at]!]!.endMs >= atMs) return inOrder[at]!;
  }
  return -1;
}
