import { SeededRandom } from '../../src/base/seeded-random.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gatherCorpora } from '../../src/scenarios/build/gather.ts';
import type { CorpusFile } from '../../src/scenarios/build/files.ts';

const corpora = gatherCorpora(process.cwd());

/** A shipped corpus, gathered as the build does. */
export function corpusFiles(name: string): CorpusFile[] {
  const corpus = corpora.find((one) => one.name === name);
  if (corpus === undefined) throw new Error(`no corpus "${name}"`);
  return corpus.files;
}

/** `ctx` as far as the gallery's stage code uses it. Passing an item on as nothing is a value here. */
export const nothing = Symbol('nothing');

export function stageContext(lines: string[] = []): StageContext {
  const random = new SeededRandom(1);
  return {
    item: 0,
    attempt: 1,
    setup: undefined,
    signal: new AbortController().signal,
    none: nothing as never,
    many: () => {
      throw new Error('no stage of the gallery makes children');
    },
    random: () => random.next(),
    wait: () => Promise.resolve(),
    log: (...values) => lines.push(values.join(' ')),
    counter: countersInMemory(),
    service: { page: () => Promise.reject(new Error('no stage of the gallery pages')) },
  };
}

function countersInMemory(): StageCounter {
  const counts = new Map<string, number>();
  const value = (name: string) => Promise.resolve(counts.get(name) ?? 0);
  return {
    value,
    add(name, by = 1) {
      counts.set(name, (counts.get(name) ?? 0) + by);
      return value(name);
    },
  };
}

/** What a stage gives for each item it passes on. */
export function passedOn<In, Out>(
  items: readonly In[],
  stage: (item: In, ctx: StageContext) => Out,
): Out[] {
  const ctx = stageContext();
  return items.map((item) => stage(item, ctx)).filter((output) => output !== (nothing as unknown));
}

/** A copy of a document with JSON Pointers set (stages by id); a pointer that leads nowhere throws. */
export function withSettings(
  document: PipelineDocument,
  set: Record<string, unknown>,
): PipelineDocument {
  const copy = structuredClone(document);
  for (const [pointer, value] of Object.entries(set)) {
    const path = pointer.split('/').slice(1);
    const last = path.pop()!;
    let at: unknown = copy;
    for (const key of path) {
      at = Array.isArray(at)
        ? (at.find((entry: { id?: string }) => entry.id === key) ?? at[Number(key)])
        : (at as Record<string, unknown>)[key];
      if (at === undefined) throw new Error(`${pointer} leads nowhere`);
    }
    (at as Record<string, unknown>)[last] = value;
  }
  return copy;
}

/** Deterministic shuffle, so that a result can be shown not to depend on the order of its input. */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const result = [...values];
  let state = seed >>> 0;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
