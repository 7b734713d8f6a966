import { meanOf } from '../base/draw-mean.ts';
import type { Pipeline, Stage } from '../pipeline/types.ts';
import { Mark, Outcome, type StageMeta, type Trace } from '../trace/types.ts';
import { stageGraph } from './stage-order.ts';

/** Below these a run has shown too little of its pace. */
const tasksMin = 3;
const elapsedMsMin = 200;

export interface TimeLeftEstimate {
  leftMs: number;
  /** Names of stages with work ahead that have neither run nor declared what it costs: it is not in `leftMs`. */
  without: string[];
}

/**
 * How long a run still takes, by the pace so far: work left ÷ work done a ms.
 *
 * Work is counted a stage, not an item: where older items go first, no item is through until nearly
 * all work is done. A stage's work left is the items it has still to see × its mean cost an item so far
 * (before its first task: the declared one). How many it will see is worked out down the graph, from
 * how many outputs an item of its parents has had.
 *
 * Give it each progress of one run: it reads every row of the trace once, so it may be asked often.
 */
export class TimeLeft {
  readonly #stages: readonly Stage[];
  readonly #parents: number[][];
  /** Parents before children. */
  readonly #order: number[];
  readonly #busyMs: number[];
  readonly #through: number[];
  #rows = 0;
  #marks = 0;
  #pausedMs = 0;
  /** NaN: it is not paused. */
  #pausedSinceMs = NaN;

  constructor(pipeline: Pipeline) {
    const { stages } = pipeline;
    const { parents, order } = stageGraph(pipeline);
    this.#stages = stages;
    this.#parents = parents;
    this.#order = order;
    this.#busyMs = stages.map(() => 0);
    this.#through = stages.map(() => 0);
  }

  /**
   * @param total source items, if known.
   * @returns null: it cannot be told (yet).
   */
  estimate(trace: Trace, total: number | null): TimeLeftEstimate | null {
    this.#read(trace);
    const { makespan, stages: books } = trace.meta;
    const pausedNowMs = Number.isNaN(this.#pausedSinceMs) ? 0 : makespan - this.#pausedSinceMs;
    const elapsedMs = makespan - this.#pausedMs - pausedNowMs;
    if (total === null || this.#rows < tasksMin || elapsedMs < elapsedMsMin) return null;
    const expected = this.#expectedItems(books, total);
    let doneMs = 0;
    let leftMs = 0;
    const without: string[] = [];
    for (const [index, stage] of this.#stages.entries()) {
      doneMs += this.#busyMs[index]!;
      // An `all` has one task, a `fold` one more than items.
      const calls = stage.join === 'all' ? 1 : expected[index]! + (stage.join === 'fold' ? 1 : 0);
      const left = Math.max(0, calls - this.#through[index]!);
      if (left === 0) continue;
      const costMs = this.#costMs(index);
      if (costMs === null) without.push(stage.name);
      else leftMs += left * costMs;
    }
    return doneMs > 0 ? { leftMs: (leftMs * elapsedMs) / doneMs, without } : null;
  }

  #read({ tasks, marks }: Trace): void {
    for (; this.#marks < marks.count; this.#marks++) {
      const timeMs = marks.time[this.#marks]!;
      if (marks.kind[this.#marks] === Mark.paused) this.#pausedSinceMs = timeMs;
      if (marks.kind[this.#marks] !== Mark.resumed) continue;
      this.#pausedMs += timeMs - this.#pausedSinceMs;
      this.#pausedSinceMs = NaN;
    }
    for (; this.#rows < tasks.count; this.#rows++) {
      const row = this.#rows;
      const stage = tasks.stage[row]!;
      const outcome = tasks.outcome[row]!;
      if (outcome !== Outcome.hit) this.#busyMs[stage]! += tasks.end[row]! - tasks.start[row]!;
      const comesAgain = outcome === Outcome.retried || outcome === Outcome.lost;
      if (comesAgain) continue;
      const isAll = this.#stages[stage]!.join === 'all';
      this.#through[stage]! += isAll ? 1 : tasks.memberCount[row]!;
    }
  }

  /** Mean ms of worker time an item, attempts that failed included; null: unknown. */
  #costMs(index: number): number | null {
    if (this.#through[index]! > 0) return this.#busyMs[index]! / this.#through[index]!;
    const { work, batch } = this.#stages[index]!;
    const phases = work.kind === 'synthetic' ? work.phases : work.model?.phases;
    if (!phases) return null;
    let ms = 0;
    for (const phase of phases) {
      ms +=
        meanOf('wait' in phase ? phase.wait : phase.cpu) / (phase.per === 'item' ? 1 : batch.size);
    }
    return ms;
  }

  /** Items each stage will have received at the end, a stage. */
  #expectedItems(books: readonly StageMeta[], total: number): number[] {
    const expected = this.#stages.map(() => total);
    for (const index of this.#order) {
      const parents = this.#parents[index]!;
      if (parents.length === 0) continue;
      // What parents have let go so far, and will have in the end; a barrier lets go of one result.
      const gone = parents.map((parent) => goneFrom(books[parent]!, this.#isBarrier(parent)));
      const will = parents.map((parent) => (this.#isBarrier(parent) ? 1 : expected[parent]!));
      const isZip = this.#stages[index]!.join === 'zip';
      const soFar = isZip ? Math.min(...gone) : sum(gone);
      const inTheEnd = isZip ? Math.min(...will) : sum(will);
      const { received } = books[index]!;
      expected[index] = Math.max(received, soFar > 0 ? (received * inTheEnd) / soFar : inTheEnd);
    }
    return expected;
  }

  #isBarrier(index: number): boolean {
    const { join } = this.#stages[index]!;
    return join === 'all' || join === 'fold';
  }
}

function goneFrom({ received, inside }: StageMeta, isBarrier: boolean): number {
  return isBarrier ? 0 : received - inside;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
