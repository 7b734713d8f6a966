import type { Pipeline, PipelineDocument, Problem } from '../../pipeline/types.ts';
import {
  closeStep,
  insertAbove,
  insertBelow,
  pushState,
  redo,
  replaceState,
  startHistory,
  undo,
  type History,
} from './history.ts';
import {
  asOpened,
  emptyDocument,
  snapshotOf,
  snapshotOfSaved,
  snapshotOfText,
  textOf,
  titleOf,
  type Snapshot,
} from './snapshot.ts';
import type { Placing } from '../graph/layout.ts';
import { samePrediction } from './same-work.ts';
import { newWork, type Work } from './work.ts';

/** The document being worked on, the truth of the page; every change goes through here and can be undone. */
export class DocumentStore {
  history: History<Snapshot> = $state.raw(startHistory(snapshotOf(emptyDocument, newWork())));
  /** The last step back or forth, until somebody has taken note of it. */
  step: 'undo' | 'redo' | null = null;
  /** Where the reader put the nodes of the graph; null: they stand by the layout. No part of the document. */
  arranged: Placing | null = $state.raw(null);
  /** The document each time the last run put in what it has measured: again when another machine is predicted. */
  measured: readonly PipelineDocument[] = $state.raw([]);
  readonly present: Snapshot = $derived(this.history.present);

  readonly document: PipelineDocument = $derived(this.present.document);
  readonly problems: Problem[] = $derived(this.present.problems);
  readonly errors: Problem[] = $derived(this.problems.filter((p) => p.severity === 'error'));
  readonly pipeline: Pipeline | null = $derived(this.present.pipeline);
  readonly text: string = $derived(textOf(this.present));
  /** The text cannot be read: the graph shows the last version that could, and cannot be edited. */
  readonly textBroken: boolean = $derived(this.present.brokenText !== null);
  readonly title: string = $derived(titleOf(this.present));
  /** The last step brought in another document, called so; null: it was an edit. */
  readonly opened: string | null = $derived(this.present.opened);
  /** Edits keep it, another document has another. */
  readonly workId: string = $derived(this.present.work.id);
  /** What one undo brings back; null: there is none. */
  readonly before: Snapshot | null = $derived(this.history.past.at(-1) ?? null);
  readonly canUndo: boolean = $derived(this.history.past.length > 0);
  readonly canRedo: boolean = $derived(this.history.future.length > 0);

  /** A new document; the old one stays one undo away. */
  open(document: PipelineDocument, work: Work = newWork()): void {
    this.history = pushState(this.history, asOpened(snapshotOf(document, work)));
  }

  /** Text from a file; what cannot be read is kept and shown in the Document tab. */
  openText(text: string): void {
    // Never with the document before as its last good one: it would be saved as this one's.
    const opened = snapshotOfText(text, emptyDocument, newWork());
    this.history = pushState(this.history, asOpened(opened));
  }

  /** Work found in storage; `lastGood`: the last that could be read of what is typed in `text`. */
  openSaved(text: string, lastGood: string | undefined, work: Work): void {
    const opened = snapshotOfSaved(lastGood ?? text, work);
    this.history = pushState(this.history, asOpened(opened));
    if (lastGood !== undefined)
      this.history = pushState(this.history, snapshotOfText(text, opened.document, work));
  }

  /** Work found in storage at the start. Text that cannot be read stands one undo above the last that could. */
  restore(text: string, lastGood?: string, work: Work = newWork()): void {
    const found = snapshotOfSaved(lastGood ?? text, work);
    this.history = startHistory(found);
    if (lastGood !== undefined)
      this.history = pushState(this.history, snapshotOfText(text, found.document, work));
  }

  /** Work found in storage when something was typed already: that stays, what was found is one undo below. */
  restoreBelow(text: string, work: Work): void {
    const found = snapshotOfSaved(text, work);
    this.history = insertBelow(replaceState(this.history, asOpened(this.present)), found);
  }

  /** `key`: edits of one gesture (a drag, typing in one field) share it and are one undo. */
  change(document: PipelineDocument, key: string | null = null): void {
    this.history = pushState(this.history, snapshotOf(document, this.edited()), key);
  }

  typeText(text: string): void {
    if (text === this.text) return;
    const typed = snapshotOfText(text, this.document, this.edited());
    this.history = pushState(this.history, typed, 'text');
  }

  /** Give up what was typed and cannot be read; it stays in the redo list's reach by undo. */
  discardText(): void {
    this.history = pushState(this.history, snapshotOf(this.document, this.edited()));
  }

  /** What a run measured, as a step of its own; nobody's edit. */
  fillIn(document: PipelineDocument): void {
    this.measured = [...this.measured, document];
    this.history = insertAbove(this.history, {
      ...snapshotOf(document, this.present.work),
      isMeasured: true,
    });
  }

  /** The same without a step of its own in the way of undo. */
  absorb(document: PipelineDocument): void {
    this.measured = [...this.measured, document];
    this.history = replaceState(this.history, {
      ...this.present,
      ...snapshotOf(document, this.present.work),
      opened: this.present.opened,
    });
  }

  /** The graph is arranged anew: a step like an edit. `key`: as of `change`. */
  arrange(to: Placing | null, ids: readonly string[], key: string | null = null): void {
    const { document, pipeline, problems, brokenText, work, moved } = this.present;
    const isJoined = key !== null && key === this.history.openKey;
    const from = isJoined && moved ? moved.from : this.arranged;
    const plain = { document, pipeline, problems, brokenText, opened: null, work };
    this.history = pushState(this.history, { ...plain, moved: { from, to, ids } }, key);
    this.arranged = to;
  }

  /** It would run and be predicted as it was `before`, but for what the last run has measured. */
  isStill(before: PipelineDocument): boolean {
    return samePrediction(before, this.document, this.measured);
  }

  private edited(): Work {
    return { ...this.present.work, isEdited: true };
  }

  endGesture(): void {
    this.history = closeStep(this.history);
  }

  undo(): void {
    const { moved } = this.present;
    if (moved) this.arranged = moved.from;
    else this.step = 'undo';
    this.history = undo(this.history);
  }

  redo(): void {
    this.history = redo(this.history);
    const { moved } = this.present;
    if (moved) this.arranged = moved.to;
    else this.step = 'redo';
  }
}
