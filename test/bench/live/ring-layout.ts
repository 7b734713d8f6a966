import type { Job } from './job.ts';

/**
 * The ring in shared memory: a slot a task, filled and taken in order.
 *
 *   slots   [ task | task | task | 0 | 0 | … ]     task = item × stages + stage + 1, 0: not filled yet
 *                     ▲ taken       ▲ filled
 */
export const Head = { taken: 0, filled: 1 } as const;

/** All that the threads share. */
export interface Ring {
  job: Job;
  head: Int32Array;
  slots: Int32Array;
  /** Task → parents that are not done yet. */
  missing: Int32Array;
  /** The columns of the sheet. */
  outputs: Float64Array;
  queuedMs: Float64Array;
  startedMs: Float64Array;
  endedMs: Float64Array;
  worker: Int16Array;
  /** All payloads, one after another; empty: numbers. */
  payloads: Uint8Array;
}

export interface RingJob {
  ring: Ring;
  lane: number;
}

export function push({ head, slots }: Ring, task: number): void {
  const at = Atomics.add(head, Head.filled, 1);
  Atomics.store(slots, at, task + 1);
  Atomics.notify(slots, at);
}
