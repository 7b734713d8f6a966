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
  snapshotOfText,
  textOf,
  titleOf,
  type Snapshot,
} from './snapshot.ts';
import { newWork, type Work } from './work.ts';

/** The document being worked on, the truth of the page; every change goes through here and can be undone. */
export class DocumentStore {
  private history: History<Snapshot> = $state.raw(
    startHistory(snapshotOf(emptyDocument, newWork())),
  );
  /** The last step back or forth, until somebody has taken note of it. */
  step: 'undo' | 'redo' | null = null;
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
  readonly canUndo: boolean = $derived(this.history.past.length > 0);
  readonly canRedo: boolean = $derived(this.history.future.length > 0);

  /** A new document; the old one stays one undo away. */
  open(document: PipelineDocument, work: Work = newWork()): void {
    this.history = pushState(this.history, asOpened(snapshotOf(document, work)));
  }

  /** Text from a file or from storage; what cannot be read is kept and shown in the Document tab. */
  openText(text: string, work: Work = newWork()): void {
    this.history = pushState(this.history, asOpened(snapshotOfText(text, this.document, work)));
  }

  /** Work found in storage at the start. Text that cannot be read stands one undo above the last that could. */
  restore(text: string, lastGood?: string, work: Work = newWork()): void {
    this.history = startHistory(snapshotOfText(lastGood ?? text, this.document, work));
    if (lastGood !== undefined)
      this.history = pushState(this.history, snapshotOfText(text, this.document, work));
  }

  /** Work found in storage when something was typed already: that stays, what was found is one undo below. */
  restoreBelow(text: string, work: Work): void {
    const found = snapshotOfText(text, this.document, work);
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
    this.history = insertAbove(this.history, snapshotOf(document, this.present.work));
  }

  /** The same without a step of its own in the way of undo. */
  absorb(document: PipelineDocument): void {
    const { opened, work } = this.present;
    this.history = replaceState(this.history, { ...snapshotOf(document, work), opened });
  }

  private edited(): Work {
    return { ...this.present.work, isEdited: true };
  }

  endGesture(): void {
    this.history = closeStep(this.history);
  }

  undo(): void {
    this.step = 'undo';
    this.history = undo(this.history);
  }

  redo(): void {
    this.step = 'redo';
    this.history = redo(this.history);
  }
}
