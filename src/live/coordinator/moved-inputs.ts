import type { Plan, PlanStage } from '../../engine/plan.ts';
import { eachBuffer, eachMovable } from '../movable.ts';
import type { TaskPacker } from '../packing.ts';
import type { LiveMachineParts } from './live-machine-parts.ts';

export type MovedInputsParts = Pick<LiveMachineParts, 'plan' | 'code' | 'without'>;

/** What stands in a failure for an input that is not here any more. */
export const wasMoved = 'moved to its worker';

/**
 * Inputs that are moved to the worker of a stage whose code says so (`export const moves = true`), because nobody else
 * will read them: no other stage, no later attempt, no cache, no value that shares one of their buffers.
 */
export class MovedInputs {
  readonly #stages: boolean[];
  /** Whether any stage moves; not any more once a value was too large to be looked through. */
  #isAny: boolean;
  /** Some stage moves what another has put out. */
  readonly #isAnyOfStage: boolean;
  /** Buffers seen in values → how often. */
  readonly #seen = new WeakMap<ArrayBuffer, number>();

  constructor({ plan, code, without = [] }: MovedInputsParts) {
    const isLeftOut = without.includes('moving buffers');
    const mayTimeOut = plan.stages.some(({ stage }) => stage.timeout !== null);
    this.#stages = plan.stages.map((stage) => {
      const moves = !isLeftOut && code.units[code.stageUnits[stage.index]!]?.moves === true;
      // A worker that is ended for a task's sake takes the inputs of others along.
      return moves && !mayTimeOut && isOnlyReader(plan, stage);
    });
    this.#isAny = this.#stages.includes(true);
    this.#isAnyOfStage = plan.stages.some(
      ({ parents, index }) => this.#stages[index] && parents[0] !== -1,
    );
  }

  of(stage: number): boolean {
    return this.#stages[stage]!;
  }

  /** What a stage put out has come: all that came together, before any of it is sent. */
  notePutOut(values: readonly unknown[]): void {
    if (this.#isAnyOfStage) this.note(values);
  }

  /** Values of the source have come: all that came together, before any of them is sent. */
  note(values: readonly unknown[]): void {
    if (!this.#isAny) return;
    const see = (buffer: ArrayBuffer): void => {
      this.#seen.set(buffer, (this.#seen.get(buffer) ?? 0) + 1);
    };
    for (const value of values) if (!eachBuffer(value, see)) this.#isAny = false;
  }

  /** Puts the buffers that go with a stage's input into the outbox. Returns whether there are any. */
  take(input: unknown, outbox: Pick<TaskPacker, 'move'>): boolean {
    if (!this.#isAny) return false;
    let isMoved = false;
    eachMovable(input, (buffer) => {
      if (this.#seen.get(buffer) !== 1) return;
      isMoved = true;
      outbox.move(buffer);
    });
    return isMoved;
  }
}

function isOnlyReader(plan: Plan, stage: PlanStage): boolean {
  const { parents, barrier, batchSize, attempts, cached } = stage;
  if (parents.length !== 1 || barrier || batchSize > 1 || attempts > 1 || cached) return false;
  const from = parents[0]!;
  if (from === -1) return plan.roots.length === 1;
  const parent = plan.stages[from]!;
  return parent.children.length === 1 && !parent.cached;
}
