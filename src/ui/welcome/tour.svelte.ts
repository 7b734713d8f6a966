import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

export const tourSteps = ['graph', 'knob', 'why', 'run'] as const;
export type TourStep = 'offer' | (typeof tourSteps)[number];

/** The gallery's document the tour is given on: it can be predicted at once, and one knob decides. */
export const tourDocument = { entry: 'back-pressure', stage: 'slow', field: 'permits' } as const;

/**
 * Where a newcomer is on the way to having moved one knob and seen why. What it tells is worked out from the
 * predictions that are there, whatever is moved.
 */
export class Tour {
  step: TourStep = $state('offer');
  /** The document it is given on, as it was opened; null: only offered. */
  base: PipelineDocument | null = $state.raw(null);
  /** What was open before, to go back to. */
  earlier = '';
  private workId = '';
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.workId = app.doc.workId;
  }

  /** What was predicted before anything was moved. */
  before: Outcome | null = $state.raw(null);
  /** Something was moved that matters to a run. */
  readonly isMoved: boolean = $derived.by(
    () => this.base !== null && !sameWork(this.base, this.app.doc.document),
  );
  /** What is predicted now; null: it is on its way, or cannot be predicted. */
  readonly now: Outcome | null = $derived.by(() => {
    const { prediction, pipeline } = this.app.prediction;
    if (!prediction || !pipeline || pipeline !== this.app.doc.pipeline) return null;
    return outcomeOf(prediction.trace, pipeline);
  });
  /** The last that was told: during a drag the figures do not go away between two predictions. */
  after: Outcome | null = $state.raw(null);
  readonly stage: StageDocument | null = $derived.by(
    () => this.app.doc.document.stages.find(({ id }) => id === tourDocument.stage) ?? null,
  );
  /** The run of the document as it is now; null: it has not been measured. */
  readonly measured = $derived.by(() => {
    const { runs, doc } = this.app;
    const { last } = runs;
    if (!last || runs.running || last.report.trace.meta.ended !== 'done') return null;
    return sameWork(last.document, doc.document) ? last : null;
  });
  /** Another document was opened, so the tour is over; an offer, once the reader has begun to work. */
  readonly isOver: boolean = $derived.by(() => {
    const { workId, present } = this.app.doc;
    return workId !== this.workId || (this.step === 'offer' && present.work.isEdited);
  });

  /** Takes note of what is predicted; call in an effect. */
  follow(): void {
    const { now, isMoved } = this;
    if (this.step === 'offer' || now === null) return;
    if (!isMoved) {
      this.before = now;
      this.after = null;
    } else {
      this.after = now;
      if (this.step === 'knob') this.step = 'why';
    }
  }

  /** The document for it is open now. */
  begin(earlier: string): void {
    this.earlier = earlier;
    this.base = this.app.doc.document;
    this.workId = this.app.doc.workId;
    this.step = 'graph';
  }

  go(way: 1 | -1): void {
    const at = tourSteps.indexOf(this.step as (typeof tourSteps)[number]);
    const next = tourSteps[at + way];
    if (next !== undefined) this.step = next;
  }

  /** Back to what was open, as far as undo goes back: so many steps are not taken in a tour. */
  goBack(): void {
    const { doc } = this.app;
    while (doc.workId === this.workId && doc.canUndo) this.app.undo();
  }
}
