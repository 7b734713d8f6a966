import { describe, expect, test } from 'vitest';
import { answerAt, lessonValue, rightAnswer } from '../../src/measure/lesson-grade.ts';
import { quantityOf, type RunFacts } from '../../src/measure/quantity.ts';
import { summarize } from '../../src/measure/summary.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { hasCode } from '../../src/pipeline/has-code.ts';
import { lessonProblems } from '../../src/pipeline/rules-lesson.ts';
import type { LessonStep, PipelineDocument } from '../../src/pipeline/types.ts';
import { lessons } from '../../src/scenarios/entries/lessons.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { documentAt } from '../../src/ui/lesson/lesson-document.ts';
import { plainLoop } from './plain-loop.ts';

/** Of each lesson, what its text says is right: the place of the answer, or the number; null: nothing is graded. */
const rights: Readonly<Record<string, (number | null)[]>> = {
  'lesson-workers': [2, 0, 1, 1],
  'lesson-latency': [0, 2, 1, 0],
  'lesson-amdahl': [500, 1, 2, 1],
  'lesson-little': [10, 2, 100, 1],
  'lesson-batch': [1, 1, 1, 2],
  'lesson-buffers': [0, 1, 0, 1, 1],
  'lesson-cold-warm': [2, 0, 1, 1],
  'lesson-barrier': [1, 1, 1, 1],
  'lesson-n-plus-one': [420, 0, 0],
  'lesson-cache': [2, 1, 1, 0],
  'lesson-routing': [2, 0, 1, 0],
  'lesson-retries': [1, 0, 2, 0],
  'lesson-noise': [null, 2, 1, 1, 1],
  'lesson-nested': [0, 1, 0, 1],
  'lesson-fault-batch': [0, 1, 1],
  'lesson-fault-stream': [0, 1, 2],
  'lesson-fault-heap': [2, 2, 0],
};

const documents = new Map<string, PipelineDocument>();
for (const { id, load } of lessons) documents.set(id, await load());

/** A run that is timed may come out so much longer or shorter than it is predicted. */
const timingMargin = 1.15;

async function factsOf(document: PipelineDocument): Promise<RunFacts> {
  if (!hasCode(document)) {
    const pipeline = withDefaults(document);
    const { trace, error } = simulate(pipeline, { cores: 2 });
    expect(error).toBeNull();
    expect(trace.meta.ended).toBe('done');
    return { summary: summarize(trace, pipeline), counters: [], results: {} };
  }
  const { source } = document;
  const outputs = await plainLoop(document, source?.kind === 'values' ? source.values : []);
  const results = Object.fromEntries(
    Object.entries(outputs).map(([stage, values]) => [stage, values.values().next().value]),
  );
  return { summary: { stages: {} } as never, counters: [], results };
}

const stepDocument = (document: PipelineDocument, step: LessonStep): PipelineDocument => {
  const settled = documentAt(document, step.set ?? null, document);
  if (!settled.ok) throw new Error(settled.error);
  return settled.value;
};

test('there are lessons on all that is taught, each with its answers here', () => {
  expect(Object.keys(rights)).toEqual(lessons.map(({ id }) => id));
});

describe.each(lessons)('$id', ({ id }) => {
  const document = documents.get(id)!;
  const lesson = document.lesson!;

  test('is sound: three to five steps, a reason for each guess', () => {
    expect(lessonProblems(document)).toEqual([]);
    expect(lesson.length).toBeGreaterThanOrEqual(3);
    expect(lesson.length).toBeLessThanOrEqual(5);
    for (const { ask, why, grade, show } of lesson) {
      expect(ask === undefined).toBe(grade === undefined);
      expect(why === undefined).toBe(ask === undefined);
      expect(show).toBeDefined();
    }
  });

  test('what it says is right is what the runs come to, clear of the limits', async () => {
    const facts = await Promise.all(lesson.map((step) => factsOf(stepDocument(document, step))));
    const found = lesson.map((step, at) => {
      const { grade } = step;
      if (!grade) return null;
      const own = quantityOf(facts[at]!, grade.quantity);
      const other = lesson.findIndex(({ title }) => title === grade.against);
      const against = other < 0 ? null : quantityOf(facts[other]!, grade.quantity);
      // How long code takes only a browser tells.
      if (own === null) return `${grade.quantity} of code`;
      const { value } = lessonValue([own], against === null ? null : [against])!;
      if (grade.within !== undefined) {
        const right = rights[id]![at]!;
        expect(Math.abs(value - right) / right, step.title).toBeLessThan(grade.within / 2);
        return right;
      }
      const right = rightAnswer(step, { value, low: value, high: value, runs: 1 });
      const isTimed = grade.machine !== 'simulated' && !grade.quantity.startsWith('results/');
      for (const off of isTimed ? [timingMargin, 1 / timingMargin] : [1.02, 0.98])
        expect(answerAt(grade.limits!, value * off), `${step.title}: ${value}`).toBe(right);
      return right;
    });
    const timed = lesson.map(({ grade }, at) =>
      hasCode(document) && grade?.quantity === 'makespan' ? 'makespan of code' : rights[id]![at],
    );
    expect(found).toEqual(timed);
  });
});
