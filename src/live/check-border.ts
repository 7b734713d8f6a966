import {
  idealOverheads,
  type DeliveredResult,
  type LogLine,
  type SilentWorker,
} from '../engine/runner.ts';
import type { Draw, Model, Phase } from '../pipeline/types.ts';
import { checkChunk, type ChunkBounds } from './check-chunk.ts';
import { checkCounters } from './check-counters.ts';
import {
  limits,
  type FrameError,
  type FrameFailure,
  type FrameStray,
  type FromFrame,
  type UnitPlace,
} from './border.ts';

/** What the page knows of the run, against which the frame's words are checked. */
export interface BorderBounds extends ChunkBounds {
  stageIds: readonly string[];
  units: number;
}

/**
 * A message of the frame, rebuilt field by field, if it is well formed and within limits; null if not.
 * Values of results are handed on as they are: they are data, never code, and nothing reads into them.
 */
export function checkFromFrame(data: unknown, bounds: BorderBounds): FromFrame | null {
  if (!isRecord(data)) return null;
  switch (data['type']) {
    case 'beat':
      return checkBeat(data, bounds);
    case 'here':
      return { type: 'here' };
    case 'want': {
      const { count } = data;
      return isCount(count, limits.wantedItems) ? { type: 'want', count } : null;
    }
    case 'want-counters':
      return { type: 'want-counters' };
    case 'counters': {
      const counters = checkCounters(data['counters']);
      const { halted } = data;
      return counters && typeof halted === 'boolean'
        ? { type: 'counters', counters, halted }
        : null;
    }
    case 'failures': {
      const failures = listOf(data['failures'], limits.failures, (one) =>
        checkFailure(one, bounds),
      );
      const { omitted } = data;
      return failures && isCount(omitted) ? { type: 'failures', failures, omitted } : null;
    }
    case 'log': {
      const lines = listOf(data['lines'], limits.logLines, (one) => checkLine(one, bounds));
      const { omitted } = data;
      return lines && isCount(omitted) ? { type: 'log', lines, omitted } : null;
    }
    case 'stray': {
      const stray = checkStray(data['stray'], bounds);
      return stray && { type: 'stray', stray };
    }
    case 'notice':
      return typeof data['text'] === 'string' ? { type: 'notice', text: cut(data['text']) } : null;
    case 'results': {
      const results = listOf(data['results'], limits.results, (one) => checkResult(one, bounds));
      return results && { type: 'results', results };
    }
    case 'finished':
      return checkFinished(data, bounds);
    case 'calibrated':
      return checkCalibrated(data['calibration']);
    case 'not-calibrated':
      return typeof data['why'] === 'string'
        ? { type: 'not-calibrated', why: cut(data['why']) }
        : null;
    default:
      return null;
  }
}

type Data = Record<string, unknown>;
const isRecord = (value: unknown): value is Data => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= limits.textLength;
const cut = (text: string): string => text.slice(0, limits.textLength);
const isMs = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
const isCount = (value: unknown, max = Number.MAX_SAFE_INTEGER): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;

/** A list whose every entry passes; null otherwise. */
function listOf<T>(data: unknown, max: number, check: (one: unknown) => T | null): T[] | null {
  if (!Array.isArray(data) || data.length > max) return null;
  const list: T[] = [];
  for (let i = 0; i < data.length; i++) {
    const one = check(data[i]);
    if (one === null) return null;
    list.push(one);
  }
  return list;
}

function checkBeat(data: Data, bounds: BorderBounds): FromFrame | null {
  const stages = bounds.stageIds.length;
  const counts = (list: unknown): number[] | null =>
    listOf(list, stages, (one) => (isCount(one) ? one : null));
  const queued = counts(data['queued']);
  const running = counts(data['running']);
  const blocked = counts(data['blocked']);
  const silent = listOf(data['silent'], bounds.workers + 1, (one) => checkSilent(one, bounds));
  const chunk = data['chunk'] === null ? null : checkChunk(data['chunk'], bounds);
  if (!queued || !running || !blocked || !silent) return null;
  if (chunk === null && data['chunk'] !== null) return null;
  return { type: 'beat', chunk, queued, running, blocked, silent };
}

function checkSilent(data: unknown, bounds: BorderBounds): SilentWorker | null {
  if (!isRecord(data)) return null;
  const { worker, silentMs } = data;
  const tasks = listOf(data['tasks'], 1000, (one) => {
    if (!isRecord(one) || !isStage(one['stage'], bounds) || !isText(one['item'])) return null;
    return { stage: one['stage'], item: one['item'] };
  });
  if (!Number.isInteger(worker) || !isMs(silentMs) || !tasks) return null;
  const silent: SilentWorker = { worker: worker as number, silentMs, tasks };
  const { loading } = data;
  if (loading === undefined) return silent;
  if (!isRecord(loading) || typeof loading['isSetUp'] !== 'boolean') return null;
  const stage = isStage(loading['stage'], bounds) ? loading['stage'] : null;
  return { ...silent, loading: { stage, isSetUp: loading['isSetUp'] } };
}

