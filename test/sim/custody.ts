import type { Plan } from '../../src/engine/plan.ts';

/**
 * Who still has to read which payload. Every payload is put out once, read once by each stage below
 * the one that put it out, and let go by each; one that nobody reads is delivered.
 */
export class Custody {
  readonly #plan: Plan;
  readonly #wrong: string[];
  /** (stage, item) → readers left. */
  readonly #left = new Map<string, number>();
  /** (stage, copy) → the payload it reads. */
  readonly #aliases = new Map<string, string>();

  constructor(plan: Plan, wrong: string[]) {
    this.#plan = plan;
    this.#wrong = wrong;
  }

  #readers(stage: number): number {
    return stage === -1 ? this.#plan.roots.length : this.#plan.stages[stage]!.children.length;
  }

  put(stage: number, item: number): void {
    const name = `${stage}/${item}`;
    if (this.#left.has(name)) this.#wrong.push(`payload ${name} was put out twice`);
    this.#left.set(name, Math.max(1, this.#readers(stage)));
  }

  holds(stage: number, item: number): boolean {
    return this.#left.has(`${stage}/${item}`);
  }

  alias(stage: number, item: number, copy: number): void {
    if (!this.holds(stage, item)) this.#wrong.push(`payload ${stage}/${item} was copied, but gone`);
    this.#aliases.set(`${stage}/${copy}`, `${stage}/${item}`);
  }

  release(stage: number, item: number): void {
    const asked = `${stage}/${item}`;
    const name = this.#aliases.get(asked) ?? asked;
    this.#aliases.delete(asked);
    const left = this.#left.get(name);
    if (left === undefined || this.#readers(stage) === 0) {
      this.#wrong.push(`payload ${name} was let go by one reader too many`);
      return;
    }
    if (left === 1) this.#left.delete(name);
    else this.#left.set(name, left - 1);
  }

  deliver(stage: number, item: number): void {
    const name = `${stage}/${item}`;
    if (this.#readers(stage) > 0)
      this.#wrong.push(`payload ${name} was delivered, but has readers`);
    if (!this.#left.delete(name))
      this.#wrong.push(`payload ${name} was delivered, but is not there`);
  }

  expectEmpty(): void {
    for (const [name, left] of this.#left) {
      this.#wrong.push(`payload ${name} was never let go by ${left} readers`);
    }
  }
}
