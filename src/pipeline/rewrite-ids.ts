/** Stages under other ids, or gone: every place of a document that names them follows. */
import { formatPointer, parsePointer } from '../base/json-pointer.ts';
import { placesIn, quantityOfPlaces, stageInPlace } from './stage-in-place.ts';
import type { LessonGrade, LessonStep, PipelineDocument, StageDocument } from './types.ts';

/** What becomes of the ids that are named. */
export interface Rewriting {
  /** The id itself where nothing changes; null: that stage is gone. */
  to: (id: string) => string | null;
  /** Called with the place and the stage for each thing that is left out with it. */
  gone?: (place: string, id: string) => void;
}

/** A copy in which parents, targets and pointers follow. The ids of the stages themselves stay as they are. */
export function withRewrittenIds(document: PipelineDocument, by: Rewriting): PipelineDocument {
  const result: PipelineDocument = {
    ...document,
    stages: document.stages.map((stage) => withParents(stage, by)),
  };
  if (document.targets?.stages) {
    const rename = (id: string): string | null => renamed(id, 'the target', by);
    result.targets = { ...document.targets, stages: withKeys(document.targets.stages, rename) };
  }
  if (document.variants) {
    result.variants = document.variants.map((variant) => ({
      ...variant,
      set: withPointers(variant.set, `the variant "${variant.name}"`, by),
    }));
  }
  if (document.sweep) {
    result.sweep = withPointers(document.sweep, 'the sweep', by);
  }
  if (document.lesson) {
    result.lesson = document.lesson.map((step) => withStep(step, by));
  }
  return result;
}

function withStep(step: LessonStep, by: Rewriting): LessonStep {
  const place = `the lesson step "${step.title}"`;
  const { grade, ...rest } = step;
  const rewritten = rest.set ? { ...rest, set: withPointers(rest.set, place, by) } : rest;
  if (!grade) return rewritten;
  const renamedGrade = withQuantity(grade, place, by);
  return renamedGrade ? { ...rewritten, grade: renamedGrade } : rewritten;
}

/** null: one of its numbers is that of a stage that is gone. */
function withQuantity(grade: LessonGrade, place: string, by: Rewriting): LessonGrade | null {
  const places: string[] = [];
  for (const one of placesIn(grade.quantity)) {
    const stage = stageInPlace(one);
    const id = stage && renamed(stage.id, `how ${place} is graded`, by);
    if (stage && id === null) return null;
    places.push(stage ? `${stage.of}/${id}/${stage.inner}` : one);
  }
  return { ...grade, quantity: quantityOfPlaces(places) };
}

/** The stage that a pointer names, and which of its segments does; null: none. */
export function stageInPointer(
  pointer: string,
): { segments: string[]; at: number; id: string } | null {
  const segments = parsePointer(pointer);
  const at =
    segments?.[0] === 'stages'
      ? 1
      : segments?.[0] === 'targets' && segments[1] === 'stages'
        ? 2
        : -1;
  const id = at < 0 ? undefined : segments?.[at];
  return segments && id !== undefined ? { segments, at, id } : null;
}

function withParents(stage: StageDocument, by: Rewriting): StageDocument {
  if (!stage.after?.some((id) => by.to(id) !== id)) return stage;
  const after = stage.after.flatMap((id) => by.to(id) ?? []);
  if (after.length > 0) return { ...stage, after };
  const { after: _, ...rest } = stage;
  return rest;
}

function renamed(id: string, place: string, by: Rewriting): string | null {
  const to = by.to(id);
  if (to === null) by.gone?.(place, id);
  return to;
}

/** Keys rewritten in place (their order is kept); null takes the entry out. */
function withKeys<T>(
  table: Record<string, T>,
  rename: (key: string) => string | null,
): Record<string, T> {
  const entries = Object.entries(table).flatMap(([key, value]): [string, T][] => {
    const to = rename(key);
    return to === null ? [] : [[to, value]];
  });
  return Object.fromEntries(entries);
}

function withPointers<T>(set: Record<string, T>, place: string, by: Rewriting): Record<string, T> {
  const result = withKeys(set, (pointer) => {
    const named = stageInPointer(pointer);
    if (named === null) return pointer;
    const to = renamed(named.id, place, by);
    return to === named.id
      ? pointer
      : to === null
        ? null
        : formatPointer(named.segments.with(named.at, to));
  });
  for (const [pointer, value] of Object.entries(result)) {
    if (/^\/stages\/[^/]+\/after$/.test(pointer)) result[pointer] = withIds(value, by);
  }
  return result;
}

/** A value of ".../after": a list of ids, or (in a sweep) a list of such lists. */
function withIds<T>(value: T, by: Rewriting): T {
  if (!Array.isArray(value)) return value;
  return value.flatMap((entry: unknown) =>
    Array.isArray(entry)
      ? [withIds(entry, by)]
      : typeof entry === 'string'
        ? (by.to(entry) ?? [])
        : [entry],
  ) as T;
}
