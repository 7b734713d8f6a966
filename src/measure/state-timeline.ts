import { upperBound } from '../base/bisect.ts';
import { TimeList } from './time-list.ts';

/**
 * What a stage did with each instant, one state at a time. Where several are true at once the first in this
 * order counts; together they are the whole time.
 */
export const wallStates = [
  /** At least one task in service. */
  'busy',
  /** Tasks run, all of them still setting up. */
  'setup',
  /** Nothing runs, a finished task finds no room downstream. */
  'blocked',
  'waitForPermit',
  'waitForLimit',
  'waitForWorker',
  'paused',
  /** A batch is open and waits to fill. */
  'lingering',
  'backingOff',
  'lookingUp',
  /** Nothing here at all. */
  'waitForItem',
] as const;
export type WallState = (typeof wallStates)[number];
/** ms that a stage spent in each state. */
export type WallShares = Record<WallState, number>;

export function noShares(): WallShares {
  return Object.fromEntries(wallStates.map((state) => [state, 0])) as WallShares;
}

/** The states of one stage over [0, endMs], found for any instant or stretch in O(log n) a state. */
export class StateTimeline {
  readonly endMs: number;
  /** Where a state begins, ascending; it lasts until the next begins. */
  private readonly from: Float64Array;
  private readonly state: Uint8Array;
  private readonly spans: ReadonlyMap<WallState, SpanSums>;

  /** @param state places in `wallStates`, of the stretch that begins at `from`; neighbours differ. */
  constructor(from: Float64Array, state: Uint8Array, endMs: number) {
    this.from = from;
    this.state = state;
    this.endMs = endMs;
    const sums = new Map<WallState, SpanSums>();
    for (let i = 0; i < from.length; i++) {
      const name = wallStates[state[i]!]!;
      let own = sums.get(name);
      if (!own) sums.set(name, (own = new SpanSums()));
      own.add(from[i]!, from[i + 1] ?? endMs);
    }
    // Said in the order of the stack, whatever came first.
    this.spans = new Map(
      wallStates.flatMap((name) => {
        const own = sums.get(name);
        return own ? [[name, own] as const] : [];
      }),
    );
  }

  /** The states that occur at all, in the order of `wallStates`. */
  get states(): WallState[] {
    return [...this.spans.keys()];
  }

  /** null before 0 and from the end on. */
  at(ms: number): WallState | null {
    if (ms < 0 || ms >= this.endMs) return null;
    return wallStates[this.state[upperBound(this.from, ms) - 1]!] ?? null;
  }

  /** ms of [0, ms] spent in this state. */
  beforeMs(state: WallState, ms: number): number {
    return this.spans.get(state)?.beforeMs(ms) ?? 0;
  }

  totals(): WallShares {
    const shares = noShares();
    for (const [state, own] of this.spans) shares[state] = own.totalMs;
    return shares;
  }
}

/** Disjoint spans, ascending, with how long they last before each. */
class SpanSums {
  totalMs = 0;
  private readonly from = new TimeList();
  private readonly sums = new TimeList();
  private froms: Float64Array | null = null;
  private befores: Float64Array | null = null;

  add(fromMs: number, toMs: number): void {
    this.from.push(fromMs);
    this.sums.push(this.totalMs);
    this.totalMs += toMs - fromMs;
  }

  beforeMs(ms: number): number {
    this.froms ??= this.from.taken();
    this.befores ??= this.sums.taken();
    const at = upperBound(this.froms, ms) - 1;
    if (at < 0) return 0;
    const nextMs = this.befores[at + 1] ?? this.totalMs;
    return Math.min(nextMs, this.befores[at]! + (ms - this.froms[at]!));
  }
}
