/**
 * Contenders of the simulation bench, all on the same queue: one server, Poisson arrivals, exponential
 * service (M/M/1, load 0.8). Each call runs the whole model once and returns how many items were served.
 */
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Pipeline, PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';

/** An item comes and goes. */
export const eventsPerItem = 2;
const arrivalsPerSecond = 1000;
const meanServiceMs = 0.8;

export function pipelineOf(document: Omit<PipelineDocument, 'format'>): Pipeline {
  const { pipeline, problems } = parseDocument({ format: 'millrace/1', ...document });
  if (pipeline === null) throw new Error(problems[0]?.message ?? 'The document is not valid.');
  return pipeline;
}

export const singleServer = (items: number): Pipeline =>
  pipelineOf({
    source: {
      kind: 'count',
      count: items,
      arrivals: { kind: 'poisson', rate: arrivalsPerSecond },
    },
    stages: [
      {
        id: 'serve',
        work: { kind: 'synthetic', phases: [{ cpu: { exponential: meanServiceMs } }] },
      },
    ],
    machine: { workers: 1, cores: 1 },
  });

/** Six stages in a row on four workers, two tasks of each at once. */
export const sixStages = (items: number): Pipeline =>
  pipelineOf({
    source: { kind: 'count', count: items },
    stages: Array.from({ length: 6 }, (_, at) => ({
      id: `stage-${at}`,
      ...(at === 0 ? {} : { after: [`stage-${at - 1}`] }),
      permits: 2,
      work: { kind: 'synthetic' as const, phases: [{ cpu: { exponential: 2 } }] },
    })),
    machine: { workers: 4, cores: 4 },
  });

/** As the page predicts: the whole trace is kept. */
export function millrace(pipeline: Pipeline): Trace {
  const { trace, error } = simulate(pipeline, { cores: 1 });
  if (error !== null) throw new Error(error.message);
  return trace;
}

interface SimJs {
  Sim: new () => { addEntity(type: unknown): void; simulate(until: number): void };
  Entity: new () => {
    setTimer(ms: number): { done(then: () => void): void };
    useFacility(facility: unknown, ms: number): { done(then: () => void): void };
  };
  Facility: new (name: string) => unknown;
  Random: new (seed: number) => { exponential(rate: number): number };
}

/** SIM.JS is a script for pages: it leaves its classes on `window`. */
export async function loadSimJs(): Promise<SimJs> {
  const page = globalThis as { window?: { Sim?: SimJs } };
  page.window = {};
  // @ts-expect-error It has no types.
  await import('simjs');
  const { Sim } = page.window;
  delete page.window;
  if (!Sim) throw new Error('SIM.JS did not load.');
  return Sim;
}

/** The same queue as SIM.JS would have it written: a facility with one server, an entity that feeds it. */
export function simJs(lib: SimJs, items: number, seed: number): number {
  const random = new lib.Random(seed);
  const server = new lib.Facility('server');
  let left = items;
  let served = 0;
  class Source extends lib.Entity {
    start(): void {
      this.next();
    }
    next(): void {
      if (left-- <= 0) return;
      this.setTimer(random.exponential(arrivalsPerSecond / 1000)).done(() => {
        this.useFacility(server, random.exponential(1 / meanServiceMs)).done(() => served++);
        this.next();
      });
    }
  }
  const sim = new lib.Sim();
  sim.addEntity(Source);
  sim.simulate(Number.MAX_SAFE_INTEGER);
  return served;
}

/**
 * The yardstick: the bare event loop of that queue on a typed-array heap, with the cheapest draws there
 * are. No items, no queue, no record: nobody can be faster and still know what happened.
 */
export function bareHeapLoop(items: number, seed: number): number {
  let state = seed | 0;
  // A linear congruential generator (Numerical Recipes, 2nd ed., 7.1), and the quantile of its number.
  const exponential = (mean: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return -mean * Math.log(((state >>> 0) + 1) / 4294967296);
  };
  const gapMs = 1000 / arrivalsPerSecond;
  const times = new Float64Array(8);
  const kinds = new Uint8Array(8);
  let size = 0;
  const push = (time: number, kind: number): void => {
    let at = size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (times[parent]! <= time) break;
      times[at] = times[parent]!;
      kinds[at] = kinds[parent]!;
      at = parent;
    }
    times[at] = time;
    kinds[at] = kind;
  };
  const dropFirst = (): void => {
    const time = times[--size]!;
    const kind = kinds[size]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && times[child + 1]! < times[child]!) child++;
      if (times[child]! >= time) break;
      times[at] = times[child]!;
      kinds[at] = kinds[child]!;
      at = child;
    }
    times[at] = time;
    kinds[at] = kind;
  };
  let arrived = 0;
  let waiting = 0;
  let served = 0;
  push(exponential(gapMs), 0);
  while (size > 0) {
    const now = times[0]!;
    const kind = kinds[0]!;
    dropFirst();
    if (kind === 0) {
      arrived++;
      if (arrived < items) push(now + exponential(gapMs), 0);
      if (waiting++ === 0) push(now + exponential(meanServiceMs), 1);
    } else {
      served++;
      if (--waiting > 0) push(now + exponential(meanServiceMs), 1);
    }
  }
  return served;
}
