import type { Plan } from '../../engine/plan.ts';
import type { FrameError } from '../border.ts';
import type { CompiledCode } from '../compile/unit.ts';
import type { Fault } from '../wire.ts';
import type { CodeUrls } from './code-urls.ts';
import type { Loading } from './worker-link.ts';

/** A worker was ended before it was ready: what it was at took too long. */
export function stillLoading({ stage, step }: Loading, plan: Plan, forMs: number): FrameError {
  const id = plan.stages[stage]?.id ?? null;
  const who = id === null ? 'the source' : `stage "${id}"`;
  const seconds = Math.max(1, Math.round(forMs / 1000));
  let what = `The top level of the code of ${who} was`;
  if (step === 'setup') what = id === null ? 'The code of the source was' : `setup() of ${who} was`;
  const why = 'it loops, or it awaits something that never comes';
  return {
    message: `${what} not done after ${seconds} s, and its worker was ended: ${why}.`,
    stage: id,
    place: null,
  };
}

/** A unit's top level threw, or what it exports is no stage: nothing can run. */
export function loadFailed(
  { unit, fault }: { unit: number; fault: Fault },
  plan: Plan,
  code: CompiledCode,
  urls: CodeUrls,
  at: Loading | null,
): FrameError {
  const isSetUp = at?.step === 'setup' && at.stage >= 0;
  const found = isSetUp
    ? plan.stages[at.stage]
    : plan.stages.find((one) => code.stageUnits[one.index] === unit);
  const stage = found?.id ?? null;
  const who = code.units[unit]?.name ?? 'a stage';
  return {
    message: isSetUp
      ? `setup() of stage "${stage}" failed: ${fault.message}`
      : `The code of ${who} could not be loaded: ${fault.message}`,
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
