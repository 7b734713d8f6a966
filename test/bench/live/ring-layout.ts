/**
 * The ring in shared memory: a slot a task, filled and taken in order.
 *
 *   slots   [ task | task | task | 0 | 0 | … ]     task = item × stages + stage + 1, 0: not filled yet
 *                     ▲ taken       ▲ filled
 */
export const Head = { taken: 0, filled: 1 } as const;

export interface RingJob {
  head: Int32Array;
  slots: Int32Array;
  /** A worker: how many items it ended, and the sum of their indices. */
  sums: Float64Array;
  lane: number;
  stages: readonly number[];
  items: number;
}
