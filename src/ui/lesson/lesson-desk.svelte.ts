import { same } from '../../base/same-json.ts';
import type { LessonStep, PipelineDocument } from '../../pipeline/types.ts';
import { lessonProblems } from '../../pipeline/rules-lesson.ts';
import type { LinkContent } from '../../share/link/link-content.ts';
import type { App } from '../state/app.svelte.ts';
import { asSentence } from '../state/error-sentence.ts';
import { sameWork } from '../state/same-work.ts';
import { documentAt, isSomeStep } from './lesson-document.ts';
import {
  begun,
  keepProgress,
  keptProgress,
  type LessonProgress,
  type StepProgress,
} from './progress.ts';
import { runStep } from './run-step.ts';

export type LessonMode = 'lesson' | 'class' | 'write';

/** Of this tab: whose answers came with the link that was opened last. */
const seenName = 'answers';

/** The lesson of the open document: which step it is at, and what was guessed and measured. */
export class LessonDesk {
  readonly app: App;
  private chosen: { workId: string; mode: LessonMode } | null = $state.raw(null);
  /** Counts up when the lesson is begun anew: what still runs for the time before is noted nowhere. */
  attempt = 0;
  /** What is being run for the step that is shown, in a few words; null: nothing is. */
  working: string | null = $state(null);
  /** While the lesson is written: what it begins with. */
  private writing: { workId: string; base: PipelineDocument } | null = $state.raw(null);
  private own: { workId: string; progress: LessonProgress | null } | null = $state.raw(null);
  /** Which step's editor is open, as far as there are so many. */
  writtenStep = $state(0);
  /** What is typed and not yet used stays while another tab is looked at: links with answers, and who answers. */
  pasted = $state('');
  answerer = $state('');
  /** What is shown next was asked for here, so the focus goes there; not so where a tab is looked at again. */
  private isLed = false;
  /** Answers that came with the link that is open, to be put into the class. */
  toAdd: LinkContent | null = $state.raw(null);
  private seen: LinkContent | null = null;
  private isFullForLink = false;
  private wasToldOfStorage = false;

  constructor(app: App) {
    this.app = app;
  }

  readonly lesson: readonly LessonStep[] = $derived.by(() => this.app.doc.document.lesson ?? []);
  readonly problems = $derived.by(() => lessonProblems(this.app.doc.document));

  /** null: it has not been begun, or another lesson has taken its place. */
  readonly progress: LessonProgress | null = $derived.by(() => {
    const { workId } = this.app.doc;
    const { lesson } = this;
    if (lesson.length === 0) return null;
    if (this.own?.workId !== workId)
      return keptProgress(this.app.services.settings, workId, lesson);
    const { progress } = this.own;
    return progress && same(progress.base.lesson, lesson) ? progress : null;
  });
  readonly step: LessonStep | null = $derived.by(() =>
    this.progress ? (this.lesson[this.progress.at] ?? null) : null,
  );
  readonly stepProgress: StepProgress | null = $derived.by(() =>
    this.progress ? (this.progress.steps[this.progress.at] ?? null) : null,
  );
  /** The open document is not what this step runs. */
  readonly isElsewhere: boolean = $derived.by(() => {
    const wanted = this.progress && this.step && this.documentOf(this.progress.at);
    return wanted != null && !sameWork(wanted, this.app.doc.document);
  });

  /** The lesson's document without the settings of any step: as it was begun, or begun to be written, or is now. */
  get base(): PipelineDocument {
    const { workId, document } = this.app.doc;
    const begins =
      this.writing?.workId === workId ? this.writing.base : (this.progress?.base ?? document);
    const base = documentAt(begins, null, document);
    return base.ok ? base.value : document;
  }

  /** What the tab shows: another document begins with its lesson. */
  get mode(): LessonMode {
    return this.chosen?.workId === this.app.doc.workId ? this.chosen.mode : 'lesson';
  }
  set mode(mode: LessonMode) {
    this.isLed = true;
    if (this.isFullForLink && mode !== 'class') this.app.view.arePanelsFull = false;
    this.isFullForLink = false;
    this.chosen = { workId: this.app.doc.workId, mode };
  }

  /** Whoever came by a button of the lesson reads on at this heading; call when it has been drawn. */
  readOn(heading: HTMLElement): void {
    if (this.isLed) heading.focus();
    this.isLed = false;
  }

  /** A link with answers is opened to look at them, once: whoever goes back to the lesson stays there. */
  look(content: LinkContent): void {
    if (content === this.seen) return;
    this.seen = content;
    const { tabSettings } = this.app.services;
    const { name, answeredAt } = content.answers!;
    const note = JSON.stringify([name, answeredAt]);
    // After a reload they are in the class already, or were taken out of it.
    if (tabSettings.get(seenName) === note) return;
    tabSettings.set(seenName, note);
    this.toAdd = content;
    // A class is looked at, and nothing of it is in the schedule.
    this.isFullForLink = !this.app.view.arePanelsFull;
    this.app.view.arePanelsFull = true;
    this.chosen = { workId: this.app.doc.workId, mode: 'class' };
  }

