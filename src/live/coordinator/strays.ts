import type { Plan } from '../../engine/plan.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';
import type { CompiledCode } from '../compile/unit.ts';
import type { Fault } from '../wire.ts';
import type { CodeUrls } from './code-urls.ts';
import type { Reporter } from './reporter.ts';

export interface StraysParts {
  plan: Plan;
  code: CompiledCode;
  codeUrls: CodeUrls;
  trace: Trace;
  reporter: Reporter;
}

/** Finds out whose an error is that no task could catch, as far as its stack tells. */
export class Strays {
  readonly #parts: StraysParts;

  constructor(parts: StraysParts) {
    this.#parts = parts;
  }

  /** @param onlyItem of its worker: stage → the one item it was ever sent for that stage; -1: several. */
  tell({ message, stack }: Fault, onlyItem: ReadonlyMap<number, number>): void {
    const { plan, codeUrls, trace, reporter } = this.#parts;
    const stage = this.#stageOf(stack);
    const item = stage < 0 ? -1 : (onlyItem.get(stage) ?? -1);
    reporter.stray({
      message,
      stage: stage < 0 ? null : plan.stages[stage]!.id,
      item: item < 0 ? null : itemLabel(trace, item),
      place: codeUrls.placeIn(stack, stage < 0 ? -1 : this.#parts.code.stageUnits[stage]!),
    });
  }

  /** The one stage whose code is in the stack, or that has code at all; -1: not known. */
  #stageOf(stack: string): number {
    const { codeUrls, code } = this.#parts;
    const inStack = codeUrls.unitsIn(stack);
    const withCode = code.stageUnits.flatMap((unit, stage) => (unit < 0 ? [] : [stage]));
    const inIt = withCode.filter((stage) => inStack.has(code.stageUnits[stage]!));
    if (inIt.length === 1) return inIt[0]!;
    return inStack.size === 0 && withCode.length === 1 && code.sourceUnit < 0 ? withCode[0]! : -1;
  }
}
