import { CacheIndex, type PolicyName } from '../cache/policy/cache-index.ts';
import { keysAhead, type Prefetch } from '../cache/policy/prefetch.ts';
import { CeilingFinder, type Ceiling } from './cache-ceiling.ts';
import {
  makeTrace,
  recordedTrace,
  type CacheTrace,
  type RecordedRequest,
  type TraceSettings,
} from './cache-traces.ts';

/** One policy at one size. Rates are shares, and NaN where nothing was asked for. */
export interface LabPoint {
  maxBytes: number;
  /** Of requests. */
  hitRate: number;
  /** Of bytes asked for. */
  byteHitRate: number;
  evictions: number;
  /** Entries fetched ahead, asked for later or not. */
  fetchedAhead: number;
}

export interface LabCurve {
  policy: PolicyName;
  /** Smallest size first. */
  points: LabPoint[];
}

export interface LabResult {
  /** How many requests, for how many keys, of how many bytes together. */
  trace: { name: string; requests: number; keys: number; bytes: number };
  curves: LabCurve[];
  /** null: with fetching ahead, nothing is known that none can exceed. */
  ceiling: Ceiling | null;
}

export interface LabRequest {
  trace: TraceSettings | { kind: 'recorded'; name: string; requests: readonly RecordedRequest[] };
  policies: readonly PolicyName[];
  /** How many sizes; from a hundredth of all bytes, or the largest entry, up to all, evenly by ratio. */
  sizes: number;
  /** On a miss, fetch further keys of the same directory and the next: at most so many of one and in all; null: none. */
  prefetch: { perDirectory: number; inAll: number } | null;
}

/** Cells done and to do: a policy, or the ceiling, at one size. */
export interface LabProgress {
  done: number;
  cells: number;
}

/**
 * Replays one trace under every policy and size. Yields after each cell, so that whoever drives it can tell how
 * far it is, breathe, and end it.
 */
export function* runCacheLab(request: LabRequest): Generator<LabProgress, LabResult> {
  const { prefetch, trace: asked } = request;
  const trace =
    asked.kind === 'recorded' ? recordedTrace(asked.name, asked.requests) : makeTrace(asked);
  const rule = prefetch && directoryRule(trace, prefetch);
  const finder = prefetch ? null : new CeilingFinder(trace);
  const sizes = labSizes(trace, request.sizes);
  const curves = request.policies.map((policy): LabCurve => ({ policy, points: [] }));
  const ceiling: Ceiling | null = finder && { kind: finder.kind, points: [] };
  const cells = sizes.length * (curves.length + (finder ? 1 : 0));
  let done = 0;
  for (const { policy, points } of curves) {
    for (const maxBytes of sizes) {
      points.push(replay(trace, policy, maxBytes, rule));
      yield { done: ++done, cells };
    }
  }
  for (const maxBytes of ceiling ? sizes : []) {
    ceiling!.points.push(finder!.at(maxBytes));
    yield { done: ++done, cells };
  }
  const { name, requests } = trace;
  const facts = { name, requests: requests.length, keys: new Set(requests).size };
  return { trace: { ...facts, bytes: bytesOfAll(trace) }, curves, ceiling };
}

/** One trace through one cache, from empty; nothing expires. */
export function replay(
  trace: CacheTrace,
  policy: PolicyName,
  maxBytes: number,
  prefetch: Prefetch<number> | null,
): LabPoint {
  const { requests, bytes } = trace;
  const cache = new CacheIndex<number>({ maxBytes, policy });
  const isThere = (key: number): boolean => cache.has(key);
  let bytesAsked = 0;
  let fetchedAhead = 0;
  for (let now = 0; now < requests.length; now++) {
    const key = requests[now]!;
    bytesAsked += bytes[key]!;
    const found = cache.get(key, now);
    if (found === 'miss') cache.set(key, bytes[key]!, now, null);
    if (prefetch === null) continue;
    for (const ahead of keysAhead(prefetch, isThere, key, found)) {
      cache.set(ahead, bytes[ahead]!, now, null);
      fetchedAhead++;
    }
  }
  const { hits, bytesSaved, evictions } = cache.metrics;
  return {
    maxBytes,
    hitRate: hits / requests.length,
    byteHitRate: bytesSaved / bytesAsked,
    evictions,
    fetchedAhead,
  };
}

/** On a miss: the rest of its directory from there on, then the directories that follow. */
function directoryRule(
  { directories }: CacheTrace,
  { perDirectory, inAll }: { perDirectory: number; inAll: number },
): Prefetch<number> {
  const members: number[][] = [];
  directories.forEach((directory, key) => (members[directory] ??= []).push(key));
  return {
    *candidates(asked, found) {
      if (found !== 'miss') return;
      const own = directories[asked]!;
      yield* members[own]!.filter((key) => key > asked);
      for (const directory of members.slice(own + 1, own + 1 + inAll)) yield* directory;
    },
    groupOf: (key) => directories[key]!,
    perGroupMax: perDirectory,
    inAllMax: inAll,
  };
}

/** Sizes worth comparing, whole bytes, rising: a factor apart from each other. Just 0 if nothing has a size. */
export function labSizes(trace: CacheTrace, count: number): number[] {
  const all = bytesOfAll(trace);
  if (all === 0) return [0];
  const largest = trace.requests.reduce((most, key) => Math.max(most, trace.bytes[key]!), 1);
  const from = Math.min(all, Math.max(all / 100, largest));
  const sizes = Array.from({ length: count }, (_, i) =>
    // The root may be a trifle too large.
    Math.min(all, Math.ceil(count === 1 ? all : from * (all / from) ** (i / (count - 1)))),
  );
  return [...new Set(sizes)];
}

/** Of all that is ever asked for, each once: a cache of that size lets nobody go. */
function bytesOfAll({ requests, bytes }: CacheTrace): number {
  return [...new Set(requests)].reduce((sum, key) => sum + bytes[key]!, 0);
}
