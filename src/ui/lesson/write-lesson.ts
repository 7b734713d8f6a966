/** What a teacher does to the lesson of the open document, as edits of it. */
import { factsOf } from '../../explore/run-facts.ts';
import { quantityOf } from '../../measure/quantity.ts';
import { settingsBetween } from '../../pipeline/settings-between.ts';
import type { LessonGrade, LessonStep, PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import { namesOf } from '../state/stage-names.ts';
import { documentAt } from './lesson-document.ts';
import { formatKind, kindOf, quantityChoices, quantityWords } from './quantity-words.ts';

const putSteps = (app: App, steps: LessonStep[]): void =>
  app.set('/lesson', steps.length > 0 ? steps : undefined);

/** Behind the step at `at`; with a title of its own, since steps are named by it. */
export function addStep(app: App, at: number): void {
  const steps = app.doc.document.lesson ?? [];
  const titles = new Set(steps.map(({ title }) => title));
  let number = steps.length + 1;
  while (titles.has(`Step ${number}`)) number++;
  putSteps(app, steps.toSpliced(at + 1, 0, { title: `Step ${number}`, text: '' }));
}

/** What was compared with it still is by name: the lesson says that there is no such step. */
export function removeStep(app: App, at: number): void {
  putSteps(app, (app.doc.document.lesson ?? []).toSpliced(at, 1));
}

/** Places of the steps whose runs are compared with those of the step called so. */
export const heldAgainst = (steps: readonly LessonStep[], title: string): Set<number> =>
  new Set(steps.flatMap(({ grade }, index) => (grade?.against === title ? [index] : [])));

/** @param followers the steps that were compared with it when its name began to change */
export function renameStep(
  app: App,
  at: number,
  title: string,
  followers: ReadonlySet<number>,
): void {
  const steps = (app.doc.document.lesson ?? []).map((step, index) => {
    if (index === at) return { ...step, title };
    if (!followers.has(index) || !step.grade) return step;
    return { ...step, grade: { ...step.grade, against: title } };
  });
  app.set('/lesson', steps, `/lesson/${at}/title`);
}

/** @param by 1: later, −1: earlier */
export function moveStep(app: App, at: number, by: 1 | -1): void {
  const steps = [...(app.doc.document.lesson ?? [])];
  const [step] = steps.splice(at, 1);
  steps.splice(at + by, 0, step!);
  putSteps(app, steps);
}

/**
 * What the document is set to now becomes the step's settings, and the document is what the lesson begins with again.
 * @param base what it begins with
 * @returns why it cannot be, one sentence; null: done
 */
export function takeSettings(app: App, at: number, base: PipelineDocument): string | null {
  const { document } = app.doc;
  const settled = documentAt(base, null, document);
  if (!settled.ok) return settled.error;
  const set = settingsBetween(withoutModels(settled.value), withoutModels(document));
  if (set === null)
    return 'The stages are not those that the lesson begins with: make them its beginning first.';
  const steps = [...(document.lesson ?? [])];
  const { set: _, ...step } = steps[at]!;
  steps[at] = Object.keys(set).length > 0 ? { ...step, set } : step;
  app.doc.change({ ...settled.value, lesson: steps });
  app.prediction.follow(app.doc.pipeline);
  return null;
}

/** What a run measured of code is no setting: with it the whole code would become one. */
const withoutModels = (document: PipelineDocument): PipelineDocument => ({
  ...document,
  stages: document.stages.map((stage) => {
    if (stage.work.kind !== 'code') return stage;
    const { model: _, ...work } = stage.work;
    return { ...stage, work };
  }),
});

type GradeChange = { [Field in keyof LessonGrade]?: LessonGrade[Field] | undefined };

/** Fields of the step's grade; undefined takes one out, null the whole. */
export function setGrade(app: App, at: number, change: GradeChange | null): void {
  const pointer = `/lesson/${at}/grade`;
  const grade: Record<string, unknown> = {
    ...(app.doc.document.lesson?.[at]?.grade ?? { quantity: 'makespan' }),
    ...change,
  };
  for (const [key, value] of Object.entries(grade)) if (value === undefined) delete grade[key];
  app.set(pointer, change === null ? undefined : grade);
}

/** Every number a step can be graded by, in words, with what the last run showed of it. */
export function gradeChoices(app: App, chosen: string): (readonly [string, string])[] {
  const { document, pipeline } = app.doc;
  const names = namesOf(document);
  const report = app.runs.last?.report;
  const facts = report && pipeline && !report.error ? factsOf(report, pipeline) : null;
  const places = [...new Set(quantityChoices(document.stages.map(({ id }) => id)))];
  // Two divided, counters and results are written in the document itself.
  if (!places.includes(chosen)) places.unshift(chosen);
  return places.map((place) => {
    const value = facts && quantityOf(facts, place);
    const shown = value === null ? '' : `: ${formatKind(kindOf({ quantity: place }), value)}`;
    return [place, `${quantityWords(place, names)}${shown}`] as const;
  });
}
