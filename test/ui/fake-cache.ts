import { noMetrics, type CacheMetrics, type CacheRow } from '../../src/base/cache-facts.ts';
import { runCacheLab } from '../../src/explore/cache-lab.ts';
import type { CacheAdmin, CacheLab } from '../../src/ui/services.ts';

/** A kept result; its key is its number in 64 letters. */
export function cacheRow(index: number, more: Partial<CacheRow> = {}): CacheRow {
  return {
    key: index.toString(16).padStart(64, '0'),
    stage: 'first',
    bytes: 1024,
    storedBytes: 1024,
    storedAt: Date.now() - 60_000,
    usedAt: Date.now() - 1000,
    expiresAt: Infinity,
    hits: 0,
    ...more,
  };
}

/** What the page's cache is asked for, answered from memory: `kept` has the rows a namespace. */
export function fakeCache(kept: Record<string, CacheRow[]> = {}): CacheAdmin & {
  kept: Record<string, CacheRow[]>;
  metrics: CacheMetrics;
  why: string | null;
} {
  const order = {
    age: (a: CacheRow, b: CacheRow) => b.storedAt - a.storedAt,
    size: (a: CacheRow, b: CacheRow) => b.bytes - a.bytes,
    hits: (a: CacheRow, b: CacheRow) => b.hits - a.hits,
    use: (a: CacheRow, b: CacheRow) => b.usedAt - a.usedAt,
  };
  const bytesOf = (rows: CacheRow[]): number =>
    rows.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  return {
    kept,
    metrics: noMetrics(),
    why: null,
    async state(namespace) {
      const rows = this.kept[namespace] ?? [];
      const { metrics, why } = this;
      return { entries: rows.length, bytes: bytesOf(rows), maxBytes: 64e6, metrics, why };
    },
    async rows(namespace, from, count, by) {
      const rows = (this.kept[namespace] ?? []).toSorted(order[by]);
      return { rows: rows.slice(from, from + count), total: rows.length };
    },
    async remove(namespace, keys) {
      this.kept[namespace] = (this.kept[namespace] ?? []).filter(({ key }) => !keys.includes(key));
    },
    async clear(namespace) {
      delete this.kept[namespace];
    },
    async accesses(namespace) {
      const rows = this.kept[namespace] ?? [];
      // Each was asked for twice, one round after the other.
      return {
        keys: Uint32Array.from({ length: 2 * rows.length }, (_, i) => i % rows.length),
        bytes: Float64Array.from(rows, ({ storedBytes }) => storedBytes),
        isCut: false,
      };
    },
    async namespaces() {
      return Object.entries(this.kept).map(([name, rows]) => ({
        name,
        entries: rows.length,
        bytes: bytesOf(rows),
      }));
    },
    async clearAll() {
      this.kept = {};
    },
  };
}

/** The real lab without its worker: a few cells a turn of the event loop. */
export function labOnThisThread(): CacheLab {
  let current = 0;
  return {
    async run(request, onProgress) {
      const mine = ++current;
      const steps = runCacheLab(request);
      for (;;) {
        const step = steps.next();
        if (mine !== current) return null;
        if (step.done === true) return step.value;
        onProgress(step.value.done / step.value.cells);
        if (step.value.done % 5 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    },
    stop: () => void current++,
  };
}
