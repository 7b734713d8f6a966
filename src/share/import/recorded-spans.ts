/** What a trace recorded, whatever file it came from. */
export interface Span {
  name: string;
  /** Its place in `Recording.threads`. */
  thread: number;
  startMs: number;
  endMs: number;
  /** CPU time between them, where it was measured. */
  cpuMs: number | null;
  /** What our own traces call their item. */
  item: string | null;
  /** And the id of its stage: several may have one name. */
  stage: string | null;
}

export interface Thread {
  name: string;
  process: string;
}

export interface Recording {
  threads: Thread[];
  spans: Span[];
  /** Names of processes, by their key. */
  processes: ReadonlyMap<string, string>;
  /** Places in `spans`: what one put out, the other took in. */
  arrows: [from: number, to: number][];
  /** Sentences about what was left out. */
  remarks: string[];
  /** Nothing in it held a thread: what is recorded are waits. */
  areWaits: boolean;
  /** It is an export of a run here. */
  isOwn: boolean;
}

/** A nanosecond: what is finer came of calculation. */
export const roundedMs = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/**
 * What each span took by itself: less what was called inside it on its thread, so that all of them together are as
 * long as the threads were busy.
 */
export function selfTimes({ spans, areWaits }: Recording): {
  wallMs: Float64Array;
  cpuMs: Float64Array;
} {
  const wallMs = Float64Array.from(spans, ({ startMs, endMs }) => endMs - startMs);
  const cpuMs = Float64Array.from(spans, ({ cpuMs: cpu, startMs, endMs }) =>
    Math.min(cpu ?? Infinity, endMs - startMs),
  );
  // Of waits none is inside another: they only overlap.
  if (areWaits) return { wallMs, cpuMs };
  const inOrder = [...spans.keys()].sort((a, b) => {
    const [one, two] = [spans[a]!, spans[b]!];
    // Of two that start at once the longer is outside.
    return one.thread - two.thread || one.startMs - two.startMs || two.endMs - one.endMs || a - b;
  });
  let open: number[] = [];
  for (const at of inOrder) {
    const span = spans[at]!;
    if (open.length > 0 && spans[open[0]!]!.thread !== span.thread) open = [];
    while (open.length > 0 && spans[open.at(-1)!]!.endMs <= span.startMs) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined) {
      // What begins inside and ends outside is inside as far as it goes.
      const insideMs = Math.min(span.endMs, spans[outer]!.endMs) - span.startMs;
      wallMs[outer]! -= insideMs;
      cpuMs[outer]! -= Math.min(span.cpuMs ?? Infinity, insideMs);
    }
    open.push(at);
  }
  for (let at = 0; at < wallMs.length; at++) {
    wallMs[at] = Math.max(0, wallMs[at]!);
    cpuMs[at] = Math.min(wallMs[at]!, Math.max(0, cpuMs[at]!));
  }
  return { wallMs, cpuMs };
}
