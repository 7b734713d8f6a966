import { same } from '../../base/same-json.ts';
import type { LessonStep, PipelineDocument } from '../../pipeline/types.ts';
import { lessonProblems } from '../../pipeline/rules-lesson.ts';
import type { App } from '../state/app.svelte.ts';
import { asSentence } from '../state/error-sentence.ts';
import { sameWork } from '../state/same-work.ts';
import { documentAt } from './lesson-document.ts';
import {
  begun,
  keepProgress,
  keptProgress,
  type LessonProgress,
  type StepProgress,
} from './progress.ts';
import { runStep } from './run-step.ts';

export type LessonMode = 'lesson' | 'class' | 'write';

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

  /** The lesson's document without the settings of any step. */
  get base(): PipelineDocument {
    const { document } = this.app.doc;
    const base = this.progress && documentAt(this.progress.base, null, document);
    return base?.ok ? base.value : document;
  }

  /** What the tab shows: another document begins with its lesson. */
  get mode(): LessonMode {
    return this.chosen?.workId === this.app.doc.workId ? this.chosen.mode : 'lesson';
  }
  set mode(mode: LessonMode) {
    this.chosen = { workId: this.app.doc.workId, mode };
  }

  get writingBase(): PipelineDocument {
    return this.writing?.workId === this.app.doc.workId ? this.writing.base : this.base;
  }

  /** @param anew what is set now is what the lesson begins with, whatever it was before */
  beginWriting(anew = false): void {
    const { workId, document } = this.app.doc;
    if (anew) this.writing = { workId, base: document };
    else if (this.writing?.workId !== workId) this.writing = { workId, base: this.base };
  }

  /** The document as the step that is written would run it. */
  trySettings(at: number): void {
    const { app } = this;
    if (!app.mayEdit()) return;
    const found = documentAt(this.writingBase, this.lesson[at]?.set ?? null, app.doc.document);
    if (!found.ok) return this.refuse(found.error);
    app.doc.change(found.value);
    app.prediction.follow(app.doc.pipeline);
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
    this.keep({ ...progress, at });
    if (at >= this.lesson.length) return;
    if (this.putSettings() && hadOwnEdits)
      app.tell(
        'info',
        'The step’s settings took the place of your own changes: Undo brings them back.',
      );
  }

  /** @returns whether the document has changed */
  putSettings(): boolean {
    const { app, progress } = this;
    const next = progress && this.documentOf(progress.at);
    if (!next || sameWork(next, app.doc.document)) return false;
    app.doc.change(next);
    app.prediction.follow(app.doc.pipeline);
    return true;
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
    keepProgress(this.app.services.settings, workId, progress);
  }
}

const desks = new WeakMap<App, LessonDesk>();

/** One for a page. */
export function lessonDesk(app: App): LessonDesk {
  let desk = desks.get(app);
  if (!desk) desks.set(app, (desk = new LessonDesk(app)));
  return desk;
}
