import { untrack } from 'svelte';
import { same } from '../../base/same-json.ts';
import type { LessonStep, PipelineDocument } from '../../pipeline/types.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import { lessonDigest } from '../../pipeline/lesson-digest.ts';
import { lessonProblems } from '../../pipeline/rules-lesson.ts';
import type { LinkContent } from '../../share/link/link-content.ts';
import type { App } from '../state/app.svelte.ts';
import { asSentence } from '../state/error-sentence.ts';
import { sameWork } from '../state/same-work.ts';
import { LessonBases } from './lesson-bases.svelte.ts';
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

/** Of this tab: whose answers from a link went into the class last. */
const seenName = 'answers';

/** The lesson of the open document: which step it is at, and what was guessed and measured. */
export class LessonDesk {
  readonly app: App;
  private chosen: { workId: string; mode: LessonMode } | null = $state.raw(null);
  /** Counts up when the lesson is begun anew: what still runs for the time before is noted nowhere. */
  attempt = $state(0);
  /** What is being run for the step that is shown, in a few words; null: nothing is. */
  working: string | null = $state(null);
  private readonly bases: LessonBases;
  private own: { workId: string; progress: LessonProgress | null; isKept: boolean } | null =
    $state.raw(null);
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

  constructor(app: App) {
    this.app = app;
    this.bases = new LessonBases(app, () => this.own);
    let { workId } = app.doc;
    $effect(() => {
      if (app.doc.workId === workId) return;
      ({ workId } = app.doc);
      untrack(() => this.endBrieflyFull());
    });
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

  /** false: what is answered of this document lives as long as the page. */
  get isKept(): boolean {
    return this.own?.workId !== this.app.doc.workId || this.own.isKept;
  }

  /** The lesson's document without the settings of any step: as it was begun, or begun to be written, or is now. */
  get base(): PipelineDocument {
    const { document } = this.app.doc;
    const { bases, progress } = this;
    const begins = bases.writing ?? progress?.base ?? bases.former ?? document;
    const base = documentAt(begins, null, document);
    return base.ok ? base.value : document;
  }

  /** What the tab shows: another document begins with its lesson. */
  get mode(): LessonMode {
    return this.chosen?.workId === this.app.doc.workId ? this.chosen.mode : 'lesson';
  }
  set mode(mode: LessonMode) {
    this.isLed = true;
    if (mode !== 'class') this.endBrieflyFull();
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
    // After a reload they are in the class already, or were taken out of it.
    if (this.app.services.tabSettings.get(seenName) === this.seenNote(content)) return;
    this.toAdd = content;
    // A class is looked at, and nothing of it is in the schedule.
    this.app.view.arePanelsFull ||= 'briefly';
    this.chosen = { workId: this.app.doc.workId, mode: 'class' };
  }

  /** They are in the class, which is kept: a reload does not bring them again. */
  wereAdded(content: LinkContent): void {
    this.app.services.tabSettings.set(seenName, this.seenNote(content));
  }

  private seenNote({ answers }: LinkContent): string {
    return JSON.stringify([this.app.doc.workId, answers?.name, answers?.answeredAt]);
  }

  private endBrieflyFull(): void {
    const { view } = this.app;
    if (view.arePanelsFull === 'briefly') view.arePanelsFull = false;
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

  /** The document is what the lesson begins with, if it stands as some step has it. */
  beginWriting(): void {
    if (this.bases.writing) return;
    this.bases.write(this.base);
    // Text that cannot be read stays: it is what would be lost.
    if (!this.app.doc.textBroken) this.putShared();
  }

  /** What is set now is what the lesson begins with, whatever it was before: who has begun it begins again. */
  beginWithThis(): void {
    const { progress, app } = this;
    const { workId, document } = app.doc;
    const before = this.base;
    this.bases.write(document);
    this.attempt++;
    this.own = { workId, progress: null, isKept: true };
    keepProgress(app.services.settings, workId, null);
    if (progress) this.offerAnswers(progress, () => this.bases.write(before));
  }

  /** The document is what the lesson begins with again, if it stands as some step has it. */
  endWriting(): void {
    const { app, shared } = this;
    if (shared !== app.doc.document && !app.mayEdit()) return;
    this.putShared();
    this.bases.write(null);
    this.mode = 'lesson';
  }

  private putShared(): void {
    const { app, shared } = this;
    if (shared === app.doc.document) return;
    this.put(shared);
    app.tell(
      'info',
      'The document is what the lesson begins with again: Undo brings the settings back.',
    );
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
    if (this.app.mayEdit()) this.beginWith(this.shared);
  }

  private beginWith(base: PipelineDocument): void {
    this.attempt++;
    this.bases.write(null);
    this.keep(begun(base));
    this.isLed = true;
    this.enter(0, false);
  }

  /** Own changes give way, and Undo brings them back. @param original the document as it was opened */
  beginAsItCame(original: PipelineDocument): void {
    const { app } = this;
    if (!app.mayEdit()) return;
    const { lesson } = original;
    const found = documentAt(original, null, { ...app.doc.document, ...(lesson && { lesson }) });
    if (!found.ok) return this.refuse(found.error);
    this.put(found.value);
    this.bases.write(null);
    const { progress } = this;
    // It was begun so, and changed since: what was answered then is there again.
    if (progress && lessonDigest(progress.base) === lessonDigest(original))
      return this.enter(progress.at);
    this.beginWith(app.doc.document);
    if (progress) this.offerAnswers(progress);
  }

  /** Shows a step and puts its settings into the document, which is one step of undo; the last one is the end. */
  enter(at: number, hadOwnEdits = this.isElsewhere): void {
    const { progress, app } = this;
    if (!progress || !app.mayEdit()) return;
    // Where nothing else is shown nobody has to be led to it.
    this.isLed ||= at !== progress.at;
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
    if (!next || sameWork(next, app.doc.document) || !app.mayEdit()) return false;
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
    // Text that cannot be read is not to be lost for the step's settings.
    if (!app.mayEdit()) return;
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
    if (!progress || !this.app.mayEdit()) return;
    const hadOwnEdits = this.isElsewhere;
    this.attempt++;
    this.keep(begun(progress.base));
    this.isLed = true;
    this.offerAnswers(progress);
    this.enter(0, hadOwnEdits);
  }

  /** What was answered is gone with one press, so one press brings it back. @param first is done before */
  private offerAnswers(progress: LessonProgress, first = (): void => {}): void {
    const { app } = this;
    const { workId } = app.doc;
    if (progress.steps.every(({ isRun, guess }) => !isRun && guess === undefined)) return;
    app.messages.show('info', 'The answers so far were put away.', {
      label: 'Bring the answers back',
      run: () => {
        if (app.doc.workId !== workId || !app.mayEdit()) return;
        first();
        this.attempt++;
        this.keep(progress);
        // The button is gone with the message.
        app.messages.clear();
        if (this.mode !== 'lesson') return;
        this.isLed = app.view.tab === 'lesson';
        this.putSettings();
      },
    });
  }

  /** @param environment where it was run; null: it was predicted */
  note(at: number, news: StepProgress, environment: MeasuredEnvironment | null = null): void {
    const { progress } = this;
    if (!progress) return;
    this.keep({
      ...progress,
      ...(environment && { environment }),
      steps: progress.steps.with(at, news),
    });
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
    const isKept = keepProgress(this.app.services.settings, workId, progress);
    this.own = { workId, progress, isKept };
  }
}

const desks = new WeakMap<App, LessonDesk>();

/** One for a page. */
export function lessonDesk(app: App): LessonDesk {
  // It outlives the panel that asks for it first.
  if (!desks.has(app)) $effect.root(() => void desks.set(app, new LessonDesk(app)));
  return desks.get(app)!;
}
