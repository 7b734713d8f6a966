import { entryOverheadBytes } from '../base/cache-facts.ts';
import { CacheIndex } from '../cache/policy/cache-index.ts';
import type { Plan } from '../engine/plan.ts';

/**
 * The result cache of a simulated run: one for all stages, empty at its start, with the document's size limit,
 * policy and times to live. An entry takes the bytes its stage declares as output, rounded up to whole ones
 * (a result of k outputs: k times what is drawn for the item itself), and what its keys and book-keeping take in storage.
 */
export class SimulatedCache {
  readonly #index: CacheIndex<string | number>;
  /** ms; null: no time limit. */
  readonly #ttlMs: readonly (number | null)[];
  /** How many outputs a result has, where that is not one. */
  readonly #counts = new Map<string | number, number>();

  constructor(plan: Plan) {
    const { maxSize, policy } = plan.pipeline.cache;
    this.#index = new CacheIndex({ maxBytes: Math.floor(maxSize), policy });
    this.#ttlMs = plan.stages.map(({ stage }) => stage.cache?.ttl ?? null);
  }

  store(stage: number, key: number, count: number, bytesEach: number, nowMs: number): void {
    const name = this.#name(stage, key);
    const bytes = Math.ceil(Math.min(bytesEach * count, 2 ** 52)) + entryOverheadBytes;
    const { kept, gone } = this.#index.set(name, bytes, nowMs, this.#ttlMs[stage]!);
    if (this.#counts.size > 0) for (const one of gone) this.#counts.delete(one);
    if (!kept || count === 1) this.#counts.delete(name);
    else this.#counts.set(name, count);
  }

  /** How many outputs the result has; -1: it is not there. */
  find(stage: number, key: number, nowMs: number): number {
    const name = this.#name(stage, key);
    if (this.#index.get(name, nowMs) !== 'miss') return this.#counts.get(name) ?? 1;
    this.#counts.delete(name);
    return -1;
  }

  /** Keys are any whole numbers: the largest need a string to stay apart. */
  #name(stage: number, key: number): string | number {
    const name = key * this.#ttlMs.length + stage;
    return Number.isSafeInteger(name) ? name : `${stage}/${key}`;
  }
}
