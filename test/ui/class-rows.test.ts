import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lessonDigest } from '../../src/pipeline/lesson-digest.ts';
import type { LessonStep, PipelineDocument } from '../../src/pipeline/types.ts';
import type { LessonAnswers, LinkContent } from '../../src/share/link/link-content.ts';
import { linkText, readLink } from '../../src/share/link/link-text.ts';
import { ClassDesk } from '../../src/ui/lesson/class-desk.svelte.ts';
import { studentName } from '../../src/ui/lesson/student-name.ts';
import { classCsv, rightIn, stepCounts, withAnswers } from '../../src/ui/lesson/class-rows.ts';

const lesson: LessonStep[] = [
  {
    title: 'Choose',
    text: '',
    ask: '?',
    answers: ['short', 'long'],
    grade: { quantity: 'makespan', limits: [100] },
  },
  { title: 'Read', text: '' },
  { title: 'Guess', text: '', ask: '?', grade: { quantity: 'makespan', within: 0.1 } },
];
const document: PipelineDocument = {
  format: 'millrace/1',
  stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }],
  lesson,
};
const value = (of: number) => ({ value: of, low: of, high: of, runs: 1 });
const none = { guess: null, value: null };
const answersOf = (name: string, choice: number | null, number: number | null): LessonAnswers => ({
  name,
  answeredAt: '2026-11-22T09:00:00.000Z',
  environment: null,
  steps: [{ guess: choice, value: value(200) }, none, { guess: number, value: value(200) }],
});
const [ada, bob, cy] = [
  answersOf('Ada', 1, 205),
  answersOf('Bob', 0, null),
  answersOf('Cy', 1, 1050),
];

describe('the answers of a class', () => {
  it('are counted a step: who chose what, and how many were right', () => {
    expect(stepCounts(lesson, [ada, bob, cy])).toEqual([
      {
        title: 'Choose',
        choices: [
          { words: 'short', count: 1 },
          { words: 'long', count: 2 },
        ],
        right: 2,
        decided: 3,
        close: 0,
      },
      {
        title: 'Guess',
        choices: [
          { words: '205 ms', count: 1 },
          { words: '1.05 s', count: 1 },
          { words: '–', count: 1 },
        ],
        right: 1,
        decided: 2,
        close: 0,
      },
    ]);
    expect([ada, bob, cy].map((one) => rightIn(lesson, one))).toEqual([2, 0, 1]);
  });

  it('go out as a table, a line each', () => {
    const [head, first, second] = classCsv(lesson, [ada, bob]);
    expect(head).toContain('3 Guess: grade');
    expect(head).toContain('1 Choose: guess');
    expect(head).toContain('3 Guess: guess, ms');
    expect(head).toContain('3 Guess: measured, ms');
    expect(first).toEqual([
      ...['Ada', ada.answeredAt, '', '', 2, 'long', 200, 'right', 205, 200, 'right'],
    ]);
    expect(second?.slice(-3)).toEqual(['', 200, '']);
  });

  it('are one a name, the newest, in whatever order they come', () => {
    const later = { ...answersOf('Ada', 0, 200), answeredAt: '2026-11-22T10:00:00.000Z' };
    fc.assert(
      fc.property(fc.shuffledSubarray([ada, bob, cy, later], { minLength: 4 }), (all) => {
        const [first, rest] = [all.slice(0, 2), all.slice(2)];
        expect(withAnswers(withAnswers([], first), rest)).toEqual([later, bob, cy]);
      }),
    );
  });
});

describe('a link with answers', () => {
  const content: LinkContent = { document, answers: ada };
  it('comes back as it went', async () => {
    expect(await readLink(await linkText(content))).toEqual({ ok: true, value: content });
  });
  it.each<[string, unknown, RegExp]>([
    ['too few', { ...ada, steps: [none] }, /there are 1 answers to a lesson of 3 steps/],
    [
      'an answer there is not',
      { ...ada, steps: [{ guess: 2, value: null }, none, none] },
      /answers\.steps\[0\]\.guess is none of the answers/,
    ],
    [
      'half an answer',
      { ...ada, steps: [{ guess: 0.5, value: null }, none, none] },
      /answers\.steps\[0\]\.guess is none of the answers/,
    ],
    ['a grade of one’s own', { ...ada, right: 3 }, /answers\.right is not a field here/],
    ['no name', { ...ada, name: 7 }, /answers\.name is 7: use text/],
    ['a long name', { ...ada, name: 'x'.repeat(81) }, /use at most 80 letters/],
    ['no time', { ...ada, answeredAt: 'now' }, /answers\.answeredAt is "now"/],
    [
      'a value below nothing',
      { ...ada, steps: [{ guess: 0, value: { ...value(1), low: -1 } }, none, none] },
      /low is -1/,
    ],
  ])('is refused in a sentence: %s', async (_name, answers, says) => {
    const read = await readLink(await linkText({ document, answers } as LinkContent));
    expect(read.ok ? '' : read.error).toMatch(says);
  });
});