  /**
   * What somebody else is to begin with: the open document, but the lesson's own one where it stands as some step has
   * it. Else the lesson would begin with the settings of that step, and be another one than that of the class.
   */
  get shared(): PipelineDocument {
    const { base } = this;
    const { document } = this.app.doc;
    return !sameWork(base, document) && isSomeStep(this.lesson, base, document) ? base : document;
  }

  beginWriting(): void {
    const { workId } = this.app.doc;
    if (this.writing?.workId !== workId) this.writing = { workId, base: this.base };
  }

  /** What is set now is what the lesson begins with, whatever it was before: who has begun it begins again. */
  beginWithThis(): void {
    const { workId, document } = this.app.doc;
    this.writing = { workId, base: document };
    this.own = { workId, progress: null };
    keepProgress(this.app.services.settings, workId, null);
  }

  /** The document is what the lesson begins with again, if it stands as some step has it. */
  endWriting(): void {
    const { app, shared } = this;
    if (shared !== app.doc.document) {
      if (!app.mayEdit()) return;
      this.put(shared);
    }
    this.writing = null;
    this.mode = 'lesson';
  }

  /** The document as the step that is written would run it. */
  trySettings(at: number): void {
    const { app } = this;
    if (!app.mayEdit()) return;
    const { base } = this;
    const { document } = app.doc;
    const found = documentAt(base, this.lesson[at]?.set ?? null, document);
    if (!found.ok) return this.refuse(found.error);
    const hadOwnEdits = !sameWork(base, document) && !isSomeStep(this.lesson, base, document);
    if (sameWork(found.value, document)) return;
    this.put(found.value);
    if (hadOwnEdits) this.tellOfOwnEdits();
  }

  begin(): void {
    if (!this.app.mayEdit()) return;
    this.attempt++;
    this.keep(begun(this.app.doc.document));
    this.enter(0);
  }

  /** Shows a step and puts its settings into the document, which is one step of undo; the last one is the end. */
  enter(at: number): void {
    const { progress, app } = this;
    if (!progress || !app.mayEdit()) return;
    const hadOwnEdits = this.isElsewhere;
    this.isLed = true;
    this.keep({ ...progress, at });
    if (at >= this.lesson.length) return;
    if (this.putSettings() && hadOwnEdits) this.tellOfOwnEdits();
  }

  private tellOfOwnEdits(): void {
    this.app.tell(
      'info',
      'The step’s settings took the place of your own changes: Undo brings them back.',
    );
  }

  /** @returns whether the document has changed */
  putSettings(): boolean {
    const { app, progress } = this;
    const next = progress && this.documentOf(progress.at);
    if (!next || sameWork(next, app.doc.document)) return false;
    this.put(next);
    return true;
  }

  private put(document: PipelineDocument): void {
    this.app.doc.change(document);
    this.app.prediction.follow(this.app.doc.pipeline);
  }

  /** @param guess null: without a guess; undefined: not yet. It stands once the step has been run. */
  guess(guess: number | null | undefined): void {
    const { stepProgress } = this;
    if (!stepProgress || stepProgress.isRun) return;
    const { guess: _, ...rest } = stepProgress;
    this.note(this.progress!.at, guess === undefined ? rest : { ...rest, guess });
  }

  /** Runs the step, and what it is held against, as often as it takes to tell. */
  async run(): Promise<void> {
    const { app, progress, stepProgress } = this;
    if (!progress || !stepProgress || app.busy || this.working !== null) return;
    if (this.lesson[progress.at]!.ask !== undefined && stepProgress.guess === undefined) return;
    this.putSettings();
    try {
      await runStep(this, progress.at);
    } finally {
      this.working = null;
    }
  }

  /** From the first step, with nothing answered. */
  restart(): void {
    const { progress } = this;
    if (!progress) return;
    this.attempt++;
    this.keep({ ...begun(progress.base), at: 0 });
    this.enter(0);
  }

  note(at: number, news: StepProgress): void {
    const { progress } = this;
    if (progress) this.keep({ ...progress, steps: progress.steps.with(at, news) });
  }

  /** The document that a step runs; null after saying why there is none. */
  documentOf(at: number): PipelineDocument | null {
    const { progress, app } = this;
    if (!progress) return null;
    const found = documentAt(progress.base, this.lesson[at]?.set ?? null, app.doc.document);
    return found.ok ? found.value : null;
  }

  readonly refuse = (sentence: string): void =>
    this.app.messages.show('error', asSentence(sentence));

  private keep(progress: LessonProgress): void {
    const { workId } = this.app.doc;
    this.own = { workId, progress };
    const isKept = keepProgress(this.app.services.settings, workId, progress);
    if (isKept || this.wasToldOfStorage) return;
    this.wasToldOfStorage = true;
    this.app.messages.show(
      'warning',
      'This browser keeps no more of this lesson: share your answers before you close the page.',
    );
  }
}

const desks = new WeakMap<App, LessonDesk>();

/** One for a page. */
export function lessonDesk(app: App): LessonDesk {
  // It outlives the panel that asks for it first.
  if (!desks.has(app)) $effect.root(() => void desks.set(app, new LessonDesk(app)));
  return desks.get(app)!;
}
