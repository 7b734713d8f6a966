import { describe, expect, test } from 'vitest';
import { removeStages, renameStage } from '../../src/pipeline/edit-names.ts';
import { lessonDigest } from '../../src/pipeline/lesson-digest.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { lessonProblems } from '../../src/pipeline/rules-lesson.ts';
import type { LessonStep, PipelineDocument } from '../../src/pipeline/types.ts';

const asked: LessonStep = {
  title: 'Second',
  text: '',
  ask: 'How much faster?',
  answers: ['not at all', 'twice'],
  grade: { quantity: 'makespan', against: 'First', limits: [1.5] },
};
const withSteps = (...lesson: LessonStep[]): PipelineDocument => ({
  format: 'millrace/1',
  stages: [
    { id: 'call', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    { id: 'store', after: ['call'], work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
  ],
  lesson,
});
const first: LessonStep = { title: 'First', text: '' };
const graded = (grade: LessonStep['grade'], more: Partial<LessonStep> = {}): PipelineDocument =>
  withSteps(first, { ...asked, ...more, ...(grade && { grade }) });

describe('what is wrong with a lesson', () => {
  const at = 'lesson[1].grade';
  test.each<[string, PipelineDocument, string[]]>([
    ['nothing', graded(asked.grade), []],
    [
      'falling limits',
      graded({ quantity: 'makespan', limits: [3, 2] }, { answers: ['a', 'b', 'c'] }),
      [],
    ],
    [
      'a number nobody knows',
      graded({ quantity: 'makspan', limits: [1] }),
      [`${at}.quantity is "makspan", no number of a run: did you mean "makespan"?`],
    ],
    [
      'a number of a stage that is not there',
      graded({ quantity: 'makespan ÷ stages/cal/busy', limits: [1] }),
      [`${at}.quantity is "stages/cal/busy": there is no stage "cal": did you mean "call"?`],
    ],
    [
      'an unknown number of a stage',
      graded({ quantity: 'stages/call/bsuy', limits: [1] }),
      [
        `${at}.quantity is "stages/call/bsuy", no number of a run: did you mean "stages/call/busy"?`,
      ],
    ],
    [
      'more than one division',
      graded({ quantity: 'makespan ÷ makespan ÷ makespan', limits: [1] }),
      [`${at}.quantity is "makespan ÷ makespan ÷ makespan": divide one number by one other`],
    ],
    [
      'a result of a stage that is not there',
      graded({ quantity: 'results/stroe/kept', limits: [1] }),
      [`${at}.quantity is "results/stroe/kept": there is no stage "stroe": did you mean "store"?`],
    ],
    [
      'results and counters',
      graded({ quantity: 'results/store/kept ÷ counters/all/updates', limits: [1] }),
      [],
    ],
    [
      'another step that is not there',
      graded({ quantity: 'makespan', against: 'Frist', limits: [1] }),
      [`${at}.against is "Frist", the title of no other step: did you mean "First"?`],
    ],
    [
      'itself',
      graded({ quantity: 'makespan', against: 'Second', limits: [1] }),
      [`${at}.against is "Second", the title of no other step: write the title of another step`],
    ],
    [
      'a title that two steps have',
      withSteps(first, first, asked),
      [
        `lesson[2].grade.against is "First", the title of several steps: give each a title of its own`,
      ],
    ],
    [
      'too few limits',
      graded({ quantity: 'makespan', limits: [1] }, { answers: ['a', 'b', 'c'] }),
      [`${at}.limits needs 2 limits to divide 3 answers`],
    ],
    ['none', graded({ quantity: 'makespan' }), [`${at} needs 1 limit to divide 2 answers`]],
    [
      'limits out of order',
      graded({ quantity: 'makespan', limits: [1, 3, 2] }, { answers: ['a', 'b', 'c', 'd'] }),
      [`${at}.limits must all rise or all fall, as the answers do`],
    ],
    [
      'a number without a tolerance',
      graded({ quantity: 'makespan' }, { answers: [] }),
      [`${at} says not how near a number must be: give "answers", or "within": 0.1`],
    ],
    [
      'limits without answers',
      graded({ quantity: 'makespan', within: 0.1, limits: [1] }, { answers: [] }),
      [`${at}.limits divide answers, and there are none: use "within"`],
    ],
    [
      'a tolerance for answers',
      graded({ quantity: 'makespan', within: 0.1, limits: [1] }),
      [`${at}.within is for guessed numbers, and this step has answers to choose`],
    ],
    [
      'no question',
      withSteps({
        title: 'a',
        text: '',
        answers: ['x', 'y'],
        grade: { quantity: 'makespan', limits: [1] },
      }),
      ['lesson[0].grade grades a guess that nobody is asked for: give the step an "ask"'],
    ],
    [
      'a chart nobody knows',
      withSteps({ ...first, show: 'shedule' }),
      [
        'lesson[0].show is "shedule", which is no chart: did you mean "schedule"? it can be "graph", "schedule", "queues", "results", "why", "whatif", "prediction", "cache", "log"',
      ],
    ],
  ])('%s', (_name, document, sentences) => {
    expect(parseDocument(document).pipeline).not.toBeNull();
    expect(lessonProblems(document).map(({ message }) => message)).toEqual(sentences);
  });

  test('the shape is that of the document', () => {
    const { problems } = parseDocument(
      withSteps({ ...asked, grade: { quantity: 'makespan', limit: [1], within: 2 } as never }),
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'lesson[0].grade.within is 2: use a number from 0 to 1',
      'lesson[0].grade.limit is not a field here: did you mean "limits"?',
    ]);
  });
});

test('a grade follows the stage it is about, and goes with it', () => {
  const document = graded({
    quantity: 'stages/call/queue/max ÷ stages/store/queue/max',
    limits: [1],
  });
  const renamed = renameStage(document, 'call', 'ask');
  expect(renamed.ok && renamed.value.lesson?.[1]?.grade?.quantity).toBe(
    'stages/ask/queue/max ÷ stages/store/queue/max',
  );
  const removed = removeStages(document, ['call']);
  expect(removed.ok && removed.value.document.lesson?.[1]).not.toHaveProperty('grade');
  expect(removed.ok && removed.value.dangling).toContain(
    'how the lesson step "Second" is graded pointed to "call" and was taken out.',
  );
});

test('a lesson is known by its steps and its work, not by what describes them', () => {
  const document = graded(asked.grade);
  const digest = lessonDigest(document);
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
  const { lesson: _l, ...rest } = document;
  const same = {
    ...document,
    name: 'Other',
    notes: 'n',
    seed: 1,
    targets: { total: { target: 5 } },
  };
  expect(lessonDigest(same)).toBe(digest);
  expect(lessonDigest({ ...document, seed: 2 })).not.toBe(digest);
  expect(lessonDigest({ ...document, machine: { workers: 2 } })).not.toBe(digest);
  expect(lessonDigest(rest)).not.toBe(digest);
  const source = 'export default (item) => item;';
  const coded = (model: object | null): PipelineDocument => ({
    ...document,
    stages: [{ id: 'call', work: { kind: 'code', source, model: model as never } }],
  });
  expect(lessonDigest(coded({ phases: [{ cpu: 3 }] }))).toBe(lessonDigest(coded(null)));
});
