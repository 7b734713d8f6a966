/** The page of the bench of the cache's store: real IndexedDB, one contender at a time. */
import type { CacheEntry } from '../../../src/base/cache-port.ts';
import { ResultStore } from '../../../src/cache/store/result-store.ts';
import { entryOverheadBytes } from '../../../src/base/cache-facts.ts';
import { PipelineCompiler } from '../../../src/live/compile/compiler.ts';
import { LiveRunner } from '../../../src/live/live-runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import { loadCorpus } from '../../../src/scenarios/corpora.ts';
import { gallery } from '../../../src/scenarios/index.ts';
import { shippedModules } from '../../../src/scenarios/shipped-modules.ts';
import { CacheClient } from '../../../workers/cache-client.ts';
import { compileWorker } from '../../../workers/compile-client.ts';
import { contenders as makeContenders } from './contenders.ts';

export interface Timed {
  entries: number;
  writeMs: number;
  /** In the order in which they were written, as a repeated run asks. */
  readMs: number;
  /** In no order. */
  strayMs: number;
}
export interface CompressTimed {
  plainMs: number;
  packedMs: number;
  /** Of the plain size. */
  share: number;
}
export interface RepeatTimed {
  firstMs: number;
  secondMs: number;
  hits: number;
  asked: number;
  sameResults: boolean;
}
export interface CacheStoreBenchPage {
  names: string[];
  run(name: string, entries: number, letters: number): Promise<Timed>;
  compress(count: number, bytes: number): Promise<CompressTimed>;
  repeat(id: string): Promise<RepeatTimed>;
}

const client = new CacheClient();
const contenders = makeContenders(client);

/** Digests have no order; nor have these. */
const keyOf = (n: number): string =>
  Array.from({ length: 8 }, (_, i) =>
    (Math.imul(n * 8 + i + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0'),
  ).join('');
const entriesOf = (count: number, letters: number): CacheEntry[] =>
  Array.from({ length: count }, (_, n) => ({
    key: keyOf(n),
    stage: 'parse',
    // As a stage's result lies in the cache.
    value: { code: -1, values: [{ n, name: `entry ${n}`, text: 'x'.repeat(letters) }] },
    ttlMs: null,
  }));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

async function run(name: string, count: number, letters: number): Promise<Timed> {
  const contender = contenders.find((one) => one.name === name)!;
  const entries = entriesOf(Math.ceil(count * contender.share), letters);
  const keys = entries.map(({ key }) => key);
  const opened = await contender.open();
  const check = async (asked: readonly string[]): Promise<void> => {
    const values = await opened.read(asked);
    const right = new Map(
      entries.map(({ key, value }) => [key, value as { values: [{ n: number }] }]),
    );
    values.forEach((value, i) => {
      const { n } = right.get(asked[i]!)!.values[0];
      if ((value as { values: [{ n: number }] } | null)?.values[0].n !== n) {
        throw new Error(`${name} answered wrongly.`);
      }
    });
  };
  const writeMs = await timed(() => opened.write(entries));
  const readMs = await timed(() => check(keys));
  const strayMs = await timed(() => check(keys.toSorted()));
  await opened.drop();
  return { entries: entries.length, writeMs, readMs, strayMs };
}

/** Keeps and reads values of text (pieces of a corpus), plain and compressed. */
async function compress(count: number, bytes: number): Promise<CompressTimed> {
  const source = (await loadCorpus('sources')).map((file) => file.text).join('\n');
  const letters = Math.floor(bytes / 2);
  const entries = Array.from({ length: count }, (_, n) => {
    const from = (n * letters) % (source.length - letters);
    return {
      key: keyOf(n),
      stage: 'parse',
      value: source.slice(from, from + letters),
      ttlMs: null,
    };
  });
  const times: number[] = [];
  let share = 1;
  for (const packs of [false, true]) {
    const name = `bench-${crypto.randomUUID()}`;
    const store = new ResultStore(name, Date.now);
    await store.keep('bench', { maxBytes: 1e9, policy: 'lru', compress: packs });
    times.push(
      await timed(async () => {
        await store.put('bench', entries);
        await store.get(
          'bench',
          entries.map(({ key }) => key),
        );
      }),
    );
    const { rows } = await store.rows('bench', 0, count, 'age');
    const stored = rows.reduce((sum, row) => sum + row.storedBytes - entryOverheadBytes, 0);
    share = stored / rows.reduce((sum, row) => sum + row.bytes, 0);
    indexedDB.deleteDatabase(name);
  }
  return { plainMs: times[0]! / count, packedMs: times[1]! / count, share };
}

const runner = new LiveRunner({
  compiler: new PipelineCompiler(compileWorker, shippedModules),
  corpus: loadCorpus,
  openCache: (namespace, settings) => client.open(namespace, settings),
  openCounters: (namespace) => client.openCounters(namespace),
  killSilentAfterMs: null,
});

/** Runs a document of the gallery twice, with a cache that is empty at first. */
async function repeat(id: string): Promise<RepeatTimed> {
  const document = await gallery.find((one) => one.id === id)!.load();
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(problems[0]!.message);
  const cacheNamespace = `bench-${crypto.randomUUID()}`;
  const once = async () => {
    const report = await runner.run({ pipeline, cache: 'on', cacheNamespace }).done;
    if (report.error ?? report.notices[0])
      throw new Error(report.error?.message ?? report.notices[0]);
    return report;
  };
  const [first, second] = [await once(), await once()];
  await client.clear(cacheNamespace);
  let hits = 0;
  let asked = 0;
  for (const stage of second.trace.meta.stages) {
    if (!pipeline.stages.find(({ id: own }) => own === stage.id)!.cache) continue;
    hits += stage.cacheHits;
    asked += stage.received;
  }
  return {
    firstMs: first.trace.meta.makespan,
    secondMs: second.trace.meta.makespan,
    hits,
    asked,
    sameResults: first.resultsDigest === second.resultsDigest,
  };
}

const page: CacheStoreBenchPage = {
  names: contenders.map(({ name }) => name),
  run,
  compress,
  repeat,
};
(globalThis as unknown as { bench: () => CacheStoreBenchPage }).bench = () => page;
