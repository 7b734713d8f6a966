import type { Result } from '../../base/result.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from './app.svelte.ts';
import { asSentence } from './error-sentence.ts';

const none: ReadonlySet<string> = new Set();

/** Which stages are selected, and how an edit of them is taken over; the edits themselves: `stage-edits.ts`. */
export class GraphEdits {
  /** Several stages, valid as long as the inspected one is among them. */
  private many: ReadonlySet<string> = $state.raw(none);
  /** The selected stages; the inspected one is among them. */
  readonly selected: ReadonlySet<string> = $derived.by(() => {
    const inspected = this.app.view.selectedStage();
    if (inspected === null) return none;
    if (!this.many.has(inspected)) return new Set([inspected]);
    const { stages } = this.app.doc.document;
    return new Set(stages.flatMap(({ id }) => (this.many.has(id) ? [id] : [])));
  });
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  /** @param inspected the one whose fields are shown: the one before if it is among them, else the first. */
  select(ids: readonly string[], inspected?: string): void {
    const { view } = this.app;
    const before = view.selectedStage();
    const shown = inspected ?? (before !== null && ids.includes(before) ? before : ids[0]);
    this.many = new Set(ids);
    if (shown === undefined) view.select({ kind: 'machine' });
    else if (shown !== before) view.select({ kind: 'stage', id: shown });
  }

  selectAll(): void {
    this.select(this.app.doc.document.stages.map(({ id }) => id));
  }

  /** Takes an edit over as one step of undo, or says why it is refused. */
  take<T extends { document: PipelineDocument }>(result: Result<T>): T | null {
    if (!this.app.mayEdit()) return null;
    if (!result.ok) {
      const { selection } = this.app.view;
      this.app.tell('error', asSentence(result.error), () => this.app.view.selection !== selection);
      return null;
    }
    this.app.doc.change(result.value.document);
    return result.value;
  }
}
