import { failedEntry, plain } from '../../engine/machine.ts';
import { endNumbers, endNumbersOf } from '../packing.ts';
import {
  childrenMax,
  endsMax,
  faultTextMax,
  logTextMax,
  type Fault,
  type HeardFromWorker,
  type WireEnd,
} from '../wire.ts';
import { checkQuestion } from './check-asks.ts';

/**
 * What a stage worker said, if it is well formed; null if not. Stage code shares the worker with the
 * runtime, so this is checked like any input from outside. Values are left as they are.
 */
export function checkFromWorker(data: unknown): HeardFromWorker | null {
  if (!isRecord(data)) return null;
  switch (data['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'pong': {
      const { sent, begun, ended } = data;
      const areCounts =
        Number.isInteger(sent) && Number.isInteger(begun) && Number.isInteger(ended);
      return areCounts
        ? { type: 'pong', sent: sent as number, begun: begun as number, ended: ended as number }
        : null;
    }
    case 'loading': {
      const { stage, step } = data;
      const isStep = step === 'code' || step === 'phases' || step === 'setup';
      return isStep && Number.isInteger(stage)
        ? { type: 'loading', stage: stage as number, step }
        : null;
    }
    case 'load-failed': {
      const fault = checkFault(data['fault']);
      return fault && Number.isInteger(data['unit'])
        ? { type: 'load-failed', unit: data['unit'] as number, fault }
        : null;
    }
    case 'stray': {
      const fault = checkFault(data['fault']);
      return fault && { type: 'stray', fault };
    }
    case 'log': {
      const { task, number, text } = data;
      if (!Number.isInteger(task) || !Number.isInteger(number) || typeof text !== 'string')
        return null;
      const line = text.slice(0, logTextMax);
      return { type: 'log', task: task as number, number: number as number, text: line };
    }
    case 'ask': {
      const question = checkQuestion(data['question']);
      const { ask } = data;
      return question && Number.isInteger(ask)
        ? { type: 'ask', ask: ask as number, question }
        : null;
    }
    case 'items': {
      const { items, done } = data;
      const fault = data['fault'] === null ? null : checkFault(data['fault']);
      if (!Array.isArray(items) || typeof done !== 'boolean') return null;
      return { type: 'items', items, done, fault };
    }
    case 'ends': {
      const ends = checkEnds(data['ends']);
      return ends && { type: 'ends', ends };
    }
    default:
      return null;
  }
}

/** Unpacks what `packEnds` packed. */
function checkEnds(data: unknown): WireEnd[] | null {
  if (!isRecord(data)) return null;
  const { numbers, values, others } = data;
  if (!isNumbers(numbers) || !Array.isArray(values) || !Array.isArray(others)) return null;
  const count = values.length + others.length;
  if (count > endsMax || numbers.length !== endNumbersOf(count, numbers)) return null;
  const ends: WireEnd[] = [];
  let nextValue = 0;
  let nextOther = 0;
  for (let at = 0; at < count; at++) {
    const from = at * endNumbers;
    const task = numbers[from]!;
    const number = numbers[from + 1]!;
    const startMs = numbers[from + 2]!;
    const endMs = numbers[from + 3]!;
    const setupMs = numbers[from + 4]!;
    const waitedMs = numbers[from + 5]!;
    if (!Number.isInteger(task) || !Number.isInteger(number)) return null;
    // A sum is finite only if all are; of anything but numbers it is no number.
    if (!Number.isFinite(startMs + endMs + setupMs + waitedMs)) return null;
    const other: unknown = others[nextOther];
    if (isRecord(other) && other['at'] === at) {
      const outcome = checkOutcome(other);
      if (!outcome) return null;
      nextOther++;
      ends.push({ task, number, startMs, endMs, setupMs, waitedMs, ...outcome });
    } else if (nextValue < values.length) {
      const own = [values[nextValue++] as unknown];
      ends.push({
        task,
        number,
        startMs,
        endMs,
        setupMs,
        waitedMs,
        fault: null,
        codes: onePlain,
        values: own,
        entryFaults: noFaults,
      });
    } else return null;
  }
  return nextOther === others.length ? ends : null;
}

/** Of a plain array each entry is looked at when it is used. */
const isNumbers = (value: unknown): value is ArrayLike<number> =>
  value instanceof Float64Array || Array.isArray(value);

const onePlain: number[] = [plain];
const noFaults: Fault[] = [];

type EndOutcome = Pick<WireEnd, 'fault' | 'codes' | 'values' | 'entryFaults'>;

function checkOutcome(data: Record<string, unknown>): EndOutcome | null {
  const { codes, values, entryFaults } = data;
  if (!Array.isArray(codes) || !Array.isArray(values) || !Array.isArray(entryFaults)) return null;
  const fault = data['fault'] === null ? null : checkFault(data['fault']);
  if (data['fault'] !== null && !fault) return null;
  let outputs = 0;
  let failed = 0;
  for (const code of codes as unknown[]) {
    if (code === plain) outputs++;
    else if (code === failedEntry) failed++;
    else if (Number.isInteger(code) && (code as number) >= 0 && (code as number) <= childrenMax) {
      outputs += code as number;
    } else return null;
  }
  const faults = entryFaults.map(checkFault);
  if (outputs !== values.length || failed !== faults.length || faults.includes(null)) return null;
  return { fault, codes: codes as number[], values, entryFaults: faults as Fault[] };
}

function checkFault(data: unknown): Fault | null {
  if (!isRecord(data)) return null;
  const { message, stack } = data;
  if (typeof message !== 'string' || typeof stack !== 'string') return null;
  return { message: message.slice(0, faultTextMax), stack: stack.slice(0, faultTextMax) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
