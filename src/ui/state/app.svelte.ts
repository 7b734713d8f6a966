import { getAt, withAt } from '../../pipeline/pointer.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { RunError } from '../../engine/runner.ts';
import { liveStates, noPeaks, noStates, peaksOf, type StageState } from '../graph/stage-state.ts';
import type { SavedWorkspace, Services } from '../services.ts';
import { asSentence } from './error-sentence.ts';
import { emptyDocument } from './snapshot.ts';
import { GraphEdits } from './graph-edits.svelte.ts';
import { DocumentStore } from './document-store.svelte.ts';
import { forgetDocument } from './forget-document.ts';
import { Announcer } from './announcer.svelte.ts';
import { MessageStore, noWorkers } from './messages.svelte.ts';
import { PredictionStore } from './prediction-store.svelte.ts';
import { RunStore, type FinishedRun } from './run-store.svelte.ts';
import { ExperimentStore } from './experiment-store.svelte.ts';
import { sourceItems } from './source-items.ts';
import { TimelineStore } from './timeline-store.svelte.ts';
import { ViewStore } from './view.svelte.ts';
import { newWork, workIn } from './work.ts';

/** The page: its parts, and the actions that touch more than one of them. */
export class App {
  readonly services: Services;
  readonly doc = new DocumentStore();
  readonly view = new ViewStore();
  readonly messages = new MessageStore();
  readonly announcer = new Announcer();
  readonly prediction: PredictionStore;
  readonly runs: RunStore;
  readonly timeline: TimelineStore;
  readonly experiment = new ExperimentStore();
  readonly graph = new GraphEdits(this);
  /** Until what was left open is back; then whether a link was opened on top. null: nothing is on its way. */
  opening: Promise<boolean> | null = null;
  /** What else has the machine to itself: the claims ledger; null: nothing. */
  other: { stop(): void } | null = $state.raw(null);
  readonly busy: boolean = $derived.by(
    () =>
      this.runs.running ||
      this.experiment.running ||
      this.prediction.calibrating ||
      this.other !== null,
  );
  /** Syntax errors of each stage's code, from the compiler. */
  codeProblems: ReadonlyMap<string, RunError[]> = $state.raw(new Map());

  constructor(services: Services) {
    this.services = services;
    this.prediction = new PredictionStore(services, (pipeline) => this.sourceItems(pipeline));
    this.runs = new RunStore(services);
    this.timeline = new TimelineStore(this.doc, this.prediction, this.runs);
  }

  // ── what the graph shows ────────────────────────────────────────────────────────────────────

  /** Of the cursor's instant, else of this moment of the run; empty: nothing to show. */
  readonly stageStates: ReadonlyMap<string, StageState> = $derived.by(() => {
    const { cursorMs, pressure } = this.timeline;
    if (cursorMs !== null && pressure) return pressure.lookup.at(cursorMs);
    void this.runs.version;
    return this.runs.progress ? liveStates(this.runs.progress) : noStates;
  });
  readonly queuePeaks: ReadonlyMap<string, number> = $derived.by(() =>
    // Where no level is shown none has to be worked out: of a million tasks that takes a while.
    this.stageStates.size === 0
      ? noPeaks
      : peaksOf(this.timeline.main, this.timeline.pressure?.tracks ?? []),
  );

  sourceItems(pipeline: Pipeline): number | null {
    return sourceItems(pipeline, this.services.corpora, this.runs);
  }

  // ── the document ────────────────────────────────────────────────────────────────────────────

  /** Sets one field; undefined takes it back to its default. `key`: part of a gesture. */
  set(pointer: string, value: unknown, key: string | null = null): void {
    if (!this.mayEdit()) return;
    const next = withAt(this.doc.document, pointer, value);
    if (next === null) return;
    this.doc.change(next, key);
    // Before the page is drawn anew: the simulator works meanwhile.
    this.prediction.follow(this.doc.pipeline);
  }

  isSet(pointer: string): boolean {
    return getAt(this.doc.document, pointer) !== undefined;
  }

