import { DrawSeries, entryOf, hashString, purpose, quantile, type Purpose } from '../base/draws.ts';
import { zipf } from '../base/zipf.ts';
import { DrawBlock } from './draw-block.ts';
import type { Plan, PlanStage } from './plan.ts';
import { lineageKey, rootOf } from '../trace/item-label.ts';
import type { ItemColumns } from '../trace/types.ts';
import type { KeyDraw, Phase, Draw } from '../pipeline/types.ts';

/** A phase of a stage's service or set-up. */
export interface ServicePhase {
  /** ms. */
  draw: Draw;
  /** It waits; else it burns CPU. */
  waits: boolean;
  /** Summed over a batch; else drawn once a task. */
  perItem: boolean;
}

const servicePhase = (phase: Phase): ServicePhase => ({
  draw: 'wait' in phase ? phase.wait : phase.cpu,
  waits: 'wait' in phase,
  perItem: phase.per === 'item',
});

/** What a stage declares about its tasks, ready to be drawn from. */
export interface StageService {
  index: number;
  hash: number;
  phases: readonly ServicePhase[];
  setup: readonly ServicePhase[];
  setupWhen: 'task' | 'worker' | 'start';
  /** Tasks have to do with the set-up. */
  setsUpTasks: boolean;
  /** What the first task that comes to the code on each worker takes longer, ms. */
  coldMs: number;
  output: Draw;
  failure: number;
  expand: Draw;
  /** Its durations were measured, not declared. */
  isMeasured: boolean;
  key: KeyDraw | null;
  timeoutMs: number;
  /** A single fixed number of ms with nothing else: the common case of queueing models. */
  children: number;
}

export function makeService(stage: PlanStage): StageService {
  const { work, setup, timeout } = stage.stage;
  const spec = work.kind === 'synthetic' ? work : work.model;
  return {
    index: stage.index,
    hash: hashString(stage.id),
    phases: (spec?.phases ?? []).map(servicePhase),
    setup: setup.phases.map(servicePhase),
    setupWhen: setup.when,
    setsUpTasks: setup.phases.length > 0 && setup.when !== 'start',
    coldMs: work.kind === 'code' ? (work.model?.cold ?? 0) : 0,
    output: spec?.output ?? 0,
    failure: spec?.failure ?? 0,
    expand: spec?.expand ?? 1,
    isMeasured: work.kind === 'code',
    key: work.kind === 'synthetic' ? (work.key ?? null) : null,
    timeoutMs: timeout ?? Infinity,
    children: stage.children.length,
  };
}

/** Draws for one item; every draw has the address (seed, purpose, stage, item, attempt, phase). */
export class ItemDraws {
  readonly #seed: number;
  readonly #items: ItemColumns;
  /** Purpose → stage → the series of that part of the address. */
  readonly #series: (DrawSeries | undefined)[][] = [];
  /** Stage → phase → its times at first attempts. */
  readonly #blocks: (DrawBlock | undefined)[][] = [];

  constructor(plan: Plan, items: ItemColumns) {
    this.#seed = plan.pipeline.seed;
    this.#items = items;
  }

  #seriesOf(what: Purpose, service: StageService): DrawSeries {
    const stages = (this.#series[what] ??= []);
    return (stages[service.index] ??= new DrawSeries(this.#seed, what, service.hash));
  }

  /** What names an item in a draw's address. */
  lineageOf(item: number): number {
    return lineageKey(this.#items, item);
  }

  #number(item: number): number {
    const { parent, ordinal } = this.#items;
    if (parent[item] === -1) return ordinal[item]!;
    const root = rootOf(this.#items, item);
    // The result of an `all` or `fold` is its stage's item 0.
    return parent[root] === -2 ? 0 : ordinal[root]!;
  }

  /** ms of one phase for one item. */
  phaseMs(
    { draw }: ServicePhase,
    service: StageService,
    item: number,
    attempt: number,
    at: number,
  ): number {
    if (attempt > 1 || typeof draw === 'number' || 'perItem' in draw) {
      return this.#value(draw, purpose.service, service, item, attempt, at);
    }
    const blocks = (this.#blocks[service.index] ??= []);
    const block = (blocks[at] ??= this.#makeBlock(draw, service, at));
    return block.at(lineageKey(this.#items, item));
  }

  #makeBlock(
    draw: Exclude<Draw, number | { perItem: number[] }>,
    service: StageService,
    at: number,
  ): DrawBlock {
    return new DrawBlock(draw, this.#seriesOf(purpose.service, service), 1, at);
  }

  setupMs(
    { draw }: ServicePhase,
    service: StageService,
    item: number,
    attempt: number,
    at: number,
  ): number {
    return this.#value(draw, purpose.setup, service, item, attempt, at);
  }

  outputBytes(service: StageService, item: number): number {
    const { output } = service;
    if (typeof output === 'number') return output;
    return this.#value(output, purpose.output, service, item, 0, 0);
  }

  fails(service: StageService, item: number, attempt: number): boolean {
    return service.failure > 0 && this.#mayFail(service, item, attempt);
  }

  #mayFail(service: StageService, item: number, attempt: number): boolean {
    const key = lineageKey(this.#items, item);
    const unit = this.#seriesOf(purpose.failure, service).unit(key, attempt, 0);
    return unit < service.failure;
  }

  /** How many outputs; a mean of 1.5 is 1 or 2. */
  outputs(service: StageService, item: number): number {
    const { expand } = service;
    if (expand === 1) return 1;
    const mean = this.#value(expand, purpose.expand, service, item, 0, 0);
    const whole = Math.floor(mean);
    if (mean === whole) return whole;
    const key = lineageKey(this.#items, item);
    return this.#seriesOf(purpose.expand, service).unit(key, 0, 1) < mean - whole
      ? whole + 1
      : whole;
  }

  /** What the cache is asked for; -1: this item's own, which nobody else asks for. */
  cacheKey(service: StageService, item: number): number {
    const { key } = service;
    if (!key) return -1;
    const number = this.#number(item);
    if ('perItem' in key) return key.perItem[number % key.perItem.length]!;
    const series = this.#seriesOf(purpose.key, service);
    const unit = series.unit(lineageKey(this.#items, item), 0, 0);
    return zipf(key.zipf.keys, key.zipf.exponent, unit);
  }

  #value(
    draw: Draw,
    what: Purpose,
    service: StageService,
    item: number,
    attempt: number,
    at: number,
  ): number {
    if (typeof draw === 'number') return draw;
    if ('perItem' in draw) return entryOf(draw.perItem, this.#number(item));
    const series = this.#seriesOf(what, service);
    return quantile(draw, series.unit(lineageKey(this.#items, item), attempt, at));
  }
}
