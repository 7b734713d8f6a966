import { describe, expect, it } from 'vitest';
import type { Overheads } from '../../src/engine/runner.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { lessonDigest } from '../../src/pipeline/lesson-digest.ts';
import type { LessonStep, PipelineDocument } from '../../src/pipeline/types.ts';
import type { LinkContent } from '../../src/share/link/link-content.ts';
import { lessonDesk } from '../../src/ui/lesson/lesson-desk.svelte.ts';
import { heldAgainst, renameStep, takeSettings } from '../../src/ui/lesson/write-lesson.ts';
import { shareDesk } from '../../src/ui/share/share-desk.svelte.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { taught } from './taught-lesson.ts';

/** A lesson on a page of which nothing is drawn. */
function opened(document: PipelineDocument = taught, services = fakeServices()) {
  const app = new App(services);
  app.open(document);
  return { app, desk: lessonDesk(app), services };
}
const { lesson: _, ...untaught } = taught;
const withSteps = (...steps: Partial<LessonStep>[]): PipelineDocument => ({
  ...taught,
  lesson: steps.map((step, at) => ({ title: `Step ${at + 1}`, text: '', ...step })),
});
const workersIn = ({ machine }: PipelineDocument) => machine?.workers;

describe('a run of a step', () => {
  it('is predicted the same for everybody where the lesson asks for a prediction', async () => {
    const asked: Overheads[] = [];
    const services = fakeServices();
    const { predict } = services.predictor;
    services.predictor.predict = (pipeline, options) => {
      asked.push(options.overheads);
      return predict(pipeline, options);
    };
    const grade = { quantity: 'makespan', within: 0.1, machine: 'simulated' } as const;
    const { app, desk } = opened(withSteps({ ask: '?', grade }), services);
    app.prediction.overheads = { ...idealOverheads, wakeMs: 3, timerStepMs: 1 };
    desk.begin();
    desk.guess(200);
    asked.length = 0;
    await desk.run();
    expect(desk.progress?.steps[0]?.runs).toEqual([
      { machine: 'simulated', values: { makespan: 200 } },
    ]);
    expect(asked).toEqual([idealOverheads]);
  });

  it('is noted nowhere once the lesson is begun anew, or another document is open', async () => {
    const { app, desk, services } = opened();
    desk.begin();
    desk.guess(1);
    const running = desk.run();
    await expect.poll(() => services.runs.length).toBe(1);
    desk.restart();
    await running;
    expect(desk.progress?.steps[0]).toEqual({ runs: [], isRun: false });
    desk.guess(1);
    const again = desk.run();
    await expect.poll(() => services.runs.length).toBe(2);
    app.open(taught);
    desk.begin();
    await again;
    expect(desk.progress?.steps[0]).toEqual({ runs: [], isRun: false });
  });

  it('is kept where somebody goes on to the next step meanwhile', async () => {
    const { desk, services } = opened();
    desk.begin();
    desk.guess(1);
    const running = desk.run();
    await expect.poll(() => services.runs.length).toBe(1);
    desk.enter(1);
    await running;
    expect(desk.progress?.steps[0]).toMatchObject({ guess: 1, isRun: true });
  });

  it('stays in the lesson where items fail, wherever the focus is', async () => {
    const failing = { kind: 'code' as const, source: 'export default () => { throw 1 }' };
    const document = withSteps({ ask: '?', answers: ['a', 'b'] });
    const { app, desk } = opened({ ...document, stages: [{ id: 'work', work: failing }] });
    desk.begin();
    desk.guess(0);
    await desk.run();
    expect(app.runs.last?.report.failures).toHaveLength(1);
    expect(app.view.tab).toBe('lesson');
  });

  it('is not repeated, nor compared, with what somebody turned meanwhile', async () => {
    const services = fakeServices();
    // Near what divides the answers, so it is run again.
    const near = { quantity: 'makespan', limits: [201] };
    const { app, desk } = opened(
      withSteps({ ask: '?', answers: ['a', 'b'], grade: near }),
      services,
    );
    desk.begin();
    desk.guess(0);
    const running = desk.run();
    await expect.poll(() => services.runs.length).toBe(1);
    app.set('/machine/workers', 2);
    await running;
    expect(services.runs).toHaveLength(1);
    expect(desk.progress?.steps[0]?.runs).toHaveLength(1);
  });

  it('waits for the document where it was turned while another step ran to compare with', async () => {
    const { app, desk, services } = opened();
    desk.begin();
    desk.enter(1);
    desk.guess(0.5);
    const running = desk.run();
    await expect.poll(() => services.runs.length).toBe(1);
    app.set('/machine/workers', 4);
    await running;
    expect(services.runs).toHaveLength(1);
    expect(desk.progress?.steps[1]?.isRun).toBe(false);
    expect(app.messages.list.map(({ text }) => text)).toEqual([
      'The document was changed while that ran: run the step again.',
    ]);
  });
});