  /** The first error at this field or below it. */
  problemAt(pointer: string): string | null {
    const at = this.doc.errors.find(
      (problem) => problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`),
    );
    return at?.message ?? null;
  }

  /** Says something of the document as it is now, until that changes or `until` holds; nothing moves for it. */
  tell(severity: 'info' | 'error', text: string, until = (): boolean => false): void {
    const { document } = this.doc;
    this.messages.tell(severity, text, () => this.doc.document !== document || until());
  }

  /** Says why when not. */
  mayEdit(): boolean {
    if (!this.doc.textBroken) return true;
    this.messages.show(
      'warning',
      'The text in the Document tab cannot be read yet: mend it there, or discard it, then edit here.',
      { label: 'Discard the text', run: () => this.doc.discardText() },
      () => !this.doc.textBroken,
    );
    return false;
  }

  /** One step back; a step into another document is said. */
  undo(): void {
    if (!this.doc.canUndo) return;
    if (this.busy && this.doc.opened !== null) {
      this.messages.show(
        'info',
        'A run of this document is going on: stop it before you undo opening it.',
      );
      return;
    }
    const { opened, isMeasured } = this.doc.present;
    this.doc.undo();
    if (isMeasured) this.tell('info', 'Undid what the run measured; Redo brings it back.');
    if (opened === null) return;
    forgetDocument(this, 'Redo');
    this.messages.show(
      'info',
      `Undid opening ${opened}: this is ${this.doc.title} as you left it.`,
      { label: 'Redo', run: () => this.redo() },
    );
  }

  redo(): void {
    if (!this.doc.canRedo) return;
    this.doc.redo();
    const { opened, title } = this.doc;
    if (opened === null) return;
    forgetDocument(this);
    this.messages.show('info', `Redid opening: this is ${title} again.`, {
      label: 'Undo',
      run: () => this.undo(),
    });
  }

  /** `gallery`: the title of the entry it is; none: it came from elsewhere. */
  open(document: PipelineDocument, gallery?: string): void {
    this.doc.open(document, newWork(gallery));
    forgetDocument(this);
  }

  /** Earlier work, with what was typed last on top. */
  openSaved({ text, lastGood, ...saved }: SavedWorkspace): void {
    this.doc.openSaved(text, lastGood, workIn(saved));
    forgetDocument(this);
    if (this.doc.textBroken) this.view.tab = 'document';
  }

  /** A document to begin with; the one before stays one undo away. */
  openNew(): void {
    this.open(emptyDocument);
    const [stage] = emptyDocument.stages;
    if (stage) this.view.select({ kind: 'stage', id: stage.id });
  }

  openText(text: string): void {
    this.doc.openText(text);
    forgetDocument(this);
    if (this.doc.textBroken) {
      this.view.tab = 'document';
      this.messages.show(
        'error',
        asSentence(this.doc.errors[0]?.message ?? 'That is no pipeline document.'),
        undefined,
        () => !this.doc.textBroken,
      );
    }
  }

  // ── running ─────────────────────────────────────────────────────────────────────────────────

  /** The document as it can be run; null after saying what stands in the way. */
  runnable(pipeline = this.doc.pipeline): Pipeline | null {
    if (!this.services.environment.workers) {
      this.messages.showLasting('error', noWorkers);
      return null;
    }
    const { errors } = this.doc;
    if (pipeline === null) {
      this.messages.show(
        'error',
        asSentence(errors[0]?.message ?? 'The document cannot be run.'),
        undefined,
        () => this.doc.pipeline !== null,
      );
      if (this.doc.textBroken) this.view.tab = 'document';
      return null;
    }
    if (pipeline.source.kind === 'files' && this.runs.files.length === 0) {
      this.view.select({ kind: 'source' });
      this.messages.show(
        'warning',
        'This pipeline reads files you choose: pick files or a folder at the source, or drop them on the page.',
        undefined,
        () => this.runs.files.length > 0 || this.doc.document.source?.kind !== 'files',
      );
      return null;
    }
    return pipeline;
  }

  /** Runs the code for what it costs: an answer out of the cache would tell nothing of that. */
  async measure(): Promise<void> {
    const run = await this.run('off');
    const { pipeline } = this.doc;
    if (!run || !pipeline) return;
    const { whyUnmeasured } = await import('./unmeasured.ts');
    const why = whyUnmeasured(pipeline, run.report);
    if (why !== null) this.tell('info', why);
  }

  /**
   * To be asked before anything is run: nobody means the empty document that stands there until what was left open has
   * come back, which is waited for, nor what a link has brought unseen: then true.
   */
  async isReplaced(): Promise<boolean> {
    return this.opening !== null && !this.doc.canUndo && (await this.opening);
  }

  /** Gives what came of it; null: it did not begin, or was abandoned. */
  async run(cache: 'on' | 'off' = 'on'): Promise<FinishedRun | null> {
    // Else it begins at once: whoever asks next sees that it runs.
    if (this.opening && (await this.isReplaced())) return null;
    const pipeline = this.busy ? null : this.runnable();
    if (!pipeline) return null;
    this.messages.clear();
    const prediction = this.prediction.pipeline === pipeline ? this.prediction.prediction : null;
    try {
      const { document, work } = this.doc.present;
      // Comes while the run goes on: no part of the first screen.
      const finishing = import('./finish-run.ts').catch(() => null);
      const run = await this.runs.run({ document, work, pipeline, prediction }, cache);
      const loaded = run && (await finishing);
      // Another document may have come meanwhile: what this one came to is nothing to it.
      if (run === null || this.runs.last !== run) return run;
      this.doc.measured = [];
      if (loaded) loaded.finishRun(this, run);
      else
        this.messages.show(
          'warning',
          `${run.report.error ? `${asSentence(run.report.error.message)} ` : ''}What the run measured could not be put into the document: check the connection and run it again.`,
        );
      return run;
    } catch (error) {
      this.messages.show('error', `The run broke off: ${(error as Error).message}`);
      return null;
    }
  }

  stop(): void {
    this.runs.stop();
    this.experiment.stop();
    this.other?.stop();
  }

  async measureSpeedup(): Promise<void> {
    if (await this.isReplaced()) return;
    const loaded = await import('../compare/measure-speedup.ts').catch(() => null);
    if (loaded) await loaded.measureSpeedup(this);
    else
      this.messages.show(
        'error',
        'The speedup could not be measured: check the connection and try again.',
      );
  }

  isCodeStage(id: string | undefined): boolean {
    return this.doc.document.stages.some((s) => s.id === id && s.work.kind === 'code');
  }
}
