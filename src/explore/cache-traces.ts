import { DrawSeries, drawValue, hashString, noStage, purpose, type Draw } from '../base/draws.ts';
import { SeededRandom } from '../base/seeded-random.ts';
import { Zipf } from '../base/zipf.ts';

/** Who asked for what, in order. Keys are numbered 0 … n − 1. */
export interface CacheTrace {
  name: string;
  /** One key a request. */
  requests: Int32Array;
  /** Key → bytes of its result. */
  bytes: Float64Array;
  /** Key → number of its directory, for fetching ahead. */
  directories: Int32Array;
}

export const traceKinds = ['zipf', 'scan', 'loop', 'shifting', 'mix'] as const;
export type TraceKind = (typeof traceKinds)[number];

export interface TraceSettings {
  kind: TraceKind;
  /** How many requests. */
  requests: number;
  /** How many keys are asked for again and again, at least 1; a scan asks for others besides. */
  keys: number;
  seed: number;
  /** How much more often popular keys are asked for: the exponent of Zipf's law, 0 is not at all; left out: 0.9. */
  skew?: number;
  /** Of one result; drawn once a key, rounded up to whole ones. */
  bytes: Draw;
}

/** Skew of popularity where keys are popular: near what is measured of pages and files (0.6 … 1). */
const usualSkew = 0.9;
/** Keys in a row that are one directory. */
const directorySize = 8;

/**
 * A trace of one kind, the same for the same settings:
 * - `zipf`: the key of rank k is asked for ∝ 1 / k^skew, independently each time;
 * - `scan`: as zipf, but every second tenth of the requests reads once through keys that nobody asks for again;
 * - `loop`: all keys in order, over and over: the worst case of LRU whenever they do not all fit;
 * - `shifting`: as zipf, but ten times in all the popular keys become others;
 * - `mix`: six in ten as zipf, three in ten a loop of their own, one in ten asked for only once.
 */
export function makeTrace(settings: TraceSettings): CacheTrace {
  const sizes = new DrawSeries(settings.seed, purpose.output, noStage);
  const requests = drawnRequests(settings);
  // Not all keys up to the largest need to be asked for; who is not takes part in nothing.
  const length = requests.reduce((most, key) => Math.max(most, key + 1), 0);
  return {
    name: settings.kind,
    requests,
    bytes: Float64Array.from({ length }, (_, key) =>
      Math.ceil(drawValue(settings.bytes, sizes, key, 0, 0, key)),
    ),
    directories: Int32Array.from({ length }, (_, key) => Math.floor(key / directorySize)),
  };
}

function drawnRequests(settings: TraceSettings): Int32Array {
  const { kind, requests: count, keys, seed } = settings;
  const draws = new DrawSeries(seed, purpose.key, hashString(kind));
  const popular = new Popularity(settings, draws);
  const requests = new Int32Array(count);
  let once = kind === 'mix' ? 2 * keys : keys;
  let looped = 0;
  const next: Readonly<Record<TraceKind, (i: number) => number>> = {
    zipf: (i) => popular.keyAt(i, 0),
    scan: (i) => (Math.floor((10 * i) / count) % 2 === 1 ? once++ : popular.keyAt(i, 0)),
    loop: (i) => i % keys,
    shifting: (i) => popular.keyAt(i, Math.floor((10 * i) / count)),
    mix: (i) => {
      const part = draws.unit(i, 0, 1);
      if (part < 0.6) return popular.keyAt(i, 0);
      return part < 0.9 ? keys + (looped++ % keys) : once++;
    },
  };
  for (let i = 0; i < count; i++) requests[i] = next[kind](i);
  return requests;
}

/** Which keys are popular is shuffled: neighbours are not popular together. */
class Popularity {
  readonly #law: Zipf;
  readonly #keyOfRank: number[];
  readonly #draws: DrawSeries;

  constructor({ keys, seed, skew = usualSkew }: TraceSettings, draws: DrawSeries) {
    this.#law = new Zipf(keys, skew);
    this.#keyOfRank = new SeededRandom(seed, 1).shuffle(Array.from({ length: keys }, (_, i) => i));
    this.#draws = draws;
  }

  /** @param era from one to the next the ranks move on by a tenth of all keys. */
  keyAt(request: number, era: number): number {
    const { length } = this.#keyOfRank;
    const rank = this.#law.keyAt(this.#draws.unit(request, 0, 0));
    return this.#keyOfRank[(rank + Math.floor((era * length) / 10)) % length]!;
  }
}

/** One look-up of a real run. */
export interface RecordedRequest {
  key: string;
  bytes: number;
  /** Left out: keys that first came one after the other are taken for one. */
  directory?: string;
}

/** What was really asked for. A key has the largest size it was recorded with, in whole bytes. */
export function recordedTrace(name: string, recorded: readonly RecordedRequest[]): CacheTrace {
  const keys = new Map<string, number>();
  const folders = new Map<string, number>();
  const bytes: number[] = [];
  const directories: number[] = [];
  const requests = recorded.map((request) => {
    const key = numberOf(request.key, keys);
    const directory = request.directory ?? `keys ${Math.floor(key / directorySize)}`;
    bytes[key] = Math.max(bytes[key] ?? 0, Math.ceil(request.bytes));
    directories[key] ??= numberOf(directory, folders);
    return key;
  });
  return {
    name,
    requests: Int32Array.from(requests),
    bytes: Float64Array.from(bytes),
    directories: Int32Array.from(directories),
  };
}

function numberOf(name: string, numbers: Map<string, number>): number {
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
}
