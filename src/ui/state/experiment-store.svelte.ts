import type { Contender, Experiment, ExperimentState } from '../../explore/experiment.ts';
import type { RunReport } from '../../engine/runner.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';

/** What an experiment is for: each kind is shown in a panel of its own, which keeps its last one. */
export type ExperimentKind = 'speedup' | 'comparison' | 'scaling' | 'what-if' | 'baseline';

export interface ExperimentPlan {
  kind: ExperimentKind;
  /** What the progress is called: "Speedup". */
  title: string;
  /** What all contenders are settings of. */
  document: PipelineDocument;
  pipeline: Pipeline;
  /** The first is what the others are compared with. */
  contenders: readonly (Contender & {
    set?: Readonly<Record<string, unknown>>;
    /** The document as it was then, with nothing set. */
    isThis?: true;
  })[];
  /** Settings that the document does not allow, and why. */
  leftOut?: readonly { name: string; why: string }[];
  /** After this the interval is shown as it stands, ms. At least the first look is always made. */
  budgetMs: number;
}

/** An experiment under way, or what came of it. */
export interface MeasuredExperiment {
  plan: ExperimentPlan;
  state: ExperimentState | null;
  /** The latest run of each contender. */
  reports: readonly (RunReport | null)[];
  /** How long the next look still takes; null: it cannot be told, or there is none to come. */
  lookLeftMs: number | null;
  elapsedMs: number;
  /** Of the latest news of it, ms since 1970. */
  asOfMs: number;
  /** The tab was hidden during one of the runs: browsers slow hidden tabs. */
  wasHidden: boolean;
}

/** Settings measured on the live machine, interleaved; one experiment at a time. See `conduct-experiment.ts`. */
export class ExperimentStore {
  running = $state(false);
  stopping = $state(false);
  /** The one that runs, or ran last. */
  kind: ExperimentKind = $state('speedup');
  /** The last one of each kind. */
  measured: Readonly<Partial<Record<ExperimentKind, MeasuredExperiment>>> = $state.raw({});
  readonly now: MeasuredExperiment | null = $derived(this.measured[this.kind] ?? null);
  /** Set while one runs. */
  handle: Experiment | null = null;

  isRunning(kind: ExperimentKind): boolean {
    return this.running && this.kind === kind;
  }

  stop(): void {
    if (!this.running) return;
    this.stopping = true;
    this.handle?.stop();
  }

  /**
   * Another document is there: stops measuring, and nothing measured so far is shown any more. Gives
   * the document that was being measured, or null when none was.
   */
  abandon(): PipelineDocument | null {
    const abandoned = this.running ? (this.now?.plan.document ?? null) : null;
    this.measured = {};
    this.stop();
    return abandoned;
  }
}
