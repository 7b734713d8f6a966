import type { CacheLimits, PolicyName } from '../../src/cache/policy/cache-index.ts';
import { sumOf, type ModelEntry, type ModelPolicy } from './policy-model.ts';
import { modelTinyLfu } from './model-tinylfu.ts';

type Limits = Required<CacheLimits>;
type Order = (a: ModelEntry, b: ModelEntry) => number;

const fits = (entries: readonly ModelEntry[], bytes: number, more: number, limits: Limits) =>
  sumOf(entries) + bytes <= limits.maxBytes && entries.length + more <= limits.maxEntries;

/** Sort, and take the first until it fits. */
function sorted(order: Order): ModelPolicy {
  const inOrder = (entries: readonly ModelEntry[]) => [...entries].sort(order);
  const until = (entries: readonly ModelEntry[], bytes: number, more: number, limits: Limits) => {
    const left = inOrder(entries);
    const gone: ModelEntry[] = [];
    while (!fits(left, bytes, more, limits)) gone.push(left.shift()!);
    return gone;
  };
  return {
    inOrder,
    victims: (entries, _key, bytes, limits) => until(entries, bytes, 1, limits),
    surplus: (entries, limits) => until(entries, 0, 0, limits),
  };
}

const leastRecent: Order = (a, b) => a.usedTurn - b.usedTurn;
const sizeClass = (bytes: number) => (bytes < 10_240 ? 0 : bytes <= 102_400 ? 1 : 2);

/** "The arrival's bucket if it would be over its third, else the one that holds the most, its oldest." */
function buckets(): ModelPolicy {
  const bucket = (entries: readonly ModelEntry[], of: number) =>
    entries.filter(({ bytes }) => sizeClass(bytes) === of).sort(leastRecent);
  const fullestFirst = (entries: readonly ModelEntry[]) =>
    [0, 1, 2]
      .map((of) => bucket(entries, of))
      .sort((a, b) => sumOf(b) - sumOf(a) || Number(b.length > 0) - Number(a.length > 0));
  const until = (
    entries: readonly ModelEntry[],
    arriving: number | null,
    limits: Limits,
  ): ModelEntry[] => {
    let left = [...entries];
    const gone: ModelEntry[] = [];
    while (!fits(left, arriving ?? 0, arriving === null ? 0 : 1, limits)) {
      const own = arriving === null ? [] : bucket(left, sizeClass(arriving));
      const isOver = 3 * (sumOf(own) + (arriving ?? 0)) > limits.maxBytes;
      const victim = own.length > 0 && isOver ? own[0]! : fullestFirst(left)[0]![0]!;
      gone.push(victim);
      left = left.filter((entry) => entry !== victim);
    }
    return gone;
  };
  return {
    inOrder: (entries) => fullestFirst(entries).flat(),
    victims: (entries, _key, bytes, limits) => until(entries, bytes, limits),
    surplus: (entries, limits) => until(entries, null, limits),
  };
}

/** Every policy again, slow and obvious. */
export const modelPolicies: Readonly<Record<PolicyName, () => ModelPolicy>> = {
  lru: () => sorted(leastRecent),
  fifo: () => sorted((a, b) => a.storedTurn - b.storedTurn),
  lfu: () => sorted((a, b) => a.hits - b.hits || a.usedTurn - b.usedTurn),
  'lru-buckets': buckets,
  'w-tinylfu': modelTinyLfu,
};
