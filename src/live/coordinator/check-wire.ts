import { failedEntry, plain } from '../../engine/machine.ts';
import {
  endsMax,
  faultTextMax,
  logTextMax,
  type Fault,
  type FromWorker,
  type WireEnd,
} from '../wire.ts';

/** Children one item may make. */
export const childrenMax = 1_000_000;

/**
 * What a stage worker said, if it is well formed; null if not. Stage code shares the worker with the
 * runtime, so this is checked like any input from outside. Values are left as they are.
 */
export function checkFromWorker(data: unknown): FromWorker | null {
  if (!isRecord(data)) return null;
  switch (data['type']) {
    case 'ready':
    case 'pong':
      return { type: data['type'] };
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
    case 'items': {
      const { items, done } = data;
      const fault = data['fault'] === null ? null : checkFault(data['fault']);
      if (!Array.isArray(items) || typeof done !== 'boolean') return null;
      return { type: 'items', items, done, fault };
    }
    case 'ends': {
      const { ends } = data;
      if (!Array.isArray(ends) || ends.length > endsMax) return null;
      const checked = ends.map(checkEnd);
      return checked.includes(null) ? null : { type: 'ends', ends: checked as WireEnd[] };
    }
    default:
      return null;
  }
}

function checkEnd(data: unknown): WireEnd | null {
  if (!isRecord(data)) return null;
  const { task, number, startMs, endMs, setupMs, waitedMs, codes, values, entryFaults } = data;
  if (!Number.isInteger(task) || !Number.isInteger(number)) return null;
  for (const ms of [startMs, endMs, setupMs, waitedMs]) if (!Number.isFinite(ms)) return null;
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
  return {
    task: task as number,
    number: number as number,
    startMs: startMs as number,
    endMs: endMs as number,
    setupMs: setupMs as number,
    waitedMs: waitedMs as number,
    fault,
    codes: codes as number[],
    values: values as unknown[],
    entryFaults: faults as Fault[],
  };
}

function checkFault(data: unknown): Fault | null {
  if (!isRecord(data)) return null;
  const { message, stack } = data;
  if (typeof message !== 'string' || typeof stack !== 'string') return null;
  return { message: message.slice(0, faultTextMax), stack: stack.slice(0, faultTextMax) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
