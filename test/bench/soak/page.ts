/** The page of the soak: runs one after another, on the live machine as the product's page puts it together. */
import { CounterNotes } from '../../../src/cache/store/counter-notes.ts';
import { PipelineCompiler } from '../../../src/live/compile/compiler.ts';
import { LiveRunner } from '../../../src/live/live-runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import { Mark } from '../../../src/trace/types.ts';
import { shippedModules } from '../../../src/scenarios/shipped-modules.ts';
import { CacheClient } from '../../../workers/cache-client.ts';
import { compileWorker } from '../../../workers/compile-client.ts';
import {
  calmDocument,
  calmRuns,
  failsAlways,
  fillDocument,
  itemsPerRun,
  soakDocument,
} from './soak-document.ts';

/** What one run came to. */
export interface SoakRun {
  /** What must not be, a sentence each. */
  wrong: string[];
  retried: number;
  timedOut: number;
  workersReplaced: number;
  cacheHits: number;
  cacheMisses: number;
}

export interface SoakPage {
  /** Once, before the first run. */
  fill(): Promise<void>;
  run(number: number): Promise<SoakRun>;
  /** Entries in every table of every database of this page. */
  storedEntries(): Promise<number>;
}

const namespace = 'soak';
const cache = new CacheClient();
const runner = new LiveRunner({
  compiler: new PipelineCompiler(compileWorker, shippedModules),
  corpus: () => Promise.reject(new Error('The soak has no corpus.')),
  openCache: (name, settings) => cache.open(name, settings),
  openCounters: (name) => cache.openCounters(name),
  noteCounters: (name) => new CounterNotes().ofRun(name),
  killSilentAfterMs: 60_000,
});

async function fill(): Promise<void> {
  const { pipeline } = parseDocument(fillDocument);
  const request = { pipeline: pipeline!, cache: 'on', cacheNamespace: namespace } as const;
  const { error } = await runner.run({ ...request, keepResults: false }).done;
  if (error) throw new Error(error.message);
}

async function run(number: number): Promise<SoakRun> {
  const { pipeline, problems } = parseDocument(soakDocument(number));
  if (!pipeline) throw new Error(problems[0]!.message);
  const request = { pipeline, cache: 'on', cacheNamespace: namespace } as const;
  // Looked at as on the page, where most of the record comes while it runs.
  const onProgress = (): void => {};
  const { trace, failures, error, notices } = await runner.run({ ...request, onProgress }).done;
  const { meta, marks } = trace;
  const wrong: string[] = [...notices];
  if (error) wrong.push(error.message);
  const expected = Array.from({ length: itemsPerRun }, (_, n) => n).filter(failsAlways);
  const { emitted, delivered, failed, dropped, cancelled } = meta.items;
  const books = `${emitted} emitted, ${delivered} delivered, ${failed} failed, ${dropped} dropped, ${cancelled} cancelled`;
  if (emitted !== itemsPerRun || delivered + failed !== emitted) wrong.push(`Lost: ${books}.`);
  for (const stage of meta.stages) {
    const { received, inside } = stage;
    const gone = stage.delivered + stage.failed + stage.dropped + stage.cancelled;
    if (received !== gone || inside !== 0) wrong.push(`The books of ${stage.id} do not balance.`);
  }
  for (const { item, stage, message } of failures) {
    if (!expected.includes(Number(item))) wrong.push(`Item ${item} failed in ${stage}: ${message}`);
  }
  if (failed < expected.length) wrong.push(`Only ${failed} of ${expected.length} failed.`);
  let workersReplaced = 0;
  for (let row = 0; row < marks.count; row++) {
    if (marks.kind[row] === Mark.workerDown) workersReplaced++;
  }
  const sum = (field: 'retried' | 'timedOut' | 'cacheHits'): number =>
    meta.stages.reduce((total, stage) => total + stage[field], 0);
  const cacheHits = sum('cacheHits');
  wrong.push(...(await calm()));
  return {
    ...{ wrong, workersReplaced, retried: sum('retried'), timedOut: sum('timedOut') },
    ...{ cacheHits, cacheMisses: meta.stages.at(-1)!.received - cacheHits },
  };
}

/** Several runs in one sandbox, one after another. Gives what must not be. */
async function calm(): Promise<string[]> {
  const series = {};
  const { pipeline } = parseDocument(calmDocument);
  const wrong: string[] = [];
  for (let run = 0; run < calmRuns; run++) {
    const request = {
      pipeline: pipeline!,
      cache: 'off',
      cacheNamespace: namespace,
      series,
    } as const;
    const { trace, error, notices, failures } = await runner.run(request).done;
    const { emitted, delivered } = trace.meta.items;
    wrong.push(...notices, ...(error ? [error.message] : []));
    if (emitted !== delivered || delivered === 0)
      wrong.push(`Lost: ${emitted} emitted, ${delivered} delivered. ${failures[0]?.message ?? ''}`);
  }
  return wrong;
}

async function storedEntries(): Promise<number> {
  let entries = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name!));
    try {
      for (const table of database.objectStoreNames) {
        entries += await asked(database.transaction(table).objectStore(table).count());
      }
    } finally {
      database.close();
    }
  }
  return entries;
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
  });
}

(globalThis as unknown as { soak: SoakPage }).soak = { fill, run, storedEntries };
