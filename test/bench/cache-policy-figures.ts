import { SeededRandom } from '../../src/base/seeded-random.ts';
import { CacheIndex, type PolicyName } from '../../src/cache/policy/cache-index.ts';
import { makeTrace, type CacheTrace } from '../../src/explore/cache-traces.ts';

export interface PolicyFigures {
  name: string;
  /** Calls of get and set for the whole trace. */
  operations: number;
  hits: number;
  /** One a round, ms of this process's own work: what other programs do does not count. */
  processorMs: number[];
}

/** Plays a trace through one cache: a get a request, and a set after each miss. Returns hits. */
type Contender = (trace: CacheTrace, maxBytes: number) => number;

/** Never lets anything go, and knows no sizes: what a look-up costs at the very least. */
const plainMap: Contender = ({ requests, bytes }) => {
  const map = new Map<number, number>();
  let hits = 0;
  for (const key of requests) {
    if (map.get(key) === undefined) map.set(key, bytes[key]!);
    else hits++;
  }
  return hits;
};

/** The usual few lines: a Map is ordered by insertion, so a use is a deletion and an insertion. */
const reinsertingMap: Contender = ({ requests, bytes }, maxBytes) => {
  const map = new Map<number, number>();
  let hits = 0;
  let held = 0;
  for (const key of requests) {
    const size = map.get(key);
    if (size !== undefined) {
      hits++;
      map.delete(key);
      map.set(key, size);
      continue;
    }
    const more = bytes[key]!;
    for (const [oldest, freed] of map) {
      if (held + more <= maxBytes) break;
      map.delete(oldest);
      held -= freed;
    }
    map.set(key, more);
    held += more;
  }
  return hits;
};

const policy =
  (name: PolicyName): Contender =>
  ({ requests, bytes }, maxBytes) => {
    const cache = new CacheIndex<number>({ maxBytes, policy: name });
    for (let i = 0; i < requests.length; i++) {
      const key = requests[i]!;
      // A hundred requests a ms, each entry for an hour.
      if (cache.get(key, i / 100) === 'miss') cache.set(key, bytes[key]!, i / 100, 3_600_000);
    }
    return cache.metrics.hits;
  };

const contenders: Readonly<Record<string, Contender>> = {
  'plain Map, endless': plainMap,
  'LRU by reinsertion': reinsertingMap,
  lru: policy('lru'),
  fifo: policy('fifo'),
  lfu: policy('lfu'),
  'lru-buckets': policy('lru-buckets'),
  'w-tinylfu': policy('w-tinylfu'),
};

/**
 * Every policy on one Zipf trace (exponent 0.9, mean size 20 kB, room for a tenth of all bytes), in rounds of an order
 * that is shuffled anew. One round more than asked for: the first is not counted.
 */
export function measurePolicies(requests: number, rounds: number): PolicyFigures[] {
  const bytes = { lognormal: { mean: 20_000, cv: 2 } };
  const keys = Math.ceil(requests / 10);
  const trace = makeTrace({ kind: 'zipf', requests, keys, seed: 1, bytes });
  const maxBytes = Math.round(trace.bytes.reduce((sum, one) => sum + one, 0) / 10);
  const names = Object.keys(contenders);
  const figures = new Map(
    names.map((name): [string, PolicyFigures] => [
      name,
      { name, operations: 0, hits: 0, processorMs: [] },
    ]),
  );
  const random = new SeededRandom(1);
  for (let round = 0; round <= rounds; round++) {
    for (const name of random.shuffle([...names])) {
      const before = process.cpuUsage();
      const hits = contenders[name]!(trace, maxBytes);
      const { user, system } = process.cpuUsage(before);
      const figure = figures.get(name)!;
      figure.hits = hits;
      figure.operations = requests + (requests - hits);
      if (round > 0) figure.processorMs.push((user + system) / 1000);
    }
  }
  return [...figures.values()];
}
