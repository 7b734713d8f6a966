import type { Experiment, ExperimentState } from '../../explore/experiment.ts';
import type { InputFile, RunReport } from '../../engine/runner.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { Services } from '../services.ts';
import { lookLeftMs } from './look-left.ts';
import { cacheNamespace, type Work } from './work.ts';

/** After this the interval is shown as it stands, ms. At least the first look is always made. */
const budgetMs = 60_000;

/** The sequential baseline against the document, interleaved, until the interval is narrow. */
export class SpeedupStore {
  state: ExperimentState | null = $state.raw(null);
  running = $state(false);
  stopping = $state(false);
  /** What is compared with its sequential self. */
  measured: { pipeline: Pipeline; document: PipelineDocument } | null = $state.raw(null);
  /** The latest run of each: sequential, this document. */
  reports: readonly [RunReport | null, RunReport | null] = $state.raw([null, null]);
  /** How long the next look still takes; null: it cannot be told, or there is none to come. */
  lookLeftMs: number | null = $state(null);
  private experiment: Experiment | null = null;
  private readonly services: Services;

  constructor(services: Services) {
    this.services = services;
  }

  async measure(
    pipeline: Pipeline,
    { document, work }: { document: PipelineDocument; work: Work },
    files: readonly InputFile[],
  ): Promise<void> {
    this.running = true;
    this.stopping = false;
    this.state = null;
    this.reports = [null, null];
    this.lookLeftMs = null;
    const startMs = performance.now();
    const measured = { pipeline, document };
    this.measured = measured;
    const isShown = (): boolean => this.measured === measured;
    try {
      // Loaded when first asked for: it is no part of the first screen.
      const [{ startExperiment }, { sequentialPipeline }] = await Promise.all([
        import('../../explore/experiment.ts'),
        import('../../explore/sequential.ts'),
      ]);
      // What they count is nothing of the document's; no document's namespace begins like this.
      const namespace = ` speedup of ${cacheNamespace(work)}`;
      const common = { cache: 'off', cacheNamespace: namespace, files } as const;
      this.experiment = startExperiment({
        runner: this.services.live,
        contenders: [
          { name: 'sequential', request: { pipeline: sequentialPipeline(pipeline), ...common } },
          { name: 'this document', request: { pipeline, ...common } },
        ],
        seed: pipeline.seed,
        budgetMs,
        now: () => performance.now(),
        onUpdate: (state) => {
          if (!isShown()) return;
          this.state = state;
          this.lookLeftMs = lookLeftMs(state, performance.now() - startMs, budgetMs);
        },
        onReport: (contender, _round, report) => {
          if (!isShown()) return;
          const [sequential, own] = this.reports;
          this.reports = contender === 0 ? [report, own] : [sequential, report];
        },
      });
      if (this.stopping) this.experiment.stop();
      const ended = await this.experiment.done;
      if (isShown()) this.state = ended;
    } finally {
      this.experiment = null;
      this.running = false;
      this.stopping = false;
    }
  }

  stop(): void {
    if (!this.running) return;
    this.stopping = true;
    this.experiment?.stop();
  }

  /**
   * Another document is there: stops measuring, and nothing measured so far is shown any more. Gives
   * the document that was being measured, or null when none was.
   */
  abandon(): PipelineDocument | null {
    const abandoned = this.running ? (this.measured?.document ?? null) : null;
    this.measured = null;
    this.state = null;
    this.reports = [null, null];
    this.stop();
    return abandoned;
  }
}
