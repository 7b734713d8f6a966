/** How far somebody has come in a lesson, and what they answered. */
import { isPlainObject } from '../../pipeline/schema-parts.ts';
import { lessonDigest } from '../../pipeline/lesson-digest.ts';
import type { LessonStep, PipelineDocument } from '../../pipeline/types.ts';
import {
  lessonValue,
  verdictOf,
  type LessonValue,
  type LessonVerdict,
} from '../../measure/lesson-grade.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { Settings } from '../services.ts';

/** One run of a step: each number that some step is graded by, as far as the run has it. */
export interface StepRun {
  machine: 'live' | 'simulated';
  values: Record<string, number>;
}

export interface StepProgress {
  /** The place of the chosen answer, or the guessed number; null: not guessed. Absent: not yet. */
  guess?: number | null;
  runs: StepRun[];
  /** The guess was made before these runs, and stands. */
  isRun: boolean;
}

export interface LessonProgress {
  /** The lesson's document as it was when the lesson was begun. */
  base: PipelineDocument;
  digest: string;
  /** The step that is shown; as many as there are steps: the end. */
  at: number;
  steps: StepProgress[];
  /** Of the last step that was run live; absent: none was. */
  environment?: MeasuredEnvironment;
}

export const begun = (base: PipelineDocument): LessonProgress => ({
  base,
  digest: lessonDigest(base),
  at: 0,
  steps: (base.lesson ?? []).map(() => ({ runs: [], isRun: false })),
});

/** Where each of the steps that decide about a step is: the one it is held against, or −1. */
export function againstOf(lesson: readonly LessonStep[], at: number): number {
  const title = lesson[at]?.grade?.against;
  return title === undefined
    ? -1
    : lesson.findIndex((step, other) => other !== at && step.title === title);
}

/** What the runs so far say of a step; null: nothing yet. */
export function valueAt(
  { steps }: LessonProgress,
  lesson: readonly LessonStep[],
  at: number,
): LessonValue | null {
  const quantity = lesson[at]?.grade?.quantity;
  const machine = steps[at]?.runs[0]?.machine;
  if (quantity === undefined || machine === undefined) return null;
  const numbers = (of: number): number[] =>
    (steps[of]?.runs ?? []).flatMap((run) =>
      run.machine === machine ? (run.values[quantity] ?? []) : [],
    );
  const other = againstOf(lesson, at);
  return lessonValue(numbers(at), other < 0 ? null : numbers(other));
}

/** null: there was no guess, or nothing to grade it by. */
export function verdictAt(
  progress: LessonProgress,
  lesson: readonly LessonStep[],
  at: number,
): LessonVerdict | null {
  const { guess } = progress.steps[at]!;
  const value = valueAt(progress, lesson, at);
  if (!lesson[at]!.grade || value === null || guess === null || guess === undefined) return null;
  return verdictOf(lesson[at]!, guess, value);
}

export interface Score {
  right: number;
  /** Guesses that a run has decided. */
  decided: number;
  /** Questions that are graded at all. */
  of: number;
}

export function scoreOf(progress: LessonProgress, lesson: readonly LessonStep[]): Score {
  const verdicts = lesson.map((_, at) => verdictAt(progress, lesson, at));
  return {
    right: verdicts.filter((verdict) => verdict === 'right').length,
    decided: verdicts.filter((verdict) => verdict === 'right' || verdict === 'wrong').length,
    of: lesson.filter(({ grade }) => grade).length,
  };
}

const settingName = 'lessons';
/** Of so many pieces of work; and no documents that would fill the browser's room. */
const keptMax = 60;
export const baseLettersMax = 100_000;

/** What was kept for this piece of work, if it is of this very lesson. */
export function keptProgress(
  settings: Settings,
  workId: string,
  lesson: readonly LessonStep[],
): LessonProgress | null {
  const found = readAll(settings).find(([id]) => id === workId)?.[1];
  return found && JSON.stringify(found.base.lesson) === JSON.stringify(lesson) ? found : null;
}

/** What each lesson that is kept was begun with, by piece of work. */
export const basesBegun = (settings: Settings): [string, PipelineDocument][] =>
  readAll(settings).map(([id, { base }]) => [id, base]);

/**
 * @param progress null: it is forgotten
 * @returns whether it will be found again
 */
export function keepProgress(
  settings: Settings,
  workId: string,
  progress: LessonProgress | null,
): boolean {
  const others = readAll(settings).filter(([id]) => id !== workId);
  const isKept = progress !== null && JSON.stringify(progress.base).length <= baseLettersMax;
  const all = (isKept ? [[workId, progress], ...others] : others).slice(0, keptMax);
  // Where storage is full, older lessons make room for this one.
  for (let count = all.length; ; count = Math.ceil(count / 2)) {
    const text = count === 0 ? null : JSON.stringify(all.slice(0, count));
    settings.set(settingName, text);
    // Storage that is refused or full says nothing.
    if (settings.get(settingName) === text) return isKept;
    if (count <= 1) return false;
  }
}

function readAll(settings: Settings): [string, LessonProgress][] {
  try {
    const kept: unknown = JSON.parse(settings.get(settingName) ?? '[]');
    return (kept as unknown[]).filter(isKeptProgress);
  } catch {
    return [];
  }
}

/** Written by this page alone, by whichever version of it. */
function isKeptProgress(entry: unknown): entry is [string, LessonProgress] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string' || !isPlainObject(entry[1]))
    return false;
  const { base, digest, at, steps } = entry[1];
  return (
    isPlainObject(base) &&
    Array.isArray(base['lesson']) &&
    typeof digest === 'string' &&
    Number.isInteger(at) &&
    Array.isArray(steps) &&
    steps.length === base['lesson'].length &&
    steps.every((step) => isPlainObject(step) && Array.isArray(step['runs']))
  );
}