describe('the desk where links are put together', () => {
  const settings = () => {
    const all = new Map<string, string>();
    return {
      get: (name: string) => all.get(name) ?? null,
      set: (name: string, text: string | null) =>
        void (text === null ? all.delete(name) : all.set(name, text)),
    };
  };
  const deskOf = (kept = settings()) =>
    new ClassDesk({ services: { settings: kept } } as never, document);

  it('takes all links of a text, and keeps them for this lesson', async () => {
    const kept = settings();
    const links = await Promise.all([ada, bob].map((answers) => linkText({ document, answers })));
    const text = `Ada: https://example.org/millrace/${links[0]}\n\nBob: ${links[1]} Bye`;
    expect(await deskOf(kept).addText(text)).toEqual({
      added: 2,
      notes: [],
      refused: [],
    });
    const again = deskOf(kept);
    expect(again.answers).toEqual([ada, bob]);
    again.remove('Ada');
    expect(deskOf(kept).answers).toEqual([bob]);
  });

  it('leaves out what is of another lesson, or holds no answers, and says so', async () => {
    const other = { ...document, seed: 2 };
    expect(lessonDigest(other)).not.toBe(lessonDigest(document));
    const texts = await Promise.all([
      linkText({ document: other, answers: ada }),
      linkText({ document }),
    ]);
    const { added, refused } = await deskOf().addText([...texts, '#1.broken'].join('\n'));
    expect(added).toBe(0);
    expect(refused).toEqual([
      'The answers of “Ada” are to another lesson, or to another version of this one, and were left out.',
      'A link without answers was left out: whoever sends one shares it at the end of the lesson.',
      expect.stringMatching(/^The link is damaged/),
    ]);
    expect((await deskOf().addText('hello there')).refused).toEqual([
      'There is no link in this text.',
    ]);
  });

  it('says what becomes of two of one name, whatever time zone they write', () => {
    const desk = deskOf();
    const at = (answeredAt: string, choice: number): LinkContent => ({
      document,
      answers: { ...answersOf('Ada', choice, null), answeredAt },
    });
    const noon = at('2026-11-22T12:00:00+02:00', 0);
    const later = at('2026-11-22T11:00:00Z', 1);
    expect(desk.add(noon)).toEqual({ ok: true, value: null });
    expect(desk.add(later)).toEqual({
      ok: true,
      value: 'These took the place of earlier answers of “Ada”.',
    });
    expect(desk.add(noon)).toEqual({
      ok: false,
      error: 'There are later answers of “Ada”, so the earlier ones were left out.',
    });
    expect(desk.add(later)).toMatchObject({ ok: false, error: /there already/ });
    expect(desk.answers).toEqual([later.answers]);
  });

  it('knows what another tab added and took out meanwhile', () => {
    const kept = settings();
    const [desk, other] = [deskOf(kept), deskOf(kept)];
    other.add({ document, answers: ada });
    other.add({ document, answers: cy });
    desk.add({ document, answers: bob });
    expect(desk.answers).toEqual([ada, bob, cy]);
    desk.remove('Ada');
    expect(other.answers).toEqual([ada, cy]);
    other.refresh();
    expect(other.answers).toEqual([bob, cy]);
    expect(deskOf(kept).answers).toEqual([bob, cy]);
  });

  it('takes names as they are read: no marks that turn or hide, no lines, not nothing', () => {
    const desk = deskOf();
    const names = ['\u202EadA', 'A\u200Bda\n', '  Ada  Byron ', '', '\u0938\u094D\u200D\u0930'];
    names.push('A\u00ADda', '\u3164\u115F\u034F');
    for (const name of names) desk.add({ document, answers: { ...ada, name } });
    expect(new Set(desk.answers.map(({ name }) => name))).toEqual(
      new Set(['adA', 'A da', 'Ada Byron', 'no name', '\u0938\u094D\u200D\u0930']),
    );
  });

  it('takes no longer name than a link has room for, whatever its letters are made of', async () => {
    // One letter becomes three.
    const name = '\u0958'.repeat(80);
    const answers = { ...ada, name: studentName(name) };
    expect(answers.name).toHaveLength(80);
    expect(await readLink(await linkText({ document, answers }))).toMatchObject({ ok: true });
    expect(studentName(`${'x'.repeat(79)}\u{1F600}`)).toBe('x'.repeat(79));
  });

  it('finds links among many words, and says when there is no room to keep them', async () => {
    const link = await linkText({ document, answers: ada });
    const full = { get: () => null, set: () => undefined };
    const desk = deskOf(full);
    const text = `${'Dear all, '.repeat(600)}<https://example.org/${link}>;`;
    expect(await desk.addText(text)).toMatchObject({ added: 1, refused: [] });
    expect([desk.answers.length, desk.isKept]).toEqual([1, false]);
  });
});
