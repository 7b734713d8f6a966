/** The answers of a class side by side. */
import { verdictOf, type LessonVerdict } from '../../measure/lesson-grade.ts';
import type { LessonStep } from '../../pipeline/types.ts';
import type { LessonAnswers } from '../../share/link/link-content.ts';
import { formatKind, kindOf, type Kind } from './quantity-words.ts';

/** null: no guess, or nothing to grade it by. */
export function verdictIn(
  step: LessonStep,
  answers: LessonAnswers,
  at: number,
): LessonVerdict | null {
  const { guess, value } = answers.steps[at] ?? { guess: null, value: null };
  return step.grade && guess !== null && value !== null ? verdictOf(step, guess, value) : null;
}

/** What was guessed, in words; "–": nothing. */
export function guessWords(step: LessonStep, guess: number | null): string {
  if (guess === null) return '–';
  if (step.answers && step.answers.length > 0) return step.answers[guess] ?? '–';
  return step.grade ? formatKind(kindOf(step.grade), guess) : '–';
}

export interface StepCounts {
  title: string;
  /** In the order of the answers, and those that were typed; then those who did not guess. */
  choices: { words: string; count: number }[];
  right: number;
  /** Guesses that a run has decided. */
  decided: number;
  /** Guesses that no run could decide. */
  close: number;
}

export const stepCounts = (
  lesson: readonly LessonStep[],
  all: readonly LessonAnswers[],
): StepCounts[] =>
  lesson.flatMap((step, at) => {
    if (step.ask === undefined) return [];
    const guesses = all.map(({ steps }) => steps[at]?.guess ?? null);
    const words = guesses.map((guess) => guessWords(step, guess));
    const rising = guesses.toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity));
    const known = [...(step.answers ?? []), ...rising.map((guess) => guessWords(step, guess))];
    const choices = [...new Set(known)].map((one) => ({
      words: one,
      count: words.filter((word) => word === one).length,
    }));
    const verdicts = all.map((answers) => verdictIn(step, answers, at));
    const right = verdicts.filter((verdict) => verdict === 'right').length;
    const wrong = verdicts.filter((verdict) => verdict === 'wrong').length;
    const close = verdicts.filter((verdict) => verdict === 'too close to call').length;
    return [{ title: step.title, choices, right, decided: right + wrong, close }];
  });

export const rightIn = (lesson: readonly LessonStep[], answers: LessonAnswers): number =>
  lesson.filter((step, at) => verdictIn(step, answers, at) === 'right').length;

/** With what came last of each name: who sends a second link means that one. */
export function withAnswers(
  all: readonly LessonAnswers[],
  more: readonly LessonAnswers[],
): LessonAnswers[] {
  const byName = new Map<string, LessonAnswers>();
  for (const one of [...all, ...more]) {
    const known = byName.get(one.name);
    if (!known || !isEarlier(one, known)) byName.set(one.name, one);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Times may be written in any time zone. */
export const isEarlier = (one: LessonAnswers, than: LessonAnswers): boolean =>
  Date.parse(one.answeredAt) < Date.parse(than.answeredAt);

/** Of the bare figures in a table; a share is of 1. */
const unitIn: Record<Kind, string> = {
  ...{ ms: ', ms', bytes: ', bytes', perSecond: ', a second' },
  ...{ count: '', share: '', number: '' },
};

const unitOf = ({ grade }: LessonStep): string => (grade ? unitIn[kindOf(grade)] : '');
/** What is guessed is no answer of a list. */
const isNumber = ({ answers = [], grade }: LessonStep): boolean =>
  answers.length === 0 && grade !== undefined;

/** A line of headings, then one for each who answered. */
export function classCsv(
  lesson: readonly LessonStep[],
  all: readonly LessonAnswers[],
): (string | number)[][] {
  const asked = lesson
    .map((step, at) => ({ step, at }))
    .filter(({ step }) => step.ask !== undefined);
  const head = asked.flatMap(({ step, at }) => [
    `${at + 1} ${step.title}: guess${isNumber(step) ? unitOf(step) : ''}`,
    `${at + 1} ${step.title}: measured${unitOf(step)}`,
    `${at + 1} ${step.title}: grade`,
  ]);
  return [
    ['Name', 'Answered', 'Browser', 'Cores', 'Right', ...head],
    ...all.map((answers) => [
      ...[answers.name, answers.answeredAt],
      ...[answers.environment?.browser ?? '', answers.environment?.cores ?? ''],
      rightIn(lesson, answers),
      ...asked.flatMap(({ step, at }) => [
        isNumber(step)
          ? (answers.steps[at]?.guess ?? '')
          : guessWords(step, answers.steps[at]?.guess ?? null),
        answers.steps[at]?.value?.value ?? '',
        verdictIn(step, answers, at) ?? '',
      ]),
    ]),
  ];
}
