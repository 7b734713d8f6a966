import { OrderFreeDigest } from './digest.ts';
import { childOf, endWay, sourceItem, type Item } from './items.ts';
import { Limits } from './limits.ts';
import { stageSettings, type PipelineSettings } from './settings.ts';
import { StageQueue } from './stage-queue.ts';
import type { Entry, Executor } from './task.ts';

export interface Delivered {
  /** "7", "7.0" (a child), "cluster" (what a stage came to). */
  item: string;
  stage: string;
  value: unknown;
}
export interface Failure {
  item: string;
  stage: string;
  message: string;
}

export interface FlowResult {
  results: Delivered[];
  failures: Failure[];
  /** Source items by the worst that became of them. */
  items: { emitted: number; delivered: number; dropped: number; failed: number };
  /** The same for the same results in whatever order they came. */
  digest: string;
  /** Why it was stopped; null: it came to its end. */
  stopped: string | null;
}

/** Takes items from a source through the stages of a pipeline. */
export class Flow {
  readonly pipeline: PipelineSettings;
  readonly executor: Executor;
  readonly limits: Limits;
  readonly #stages: StageQueue[];
  readonly #digest = new OrderFreeDigest();
  readonly #result: Omit<FlowResult, 'digest'> = {
    ...{ results: [], failures: [], stopped: null },
    items: { emitted: 0, delivered: 0, dropped: 0, failed: 0 },
  };
  /** Tasks, pauses and reads under way: without any, only batches that wait for more can go on. */
  #active = 0;
  #inFlight = 0;
  #roomInFlight: (() => void) | null = null;
  #open = 0;
  #over: () => void = () => {};

  constructor(pipeline: PipelineSettings, executor: Executor) {
    this.pipeline = pipeline;
    this.executor = executor;
    this.limits = new Limits(pipeline.limits);
    this.#stages = stageSettings(pipeline.stages).map((stage) => new StageQueue(stage, this));
    for (const stage of this.#stages) {
      stage.children = this.#stages.filter((one) => one.settings.after.includes(stage.id));
    }
    this.#open = this.#stages.length;
  }

  get isStopped(): boolean {
    return this.#result.stopped !== null;
  }

  /** Runs until every item has come to its end. Rejects when the source throws. */
  async run(source: AsyncIterable<unknown>): Promise<FlowResult> {
    const isOver = new Promise<void>((resolve) => (this.#over = resolve));
    await this.#admitAll(source);
    for (const stage of this.#roots()) stage.parentClosed();
    await isOver;
    return { ...this.#result, digest: this.#digest.hex };
  }

  #roots(): StageQueue[] {
    return this.#stages.filter(({ settings }) => settings.after.length === 0);
  }

  async #admitAll(source: AsyncIterable<unknown>): Promise<void> {
    const { inFlight } = this.pipeline;
    const { items } = this.#result;
    const steps = source[Symbol.asyncIterator]();
    for (;;) {
      const step = await this.busy(() => steps.next());
      if (step.done || this.isStopped) return;
      while (inFlight !== null && this.#inFlight >= inFlight) {
        this.#lookForStall();
        await new Promise<void>((go) => (this.#roomInFlight = go));
      }
      this.#inFlight++;
      const item = sourceItem(items.emitted++, () => {
        items[item.root.fate]++;
        this.#inFlight--;
        this.#roomInFlight?.();
      });
      await this.sendOn(null, item, step.value, this.#roots());
    }
  }

  /** Hands an output to every stage after; without any it is a result. Resolves when all have room for it. */
  async sendOn(
    from: StageQueue | null,
    item: Item,
    value: unknown,
    to: readonly StageQueue[],
  ): Promise<void> {
    if (to.length === 0) {
      const one = { item: item.label, stage: from!.id, value };
      this.#result.results.push(one);
      this.#digest.add([one.item, one.stage, value]);
      endWay(item, 'delivered');
      return;
    }
    item.root.open += to.length - 1;
    await Promise.all(to.map((stage) => stage.offer(from, item, value)));
  }

  /** What one call gave for one item goes on. */
  async putOut(from: StageQueue, item: Item, entry: Exclude<Entry, { error: string }>) {
    if ('value' in entry) return this.sendOn(from, item, entry.value, from.children);
    const { children } = entry;
    if (children.length === 0) return endWay(item, 'delivered');
    item.root.open += children.length - 1;
    await Promise.all(
      children.map((value, at) => this.sendOn(from, childOf(item, at), value, from.children)),
    );
  }

  failed(stage: StageQueue, item: Item, message: string): void {
    this.#result.failures.push({ item: item.label, stage: stage.id, message });
    endWay(item, 'failed');
    if (stage.settings.onError === 'stop') {
      this.#result.stopped ??= `Stage ${stage.id} failed, and its onError is "stop".`;
    }
  }

  /** While this goes on, nothing has come to a standstill. */
  async busy<T>(work: () => Promise<T>): Promise<T> {
    this.#active++;
    try {
      return await work();
    } finally {
      this.#active--;
      this.#lookForStall();
    }
  }

  /** Nothing can bring what a batch waits for: it goes as it is, that of the earliest stage first. */
  #lookForStall(): void {
    setImmediate(() => {
      if (this.#active === 0) this.#stages.find((stage) => stage.flush());
    });
  }

  closed(stage: StageQueue): void {
    this.#open--;
    for (const child of stage.children) child.parentClosed();
    if (this.#open === 0) this.#over();
  }
}
