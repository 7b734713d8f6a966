import { counterNamesMax, isCounterName } from '../base/counter-port.ts';
import type { FrameCounter } from './border.ts';

/** Counters as the frame tells of them, rebuilt field by field; null: they are not well formed. */
export function checkCounters(data: unknown): FrameCounter[] | null {
  if (!Array.isArray(data) || data.length > counterNamesMax) return null;
  const counters: FrameCounter[] = [];
  for (const one of data as unknown[]) {
    const counter = checkCounter(one);
    if (!counter) return null;
    counters.push(counter);
  }
  return counters;
}

function checkCounter(data: unknown): FrameCounter | null {
  if (typeof data !== 'object' || data === null) return null;
  const { name, value, updates, writes, written, unwritten, updatesBefore, applied, committed } =
    data as Record<string, unknown>;
  if (!isCounterName(name) || !isWhole(value)) return null;
  if (written !== null && !isWhole(written)) return null;
  if (!isCount(updates) || !isCount(writes) || !isCount(updatesBefore)) return null;
  if (!isCount(unwritten) || unwritten > updates) return null;
  if (!isCount(applied) || !isCount(committed) || committed > applied) return null;
  if (!isCount(updatesBefore + applied)) return null;
  const told = { name, value, updates, writes, written, unwritten };
  return { ...told, updatesBefore, applied, committed };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isCount = (value: unknown): value is number => isWhole(value) && value >= 0;