const isStage = (value: unknown, { stageIds }: BorderBounds): value is string =>
  typeof value === 'string' && stageIds.includes(value);

function checkPlace(data: unknown, bounds: BorderBounds): UnitPlace | null {
  if (!isRecord(data)) return null;
  const { unit, line, column } = data;
  if (!isCount(unit, bounds.units - 1) || !isCount(line) || !isCount(column)) return null;
  return { unit, line, column };
}

function checkFailure(data: unknown, bounds: BorderBounds): FrameFailure | null {
  if (!isRecord(data)) return null;
  const { item, stage, attempt, message, input } = data;
  if (!isText(item) || !isStage(stage, bounds) || !isCount(attempt)) return null;
  if (typeof message !== 'string' || typeof input !== 'string') return null;
  const place = checkPlace(data['place'], bounds);
  return { item, stage, attempt, message: cut(message), place, input: cut(input) };
}

function checkLine(data: unknown, bounds: BorderBounds): LogLine | null {
  if (!isRecord(data)) return null;
  const { timeMs, stage, item, text } = data;
  if (!isMs(timeMs) || !isStage(stage, bounds) || !isText(item) || !isText(text)) return null;
  return { timeMs, stage, item, text };
}

function checkResult(data: unknown, bounds: BorderBounds): DeliveredResult | null {
  if (!isRecord(data)) return null;
  const { item, stage, value } = data;
  return isText(item) && isStage(stage, bounds) ? { item, stage, value } : null;
}

function checkError(data: unknown, bounds: BorderBounds): FrameError | null {
  if (!isRecord(data)) return null;
  const { message, stage } = data;
  if (typeof message !== 'string') return null;
  const place = checkPlace(data['place'], bounds);
  return { message: cut(message), stage: isStage(stage, bounds) ? stage : null, place };
}

function checkStray(data: unknown, bounds: BorderBounds): FrameStray | null {
  if (!isRecord(data)) return null;
  const { item } = data;
  const error = checkError(data, bounds);
  return error && { ...error, item: isText(item) ? item : null };
}

function checkFinished(data: Data, bounds: BorderBounds): FromFrame | null {
  const { resultsDigest, resultsOmitted, timerStepMs } = data;
  const error = data['error'] === null ? null : checkError(data['error'], bounds);
  if (!error && data['error'] !== null) return null;
  if (typeof resultsDigest !== 'string' || !/^[0-9a-f]{0,64}$/.test(resultsDigest)) return null;
  if (!isCount(resultsOmitted) || !isMs(timerStepMs) || !isRecord(data['models'])) return null;
  const models: Record<string, Model> = {};
  for (const id of bounds.stageIds) {
    if (!Object.hasOwn(data['models'], id)) continue;
    const model = checkModel(data['models'][id]);
    if (!model) return null;
    models[id] = model;
  }
  return { type: 'finished', resultsDigest, resultsOmitted, timerStepMs, models, error };
}

/** A measured draw: a number, or one an item. */
function checkDraw(data: unknown): Draw | null {
  if (isMs(data)) return data;
  if (!isRecord(data)) return null;
  const perItem = listOf(data['perItem'], limits.modelEntries, (one) => (isMs(one) ? one : null));
  return perItem && perItem.length > 0 ? { perItem } : null;
}

function checkPhase(data: unknown): Phase | null {
  if (!isRecord(data)) return null;
  const per = data['per'] === 'item' ? ({ per: 'item' } as const) : {};
  const isWait = 'wait' in data;
  const draw = checkDraw(isWait ? data['wait'] : data['cpu']);
  if (draw === null) return null;
  return isWait ? { wait: draw, ...per } : { cpu: draw, ...per };
}

function checkModel(data: unknown): Model | null {
  if (!isRecord(data)) return null;
  const phases = listOf(data['phases'], 2, checkPhase);
  if (!phases) return null;
  const model: Model = { phases };
  const output = checkDraw(data['output']);
  const expand = checkDraw(data['expand']);
  const { failure } = data;
  if (output !== null) model.output = output;
  if (expand !== null) model.expand = expand;
  if (isMs(failure) && failure <= 1) model.failure = failure;
  return model;
}

function checkCalibrated(data: unknown): FromFrame | null {
  if (!isRecord(data)) return null;
  const { overheads: told, twoWorkerRatio } = data;
  if (!isRecord(told) || !isMs(twoWorkerRatio)) return null;
  const overheads = { ...idealOverheads };
  for (const name of Object.keys(overheads) as (keyof typeof overheads)[]) {
    const value = told[name];
    if (!isMs(value)) return null;
    overheads[name] = value;
  }
  return { type: 'calibrated', calibration: { overheads, twoWorkerRatio } };
}
