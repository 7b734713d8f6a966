import { IndexedHeap } from '../base/indexed-heap.ts';
import type { CacheTrace } from './cache-traces.ts';

/**
 * - `optimum`: some policy that knows the future reaches it, none does better. Needs equal sizes.
 * - `bound`: none does better, and perhaps none reaches it.
 */
export type CeilingKind = 'optimum' | 'bound';

export interface CeilingPoint {
  maxBytes: number;
  /** Of requests. */
  hitRate: number;
  /** Of bytes asked for. */
  byteHitRate: number;
}

export interface Ceiling {
  kind: CeilingKind;
  points: CeilingPoint[];
}

/**
 * What no cache that begins empty and fetches nothing ahead can exceed. O(n log n) a size.
 *
 * With equal sizes: Belady's MIN (L. A. Belady, "A study of replacement algorithms for a virtual-storage
 * computer", IBM Systems Journal 5 (2), 1966), which lets go what is asked for again last, the arrival
 * included. With unequal sizes the optimum is NP-hard; what is given then is the bound PFOO-L (D. Berger,
 * N. Beckmann, M. Harchol-Balter, "Practical bounds on optimal caching with variable object sizes", 2018): each
 * hit takes the bytes of its key for as long as they must be kept since the request before, and a cache has
 * no more than its size × the length of the trace of that to give away; cheapest first.
 */
export class CeilingFinder {
  readonly kind: CeilingKind;
  readonly #trace: CacheTrace;
  readonly #bytesAsked: number;
  /** Request → the next one for the same key; the trace's length: none. */
  readonly #next: Float64Array;
  readonly #equalBytes: number;

  constructor(trace: CacheTrace) {
    this.#trace = trace;
    this.#next = nextRequests(trace);
    this.#bytesAsked = trace.requests.reduce((sum, key) => sum + trace.bytes[key]!, 0);
    const first = trace.requests.length === 0 ? 0 : trace.bytes[trace.requests[0]!]!;
    const isEqual = trace.requests.every((key) => trace.bytes[key] === first);
    this.#equalBytes = isEqual ? first : 0;
    this.kind = this.#equalBytes > 0 ? 'optimum' : 'bound';
  }

  at(maxBytes: number): CeilingPoint {
    const { length } = this.#trace.requests;
    if (this.#equalBytes > 0) {
      const hits = this.#optimalHits(Math.floor(maxBytes / this.#equalBytes));
      return { maxBytes, hitRate: hits / length, byteHitRate: hits / length };
    }
    const hitRate = Math.floor(this.#mostHits(maxBytes, () => 1)) / length;
    const bytes = this.#mostHits(maxBytes, (key) => this.#trace.bytes[key]!);
    return { maxBytes, hitRate, byteHitRate: bytes / this.#bytesAsked };
  }

  #optimalHits(entries: number): number {
    if (entries === 0) return 0;
    const { requests, bytes } = this.#trace;
    const next = this.#next;
    const nextOf = new Float64Array(bytes.length);
    const cached = new IndexedHeap((a, b) => nextOf[b]! - nextOf[a]!, bytes.length);
    let hits = 0;
    for (let i = 0; i < requests.length; i++) {
      const key = requests[i]!;
      const isHit = cached.has(key);
      nextOf[key] = next[i]!;
      if (isHit) {
        hits++;
        cached.update(key);
      } else if (cached.size < entries) cached.push(key);
      else if (nextOf[cached.top()]! > next[i]!) {
        cached.pop();
        cached.push(key);
      }
    }
    return hits;
  }

  /** The most worth of hits that fits: a knapsack that may be filled with parts, so never too little. */
  #mostHits(maxBytes: number, worthOf: (key: number) => number): number {
    const { requests, bytes } = this.#trace;
    const { length } = requests;
    const cost = (i: number): number => bytes[requests[i]!]! * (this.#next[i]! - i);
    const hits: number[] = [];
    for (let i = 0; i < length; i++) {
      if (this.#next[i]! < length && bytes[requests[i]!]! <= maxBytes) hits.push(i);
    }
    // What takes no room costs nothing, whatever it is worth.
    const price = Float64Array.from(hits, (i) =>
      cost(i) === 0 ? 0 : cost(i) / worthOf(requests[i]!),
    );
    const cheapestFirst = Array.from(hits, (_, at) => at);
    cheapestFirst.sort((a, b) => price[a]! - price[b]!);
    let left = maxBytes * length;
    let worth = 0;
    for (const at of cheapestFirst) {
      const i = hits[at]!;
      const share = cost(i) <= left ? 1 : left / cost(i);
      worth += share * worthOf(requests[i]!);
      left -= share * cost(i);
      if (share < 1) break;
    }
    return worth;
  }
}

function nextRequests({ requests, bytes }: CacheTrace): Float64Array {
  const next = new Float64Array(requests.length);
  const later = new Float64Array(bytes.length).fill(requests.length);
  for (let i = requests.length - 1; i >= 0; i--) {
    next[i] = later[requests[i]!]!;
    later[requests[i]!] = i;
  }
  return next;
}
