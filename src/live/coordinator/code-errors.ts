import type { Plan } from '../../engine/plan.ts';
import type { FrameError } from '../border.ts';
import type { CompiledCode } from '../compile/unit.ts';
import type { Fault } from '../wire.ts';
import type { CodeUrls } from './code-urls.ts';

/** A unit's top level threw, or what it exports is no stage: nothing can run. */
export function loadFailed(
  { unit, fault }: { unit: number; fault: Fault },
  plan: Plan,
  code: CompiledCode,
  urls: CodeUrls,
): FrameError {
  const stage = plan.stages.find((one) => code.stageUnits[one.index] === unit)?.id ?? null;
  const who = code.units[unit]?.name ?? 'a stage';
  return {
    message: `The code of ${who} could not be loaded: ${fault.message}`,
    stage,
    place: urls.placeIn(fault.stack, unit),
  };
}

/** The source's code threw: no more items will come. */
export function sourceFailed(fault: Fault, code: CompiledCode, urls: CodeUrls): FrameError {
  return {
    message: `The source failed: ${fault.message}`,
    stage: null,
    place: urls.placeIn(fault.stack, code.sourceUnit),
  };
}
