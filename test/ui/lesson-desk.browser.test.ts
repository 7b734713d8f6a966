import { describe, expect, it } from 'vitest';
import type { Overheads } from '../../src/engine/runner.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { lessonDigest } from '../../src/pipeline/lesson-digest.ts';
import type { LessonStep, PipelineDocument } from '../../src/pipeline/types.ts';
import { document as workersLesson } from '../../src/scenarios/gallery/lessons/workers.ts';
import { answersContent } from '../../src/ui/lesson/answers-of.ts';
import { verdictAt } from '../../src/ui/lesson/progress.ts';
import { machineOfStep } from '../../src/ui/lesson/step-machine.ts';
import { heldAgainst, renameStep, takeSettings } from '../../src/ui/lesson/write-lesson.ts';
import { shareDesk } from '../../src/ui/share/share-desk.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { opened, workersIn } from './opened-lesson.ts';
import { taught } from './taught-lesson.ts';

const { lesson: _, ...untaught } = taught;
const withSteps = (...steps: Partial<LessonStep>[]): PipelineDocument => ({
  ...taught,
  lesson: steps.map((step, at) => ({ title: `Step ${at + 1}`, text: '', ...step })),
});

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

  it('is graded by its own machine, whatever it was predicted for before', async () => {
    const environment = { cores: 8, isolated: true, workers: true };
    const { desk } = opened(workersLesson, { ...fakeServices(), environment });
    desk.begin();
    // The third is about two cores: it is predicted here, and so is what it is compared with, the second.
    for (const [step, machine] of [
      [0, 'live'],
      [2, 'simulated'],
      [1, 'live'],
    ] as const) {
      desk.enter(step);
      expect(machineOfStep(desk, step).is).toBe(machine);
      desk.guess(step === 1 ? 0 : null);
      await desk.run();
    }
    expect(desk.progress?.steps[1]?.runs.map(({ machine }) => machine)).toEqual([
      'live',
      'simulated',
    ]);
    expect(verdictAt(desk.progress!, desk.lesson, 1)).toBe('right');
    expect(answersContent(desk.progress!, 'Ada', 0).answers.environment?.browser).toBe('Test 1');
  });

  it('is predicted with what it is compared with, and says so before', () => {
    const environment = { cores: 8, isolated: true, workers: true };
    const grade = { quantity: 'makespan', within: 0.1 };
    const [first] = workersLesson.lesson!;
    const document = {
      ...workersLesson,
      lesson: [
        { ...first!, title: 'Eight', set: { '/machine/workers': 8 } },
        { ...first!, title: 'One', grade: { ...grade, against: 'Eight' } },
      ],
    };
    const { desk } = opened(document, { ...fakeServices(), environment });
    desk.begin();
    expect(machineOfStep(desk, 1)).toEqual({
      is: 'simulated',
      why: expect.stringMatching(/Eight/),
    });
  });

  it('leaves text that cannot be read as it is', async () => {
    const { app, desk, services } = opened();
    desk.begin();
    desk.enter(1);
    desk.guess(1);
    app.doc.typeText('{ "format": ');
    expect(desk.putSettings()).toBe(false);
    await desk.run();
    expect([app.doc.text, services.runs.length]).toEqual(['{ "format": ', 0]);
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

it('brings answers back that one press put away', () => {
  const { app, desk } = opened();
  desk.begin();
  desk.guess(1);
  desk.enter(1);
  const bringBack = () => {
    const [message] = app.messages.list.filter(({ action }) => action);
    message!.action!.run();
    return desk.progress;
  };
  desk.restart();
  expect(desk.progress).toMatchObject({ at: 0, steps: [{ runs: [] }, {}, {}] });
  expect(desk.progress?.steps[0]?.guess).toBeUndefined();
  expect(bringBack()).toMatchObject({ at: 1, steps: [{ guess: 1 }, {}, {}] });
  expect(workersIn(app.doc.document)).toBe(2);
  desk.mode = 'write';
  desk.beginWriting();
  app.set('/machine/workers', 3);
  desk.beginWithThis();
  expect(desk.progress).toBeNull();
  expect(bringBack()).toMatchObject({ at: 1, steps: [{ guess: 1 }, {}, {}] });
  expect(workersIn(desk.base)).toBe(1);
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

it('knows when this browser keeps no more of a lesson', () => {
  const services = fakeServices();
  services.settings.set = () => {};
  const { app, desk } = opened(taught, services);
  expect(desk.isKept).toBe(true);
  desk.begin();
  expect(desk.isKept).toBe(false);
  app.open({ ...taught, name: 'Other' });
  expect(desk.isKept).toBe(true);
});

it('makes room for a lesson where older ones fill the storage', () => {
  const services = fakeServices();
  const { set } = services.settings;
  services.settings.set = (name, text) => {
    if ((text?.length ?? 0) < 10_000) set(name, text);
  };
  for (let nth = 0; nth < 20; nth++) {
    const { desk } = opened(taught, services);
    desk.begin();
    expect(desk.isKept).toBe(true);
  }
});
