import type { Spans } from './throttling.ts';

/** Something there is only so much of, and when it held tasks (or the source) back. */
export interface Holding {
  /** "permits:resize", "limit:api", "buffer:resize", "workers", "in-flight" or "memory". */
  key: string;
  kind: 'permits' | 'limit' | 'buffer' | 'workers' | 'in-flight' | 'memory';
  /** Of a permit or buffer: its stage's index; else -1. */
  stage: number;
  /** When something waited for it. */
  spans: Spans;
  /**
   * Of that, while something inside it was what was waited for: a permit that a blocked task keeps waits for
   * the buffer downstream; a full buffer for what its own stage waits for; items in flight for whatever
   * they wait for inside.
   */
  nested: Spans;
  /**
   * Of the rest, when it made a difference: some stage after it had nothing waiting, so that what was held
   * here was missed there. (Where the next stage has a queue of its own, that one is what holds the run.)
   */
  root: Spans;
  /** Task-milliseconds that waited for it; at the source item-milliseconds. */
  waitMs: number;
  /** Of that, during `nested`. */
  nestedMs: number;
  /** Whose tasks waited, ms by stage index; -1: the source. */
  waiters: ReadonlyMap<number, number>;
}

/** A holding whose waits are still being counted. */
export type Part = Holding & { waiters: Map<number, number> };

/** When the next task of a stage lacked each thing. */
export interface GateSpans {
  permit: Spans;
  limit: Spans;
  worker: Spans;
  paused: Spans;
  /** Any of permit, limit and worker. */
  shut: Spans;
}
