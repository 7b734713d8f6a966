import type { CacheLimits } from '../../src/cache/policy/cache-index.ts';
import { sumOf, type ModelEntry, type ModelPolicy } from './policy-model.ts';
import { SlowSketch } from './slow-sketch.ts';

type Limits = Required<CacheLimits>;

/** W-TinyLFU with three plain arrays, oldest first. */
export function modelTinyLfu(): ModelPolicy {
  let sketch = new SlowSketch();
  let window: ModelEntry[] = [];
  let probation: ModelEntry[] = [];
  let shielded: ModelEntry[] = [];
  let arrivesInMain = false;

  const shares = ({ maxBytes, maxEntries }: Limits) => {
    const windowEntries = maxEntries === Infinity ? Infinity : Math.floor(maxEntries / 100);
    const mainEntries = maxEntries === Infinity ? Infinity : maxEntries - windowEntries;
    const windowBytes = Math.floor(maxBytes * 0.01);
    const mainBytes = maxBytes - windowBytes;
    return { windowBytes, windowEntries, mainBytes, mainEntries };
  };
  const without = (list: ModelEntry[], entry: ModelEntry) => list.filter((one) => one !== entry);
  const remove = (entry: ModelEntry): void => {
    window = without(window, entry);
    probation = without(probation, entry);
    shielded = without(shielded, entry);
  };
  const demote = (limits: Limits): void => {
    const { mainBytes, mainEntries } = shares(limits);
    while (
      sumOf(shielded) > Math.floor(mainBytes * 0.8) ||
      shielded.length > Math.floor(mainEntries * 0.8)
    ) {
      probation.push(shielded.shift()!);
    }
  };
  /** The fewest oldest of the main part that must go; null: they were asked for as often, or there are too few. */
  const beaten = (key: string | number, bytes: number, limits: Limits): ModelEntry[] | null => {
    const { mainBytes, mainEntries } = shares(limits);
    const main = [...probation, ...shielded];
    for (let count = 0; count <= main.length; count++) {
      const left = main.slice(count);
      if (sumOf(left) + bytes > mainBytes || left.length + 1 > mainEntries) continue;
      const victims = main.slice(0, count);
      const asked = victims.reduce((sum, one) => sum + sketch.estimate(one.key), 0);
      return count === 0 || sketch.estimate(key) > asked ? victims : null;
    }
    return null;
  };

  return {
    victims(entries, key, bytes, limits) {
      sketch.ensure(entries.length);
      sketch.add(key);
      const { windowBytes, windowEntries } = shares(limits);
      arrivesInMain = bytes > windowBytes || windowEntries < 1;
      if (arrivesInMain) {
        const victims = beaten(key, bytes, limits);
        victims?.forEach(remove);
        return victims;
      }
      const gone: ModelEntry[] = [];
      while (sumOf(window) + bytes > windowBytes || window.length + 1 > windowEntries) {
        const leaving = window[0]!;
        const victims = beaten(leaving.key, leaving.bytes, limits);
        gone.push(...(victims ?? [leaving]));
        (victims ?? []).forEach(remove);
        remove(leaving);
        if (victims) probation.push(leaving);
      }
      return gone;
    },
    surplus(_entries, limits) {
      const { windowBytes, mainBytes } = shares(limits);
      while (sumOf(window) > windowBytes) probation.push(window.shift()!);
      const gone: ModelEntry[] = [];
      while (sumOf(probation) + sumOf(shielded) > mainBytes) {
        const victim = [...probation, ...shielded][0]!;
        remove(victim);
        gone.push(victim);
      }
      demote(limits);
      return gone;
    },
    inOrder: () => [...probation, ...shielded, ...window],
    used(entry, limits) {
      sketch.add(entry.key);
      const tooLarge = entry.bytes > Math.floor(shares(limits).mainBytes * 0.8);
      if (window.includes(entry)) window = [...without(window, entry), entry];
      else if (probation.includes(entry) && tooLarge) {
        probation = [...without(probation, entry), entry];
      } else {
        remove(entry);
        shielded.push(entry);
        demote(limits);
      }
    },
    added(entry) {
      (arrivesInMain ? probation : window).push(entry);
    },
    removed: remove,
    cleared() {
      sketch = new SlowSketch();
      window = [];
      probation = [];
      shielded = [];
    },
  };
}