describe('what others begin with', () => {
  it('is what the lesson begins with, while a step’s settings are in the document', () => {
    const { app, desk } = opened();
    desk.begin();
    desk.enter(1);
    expect(workersIn(app.doc.document)).toBe(2);
    expect(workersIn(desk.shared)).toBe(1);
    expect(lessonDigest(desk.shared)).toBe(lessonDigest(taught));
    expect(shareDesk(app).beginsLesson).toBe(true);
    expect(shareDesk(app).measured).toMatchObject({ ok: false });
    desk.enter(3);
    expect(workersIn(desk.shared)).toBe(1);
    // Own settings are somebody's own: no step has these.
    app.set('/machine/workers', 5);
    expect(desk.shared).toBe(app.doc.document);
    expect(shareDesk(app).beginsLesson).toBe(false);
  });

  it('is so while the lesson is written, too, and when that is done', () => {
    const { app, desk } = opened();
    desk.mode = 'write';
    desk.beginWriting();
    desk.trySettings(1);
    expect(workersIn(app.doc.document)).toBe(2);
    expect(workersIn(desk.shared)).toBe(1);
    desk.endWriting();
    expect(desk.mode).toBe('lesson');
    expect(workersIn(app.doc.document)).toBe(1);
    // Turned afterwards, and the lesson is written again: it begins with that.
    app.set('/machine/workers', 3);
    desk.beginWriting();
    expect(takeSettings(app, 0, desk.base)).toBeNull();
    expect(workersIn(app.doc.document)).toBe(3);
  });

  it('is what is set now where its author says so, and whoever had begun it begins again', () => {
    const { app, desk } = opened();
    desk.begin();
    desk.mode = 'write';
    desk.beginWriting();
    app.set('/machine/workers', 3);
    desk.beginWithThis();
    desk.endWriting();
    expect(workersIn(app.doc.document)).toBe(3);
    expect(desk.progress).toBeNull();
  });

  it('tells of own changes that a tried step takes the place of', () => {
    const { app, desk } = opened();
    desk.beginWriting();
    desk.trySettings(1);
    expect(app.messages.list).toEqual([]);
    app.set('/machine/workers', 5);
    desk.trySettings(1);
    expect(app.messages.list[0]?.text).toMatch(/Undo brings them back/);
  });
});

describe('who writes a lesson', () => {
  it('writes that of one document: another one opens with its lesson as it is', () => {
    const { app, desk } = opened();
    desk.mode = 'write';
    desk.beginWriting();
    app.open({ ...taught, machine: { workers: 4 } });
    expect(desk.mode).toBe('lesson');
    desk.beginWriting();
    expect(workersIn(desk.base)).toBe(4);
  });

  it('takes settings, and no code with what a run has measured of it', () => {
    const code = { kind: 'code' as const, source: 'export default (item) => item' };
    const { app, desk } = opened({
      ...untaught,
      stages: [{ id: 'work', work: code }],
      lesson: [{ title: 'A', text: '' }],
    });
    desk.beginWriting();
    const [stage] = app.doc.document.stages;
    app.doc.absorb({
      ...app.doc.document,
      stages: [{ ...stage!, work: { ...code, model: { phases: [{ cpu: 5 }] } } }],
    });
    app.set('/machine/workers', 2);
    expect(takeSettings(app, 0, desk.base)).toBeNull();
    expect(app.doc.document.lesson![0]!.set).toEqual({ '/machine/workers': 2 });
    expect(app.doc.document.stages[0]!.work).toMatchObject({ model: { phases: [{ cpu: 5 }] } });
  });

  it('renames a step letter by letter, past the name of another, and comparisons with it follow', () => {
    const { app } = opened();
    const followers = heldAgainst(taught.lesson!, 'Alone');
    for (const title of ['', 'T', 'Together', 'Together at first'])
      renameStep(app, 0, title, followers);
    const { lesson } = app.doc.document;
    expect(lesson!.map(({ title }) => title)).toEqual([
      'Together at first',
      'Together',
      'Many cores',
    ]);
    expect(lesson!.map(({ grade }) => grade?.against)).toEqual([
      undefined,
      ...Array(2).fill('Together at first'),
    ]);
    app.undo();
    expect(app.doc.document.lesson).toEqual(taught.lesson);
  });
});

describe('answers in a link', () => {
  const content: LinkContent = {
    document: taught,
    answers: { name: 'Ada', answeredAt: '2026-11-22T09:00:00Z', environment: null, steps: [] },
  };
  it('are shown once: back in the lesson, and after a reload, they are not forced on anybody', () => {
    const { desk, services } = opened();
    desk.look(content);
    expect([desk.mode, desk.toAdd]).toEqual(['class', content]);
    desk.toAdd = null;
    desk.mode = 'lesson';
    desk.look(content);
    expect([desk.mode, desk.toAdd]).toEqual(['lesson', null]);
    const reloaded = opened(taught, services).desk;
    reloaded.look(structuredClone(content));
    expect([reloaded.mode, reloaded.toAdd]).toEqual(['lesson', null]);
    const other = { ...content, answers: { ...content.answers!, name: 'Bob' } };
    desk.look(other);
    expect([desk.mode, desk.toAdd]).toEqual(['class', other]);
  });
});

it('says when this browser keeps no more of a lesson, once', () => {
  const services = fakeServices();
  services.settings.set = () => {};
  const { app, desk } = opened(taught, services);
  desk.begin();
  expect(app.messages.list.map(({ text }) => text)).toEqual([
    'This browser keeps no more of this lesson: share your answers before you close the page.',
  ]);
  app.messages.clear();
  desk.guess(1);
  expect(app.messages.list).toEqual([]);
});
