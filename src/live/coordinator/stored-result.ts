import { plain } from '../../engine/machine.ts';

/** A stage's result for one item as the cache keeps it. */
export interface StoredResult {
  /** `plain`, or how many children it makes (see `TaskEnd.outputs`). */
  code: number;
  values: unknown[];
}

/** Whether a value has the shape of a kept result (it may come from an older version). */
export function isStoredResult(value: unknown): value is StoredResult {
  if (typeof value !== 'object' || value === null) return false;
  const { code, values } = value as Partial<StoredResult>;
  if (!Number.isInteger(code) || !Array.isArray(values)) return false;
  return code === plain ? values.length === 1 : values.length === code;
}
