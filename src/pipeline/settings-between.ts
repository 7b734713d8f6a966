import { formatPointer } from '../base/json-pointer.ts';
import { same } from '../base/same-json.ts';
import { withDefaults } from './defaults.ts';
import type { PipelineDocument, Variant } from './types.ts';

/** What only describes a document, and code: none of it is a setting. */
const left = new Set(['format', 'name', 'notes', 'lesson', 'variants', 'sweep', 'targets']);

/**
 * What `after` sets otherwise than `before`, as in `variants`: pointer → value; null: they differ in more than
 * settings (stages added, removed or connected otherwise).
 */
export function settingsBetween(
  before: PipelineDocument,
  after: PipelineDocument,
): Variant['set'] | null {
  const [one, other] = [withDefaults(before), withDefaults(after)];
  const isSameGraph =
    one.stages.length === other.stages.length &&
    one.stages.every((stage, index) => {
      const now = other.stages[index]!;
      return stage.id === now.id && stage.after.join('\n') === now.after.join('\n');
    });
  if (!isSameGraph) return null;
  const set: Variant['set'] = {};
  for (const key of Object.keys(other) as (keyof typeof other)[]) {
    if (!left.has(key) && key !== 'stages') compare(one[key], other[key], [key], set);
  }
  other.stages.forEach((stage, index) => {
    for (const key of Object.keys(stage) as (keyof typeof stage)[]) {
      if (key !== 'name')
        compare(one.stages[index]![key], stage[key], ['stages', stage.id, key], set);
    }
  });
  return set;
}

function compare(before: unknown, after: unknown, at: string[], set: Variant['set']): void {
  if (same(before, after)) return;
  const [one, other] = [plain(before), plain(after)];
  if (one && other && isSameShape(one, other))
    for (const key of Object.keys(other)) compare(one[key], other[key], [...at, key], set);
  else set[formatPointer(at)] = after;
}

function isSameShape(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const [before, after] = [Object.keys(one), Object.keys(other)];
  const isEqual = before.length === after.length && after.every((key) => Object.hasOwn(one, key));
  return isEqual && after.length > 0 && one['kind'] === other['kind'];
}

const plain = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
