import { mount, tick, unmount, type Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import { lessonDigest } from '../../src/pipeline/lesson-digest.ts';
import { document as workersLesson } from '../../src/scenarios/gallery/lessons/workers.ts';
import type { LinkContent } from '../../src/share/link/link-content.ts';
import LessonTab from '../../src/ui/lesson/LessonTab.svelte';
import { answersContent } from '../../src/ui/lesson/answers-of.ts';
import { asItCame } from '../../src/ui/lesson/as-it-came.ts';
import { lessonDesk } from '../../src/ui/lesson/lesson-desk.svelte.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { setApp } from '../../src/ui/state/context.ts';
import { keepView } from '../../src/ui/state/kept-view.svelte.ts';
import { Panes } from '../../src/ui/state/panes.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { opened, reload, workersIn } from './opened-lesson.ts';
import { taught } from './taught-lesson.ts';

describe('what a lesson began with is known', () => {
  it('where its words are corrected at some step, and it begins there again', () => {
    const { app, desk } = opened();
    desk.begin();
    desk.enter(1);
    app.set('/lesson/0/text', 'Corrected.');
    expect(desk.progress).toBeNull();
    expect([workersIn(desk.base), workersIn(desk.shared)]).toEqual([1, 1]);
    desk.begin();
    expect(workersIn(desk.progress!.base)).toBe(1);
    expect(workersIn(app.doc.document)).toBe(1);
  });

  it('where the page is loaded anew while it is written, as a step has it', () => {
    const { app, desk, services } = opened();
    desk.mode = 'write';
    desk.beginWriting();
    desk.trySettings(1);
    expect(workersIn(app.doc.document)).toBe(2);
    const reloaded = reload(app, services);
    expect(workersIn(reloaded.app.doc.document)).toBe(2);
    expect(workersIn(reloaded.desk.shared)).toBe(1);
    reloaded.desk.beginWriting();
    expect(workersIn(reloaded.app.doc.document)).toBe(1);
  });

  it('where somebody writes it who has come to some step', () => {
    const { app, desk } = opened();
    desk.begin();
    desk.enter(1);
    desk.beginWriting();
    expect(workersIn(app.doc.document)).toBe(1);
    expect(app.messages.list.map(({ text }) => text)).toEqual([
      'The document is what the lesson begins with again: Undo brings the settings back.',
    ]);
  });

  it('where another lesson was written meanwhile', () => {
    const { app, desk } = opened();
    desk.beginWriting();
    desk.trySettings(1);
    app.open({ ...taught, name: 'Other', machine: { workers: 4 } });
    desk.beginWriting();
    app.undo();
    expect([workersIn(app.doc.document), workersIn(desk.base)]).toEqual([2, 1]);
  });

  it('of its own, and not as another work began that is some step of it', () => {
    const { app, desk, services } = opened();
    desk.begin();
    desk.enter(1);
    // As somebody would share it who lets the lesson begin with two.
    const { desk: other } = opened(app.doc.document, services);
    expect([workersIn(other.base), workersIn(other.shared)]).toEqual([2, 2]);
  });

  it('as the gallery has it, for whoever turned a knob before it was begun', async () => {
    const services = fakeServices();
    const app = new App(services);
    app.open(workersLesson, 'Lesson: one worker, then two');
    const desk = lessonDesk(app);
    app.set('/machine/workers', 5);
    const original = await asItCame(app);
    expect(original).toEqual(workersLesson);
    desk.beginAsItCame(original!);
    expect(lessonDigest(desk.progress!.base)).toBe(lessonDigest(workersLesson));
    app.undo();
    expect(workersIn(app.doc.document)).toBe(5);
  });

  it('under the names that its stages have by now', () => {
    const { app, desk } = opened();
    desk.begin();
    app.set('/stages/work/name', 'Renamed');
    desk.enter(1);
    expect(app.doc.document.stages[0]?.name).toBe('Renamed');
    expect(answersContent(desk.progress!, 'Ada', 0).document.stages[0]?.name).toBe('Work');
    expect(lessonDigest(desk.base)).toBe(lessonDigest(taught));
  });
});

/** Of the page only this, which keeps how the page is left. */
function drawTab(app: App) {
  const target = window.document.createElement('div');
  const InApp: Component = (anchor) => {
    setApp(app);
    keepView(app, new Panes());
    return LessonTab(anchor, {});
  };
  const tab = mount(InApp, { target, context: new Map() });
  return { target, end: () => unmount(tab) };
}

describe('answers in a link', () => {
  const content: LinkContent = {
    document: taught,
    answers: {
      ...{ name: 'Ada', answeredAt: '2026-11-22T09:00:00Z', environment: null },
      steps: taught.lesson!.map(() => ({ guess: null, value: null })),
    },
  };
  it('are shown once: back in the lesson, and after a reload, they are not forced on anybody', () => {
    const { app, desk, services } = opened();
    desk.look(content);
    expect([desk.mode, desk.toAdd]).toEqual(['class', content]);
    // Until they are in the class, a reload would show them.
    const early = reload(app, services).desk;
    early.look(structuredClone(content));
    expect(early.mode).toBe('class');
    desk.wereAdded(content);
    desk.toAdd = null;
    desk.mode = 'lesson';
    desk.look(content);
    expect([desk.mode, desk.toAdd]).toEqual(['lesson', null]);
    const reloaded = reload(app, services).desk;
    reloaded.look(structuredClone(content));
    expect([reloaded.mode, reloaded.toAdd]).toEqual(['lesson', null]);
    // The link was opened again.
    const again = opened(taught, services).desk;
    again.look(structuredClone(content));
    expect([again.mode, again.toAdd]).toEqual(['class', expect.anything()]);
    const other = { ...content, answers: { ...content.answers!, name: 'Bob' } };
    desk.look(other);
    expect([desk.mode, desk.toAdd]).toEqual(['class', other]);
  });

  it('put the schedule away no longer than the class is looked at', async () => {
    const { app, desk } = opened();
    desk.look(content);
    expect(app.view.arePanelsFull).toBe('briefly');
    desk.look({ ...content });
    desk.mode = 'lesson';
    expect(app.view.arePanelsFull).toBe(false);
    desk.look({ ...content });
    app.open({ ...taught, name: 'Other' });
    await expect.poll(() => app.view.arePanelsFull).toBe(false);
    // Whoever asked for the whole height keeps it.
    app.view.arePanelsFull = true;
    desk.look({ ...content });
    desk.mode = 'lesson';
    expect(app.view.arePanelsFull).toBe(true);
  });

  it('are those to the lesson as it is now, and found again once a change is undone', async () => {
    const { app, desk } = opened();
    const { target, end } = drawTab(app);
    desk.look(content);
    await expect.poll(() => target.textContent).toMatch(/The class: 1 answered/);
    app.set('/machine/workers', 5);
    await expect.poll(() => target.textContent).toMatch(/The class: 0 answered/);
    expect(target.textContent).toMatch(/once that is undone/);
    app.undo();
    await expect.poll(() => target.textContent).toMatch(/The class: 1 answered/);
    await end();
  });

  it('leave the page to be found with its schedule again', async () => {
    const { app, desk, services } = opened();
    const { end } = drawTab(app);
    desk.look(content);
    app.view.tab = 'lesson';
    await tick();
    dispatchEvent(new Event('pagehide'));
    await end();
    const next = opened(taught, services).app;
    const drawn = drawTab(next);
    expect([next.view.tab, next.view.arePanelsFull]).toEqual(['lesson', false]);
    await drawn.end();
  });
});
