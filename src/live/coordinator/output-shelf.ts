import { assert } from '../../base/assert.ts';
import { byteSize } from '../../base/digest.ts';
import { plain } from '../../engine/machine.ts';
import type { Plan } from '../../engine/plan.ts';
import { MovedInputs, type MovedInputsParts } from './moved-inputs.ts';
import { Payloads } from './payloads.ts';

interface Fresh {
  code: number;
  values: unknown[];
}

/** Where outputs lie between the task that made them and the stages that read them. */
export class OutputShelf {
  readonly payloads: Payloads;
  readonly moved: MovedInputs;
  readonly #plan: Plan;
  /** Outputs of this turn: children are named one by one, followers share them. */
  readonly #fresh = new Map<number, Fresh>();

  /** @param remake the value of a source item that is not kept but made when it is read. */
  constructor(parts: MovedInputsParts, remake: (item: number) => unknown) {
    const { plan } = parts;
    this.#plan = plan;
    this.moved = new MovedInputs(parts);
    const { source } = plan.pipeline;
    if (source.kind === 'values') this.moved.note(source.values);
    this.payloads = new Payloads(remake);
  }

  /** Takes in what was computed or found for one item. Returns its bytes. */
  put(stage: number, item: number, code: number, values: unknown[]): number {
    this.moved.notePutOut(values);
    // A plain one has its name already, and only of a cached stage is it shared.
    if (code !== plain || this.#plan.stages[stage]!.cached) {
      this.#fresh.set(outputKey(stage, item), { code, values });
    }
    if (code !== plain) return values.reduce<number>((sum, value) => sum + byteSize(value), 0);
    return this.payloads.put(stage, item, values[0], this.#readers(stage));
  }

  /** Output number `index` for `parent` is from now on called `child`. */
  child(stage: number, parent: number, index: number, child: number): void {
    const fresh = this.#fresh.get(outputKey(stage, parent));
    assert(fresh && index < fresh.values.length, `output ${index} of stage ${stage} is at hand`);
    this.payloads.put(stage, child, fresh.values[index], this.#readers(stage));
  }

  /** What was computed for `from` is also the result for `to`. */
  share(stage: number, from: number, to: number): void {
    const fresh = this.#fresh.get(outputKey(stage, from));
    assert(fresh, `what stage ${stage} computed for item row ${from} is at hand`);
    this.put(stage, to, fresh.code, fresh.values);
  }

  /** The turn is over: what was made in it has been named. */
  settle(): void {
    if (this.#fresh.size > 0) this.#fresh.clear();
  }

  #readers(stage: number): number {
    return this.#plan.stages[stage]!.children.length;
  }
}

export const outputKey = (stage: number, item: number): number => stage * 0x1_0000_0000 + item;
