import { addStage, connect, disconnect, duplicateStage } from '../../pipeline/edit.ts';
import { removeStage, renameStage } from '../../pipeline/edit-names.ts';
import { unmodelled } from '../../pipeline/needs-model.ts';
import { getAt, withAt } from '../../pipeline/pointer.ts';
import { ok, type Result } from '../../base/result.ts';
import { formatCount } from '../../base/units.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { RunError, RunReport } from '../../engine/runner.ts';
import type { Taken } from '../files/read-input.ts';
import { liveStates, noStates, peaksOf, type StageState } from '../graph/stage-state.ts';
import type { SavedWorkspace, Services } from '../services.ts';
import { asSentence, runErrorSentence } from './error-sentence.ts';
import { emptyDocument } from './snapshot.ts';
import { freeName, namesOf } from './stage-names.ts';
import { DocumentStore } from './document-store.svelte.ts';
import { forgetDocument } from './forget-document.ts';
import { Announcer } from './announcer.svelte.ts';
import { MessageStore, noWorkers } from './messages.svelte.ts';
import { withModels } from './measured-models.ts';
import { PredictionStore } from './prediction-store.svelte.ts';
import { RunStore, type FinishedRun } from './run-store.svelte.ts';
import { SpeedupStore } from './speedup-store.svelte.ts';
import { TimelineStore } from './timeline-store.svelte.ts';
import { ViewStore } from './view.svelte.ts';
import { newWork, workIn } from './work.ts';
import { noProblems } from '../page/check-code.ts';

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
  readonly speedup: SpeedupStore;
  readonly busy: boolean = $derived.by(() => this.runs.running || this.speedup.running);
  /** Syntax errors of each stage's code, from the compiler. */
  codeProblems: ReadonlyMap<string, RunError[]> = $state.raw(noProblems);

  constructor(services: Services) {
    this.services = services;
    this.prediction = new PredictionStore(services, (pipeline) => this.sourceItems(pipeline));
    this.runs = new RunStore(services);
    this.timeline = new TimelineStore(this.doc, this.prediction, this.runs);
    this.speedup = new SpeedupStore(services);
  }

  // ── what the graph shows ────────────────────────────────────────────────────────────────────

  private readonly lookup = $derived.by(() => {
    const { main, models } = this.timeline;
    return main && models ? models.stateLookup(main) : null;
  });
  /** Of the cursor's instant, else of this moment of the run; empty: nothing to show. */
  readonly stageStates: ReadonlyMap<string, StageState> = $derived.by(() => {
    const { cursorMs } = this.timeline;
    if (cursorMs !== null && this.lookup) return this.lookup(cursorMs);
    void this.runs.version;
    return this.runs.progress ? liveStates(this.runs.progress) : noStates;
  });
  readonly queuePeaks: ReadonlyMap<string, number> = $derived.by(() =>
    peaksOf(this.timeline.main, this.timeline.tracks),
  );

  private sourceItems({ source }: Pipeline): number | null {
    if (source.kind === 'files') return this.runs.files.length || null;
    if (source.kind === 'corpus') {
      const corpus = this.services.corpora.find(({ name }) => name === source.corpus);
      if (corpus) return corpus.files;
    }
    if (source.kind !== 'code') return null;
    return this.runs.last?.report.trace.meta.items.emitted ?? null;
  }

  /** Files the reader picked or dropped; a document that reads something else is switched to them. */
  takeFiles({ files, unreadable, isCut }: Taken): void {
    if (unreadable.length > 0) {
      const named = unreadable.slice(0, 3).join(', ') + (unreadable.length > 3 ? ' …' : '');
      this.messages.show('warning', `The browser refused to read ${named}; the rest was taken.`);
    }
    if (files.length === 0) {
      this.messages.show(
        'warning',
        'There was no readable file in what you gave: pick other files.',
      );
      return;
    }
    if (isCut)
      this.messages.show(
        'warning',
        `There are more files than a run takes: ${formatCount(files.length)} of them were taken, the others left out.`,
      );
    this.runs.files = files;
    if (this.doc.document.source?.kind !== 'files')
      this.set('/source', { kind: 'files', files: {} });
    this.view.select({ kind: 'source' });
    this.prediction.request(this.doc.pipeline);
  }

  // ── the document ────────────────────────────────────────────────────────────────────────────

  /** Sets one field; undefined takes it back to its default. `key`: part of a gesture. */
  set(pointer: string, value: unknown, key: string | null = null): void {
    if (!this.mayEdit()) return;
    const next = withAt(this.doc.document, pointer, value);
    if (next !== null) this.doc.change(next, key);
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

  /** Behind this stage; null: fed by the source. */
  addStage(after: string | null): void {
    const { document } = this.doc;
    const added = this.edit(
      addStage(document, { name: freeName(document, 'New stage'), after: after ? [after] : [] }),
    );
    if (added) this.view.select({ kind: 'stage', id: added.id });
  }

  duplicateStage(id: string): void {
    const added = this.edit(duplicateStage(this.doc.document, id));
    if (added) this.view.select({ kind: 'stage', id: added.id });
  }

  /** Gives the stage that takes its place: the next in the list, else the one before; null: refused. */
  removeStage(id: string): string | null {
    const { stages } = this.doc.document;
    const at = stages.findIndex((stage) => stage.id === id);
    const next = (stages[at + 1] ?? stages[at - 1] ?? stages[at])?.id ?? id;
    const removed = this.edit(removeStage(this.doc.document, id));
    if (!removed) return null;
    if (removed.dangling.length > 0) this.tell('info', removed.dangling.join(' '));
    if (this.view.selectedStage() === id) this.view.select({ kind: 'stage', id: next });
    return next;
  }

  /** Gives the sentence that says why it is refused, for the field itself; null: it is done. */
  renameStage(id: string, newId: string): string | null {
    const renamed = renameStage(this.doc.document, id, newId);
    if (!renamed.ok) return asSentence(renamed.error);
    if (!this.take(renamed)) return null;
    // The same stage under another name: its fields stay, and with them the focus.
    this.view.selection = { kind: 'stage', id: newId };
    if (this.view.codeOf?.kind === 'stage' && this.view.codeOf.id === id)
      this.view.codeOf = { kind: 'stage', id: newId };
    return null;
  }

  connect(from: string, to: string): void {
    this.take(connect(this.doc.document, from, to));
  }

  /** Why the edge from the source cannot be taken away. */
  explainSourceEdge(to: string): void {
    const name = namesOf(this.doc.document).get(to) ?? to;
    this.tell(
      'info',
      `“${name}” is fed by the source because no stage comes before it: connect a stage to it and the source lets go.`,
    );
  }

  disconnect(from: string, to: string): void {
    if (!this.take(disconnect(this.doc.document, from, to))) return;
    const child = this.doc.document.stages.find(({ id }) => id === to);
    if (!child?.after?.length)
      this.tell(
        'info',
        `“${child ? stageTitle(child) : to}” has no stage before it any more, so the source feeds it now.`,
      );
  }

  private take(result: Result<PipelineDocument>): boolean {
    const wrapped = result.ok ? ok({ document: result.value }) : result;
    return this.edit(wrapped) !== null;
  }

  /** Takes an edit over, or says why it is refused. */
  private edit<T extends { document: PipelineDocument }>(result: Result<T>): T | null {
    if (!this.mayEdit()) return null;
    if (!result.ok) {
      this.tell('error', asSentence(result.error));
      return null;
    }
    this.doc.change(result.value.document);
    return result.value;
  }

  /** Says something of the document as it is now: the next change of it puts the banner away. */
  private tell(severity: 'info' | 'error', text: string): void {
    const { document } = this.doc;
    this.messages.show(severity, text, undefined, () => this.doc.document !== document);
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
    const { opened } = this.doc;
    this.doc.undo();
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
    this.doc.openText(lastGood ?? text, workIn(saved));
    if (lastGood !== undefined) this.doc.typeText(text);
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
  private runnable(): Pipeline | null {
    if (!this.services.environment.workers) {
      this.messages.showLasting('error', noWorkers);
      return null;
    }
    const { pipeline, errors } = this.doc;
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

  /** Gives what came of it; null: it did not begin, or was abandoned. */
  async run(cache: 'on' | 'off' = 'on'): Promise<FinishedRun | null> {
    const pipeline = this.busy ? null : this.runnable();
    if (!pipeline) return null;
    this.messages.clear();
    const prediction = this.prediction.pipeline === pipeline ? this.prediction.prediction : null;
    try {
      const { document, work } = this.doc.present;
      const run = await this.runs.run({ document, work, pipeline, prediction }, cache);
      if (run) this.afterRun(run);
      return run;
    } catch (error) {
      this.messages.show('error', `The run broke off: ${(error as Error).message}`);
      return null;
    }
  }

  stop(): void {
    this.runs.stop();
    this.speedup.stop();
  }

  private afterRun({ document: ran, report }: FinishedRun): void {
    this.keepModels(ran, report);
    // Hands in a tab's field or editor would lose it.
    const inTab = document.activeElement?.closest('#panel') != null;
    if (!inTab && (this.view.tab === 'notes' || report.failures.length > 0))
      this.view.tab = 'results';
    for (const notice of report.notices) this.messages.show('info', notice);
    const { error, trace } = report;
    if (error) {
      const { stage, line = 1, column = 1 } = error;
      const show = (): void => this.view.editCode({ kind: 'stage', id: stage! }, { line, column });
      const isCode = this.isCodeStage(stage);
      this.messages.show(
        'error',
        runErrorSentence(error, namesOf(ran)),
        isCode ? { label: 'Show the code', run: show } : undefined,
        isCode ? () => codeOf(this.doc.document, stage) !== codeOf(ran, stage) : undefined,
      );
    } else if (trace.meta.ended === 'stalled' || trace.meta.ended === 'failed') {
      this.messages.show('error', trace.meta.note || 'The run did not end well.');
    } else if (
      trace.meta.items.emitted === 0 &&
      trace.meta.ended === 'done' &&
      report.notices.length === 0
    ) {
      this.messages.show('warning', 'The source gave no items, so there was nothing to do.');
    }
  }

  /** What the run measured of its code stages, so that they can be predicted from now on. */
  private keepModels(ran: PipelineDocument, report: RunReport): void {
    if (this.doc.textBroken || report.trace.meta.ended !== 'done') return;
    const next = withModels(this.doc.document, ran, report);
    if (next === null) return;
    const first = this.doc.pipeline !== null && unmodelled(this.doc.pipeline).length > 0;
    if (first) this.doc.fillIn(next);
    else this.doc.absorb(next);
  }

  async measureSpeedup(): Promise<void> {
    if (this.busy) return;
    const pipeline = this.runnable();
    if (!pipeline) return;
    this.view.tab = 'speedup';
    await this.speedup.measure(pipeline, this.doc.present, this.runs.files);
  }

  isCodeStage(id: string | undefined): boolean {
    return this.doc.document.stages.some((s) => s.id === id && s.work.kind === 'code');
  }
}

function codeOf({ stages }: PipelineDocument, id: string | undefined): string | null {
  const work = stages.find((stage) => stage.id === id)?.work;
  return work?.kind === 'code' ? work.source : null;
}
