import type { Experiment, ExperimentState } from '../../explore/experiment.ts';
import type { InputFile, RunReport } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Services } from '../services.ts';
import { cacheNamespace } from './run-store.svelte.ts';

/** After this the interval is shown as it stands, ms. At least the first look is always made. */
const budgetMs = 60_000;

/** The sequential baseline against the document, interleaved, until the interval is narrow. */
export class SpeedupStore {
  state: ExperimentState | null = $state.raw(null);
  running = $state(false);
  pipeline: Pipeline | null = $state.raw(null);
  startedAtMs = $state(0);
  private experiment: Experiment | null = null;
  private readonly services: Services;

  constructor(services: Services) {
    this.services = services;
  }

  async measure(
    pipeline: Pipeline,
    files: readonly InputFile[],
    onReport: (report: RunReport) => void,
  ): Promise<void> {
    this.running = true;
    this.state = null;
    this.pipeline = pipeline;
    this.startedAtMs = performance.now();
    // Loaded when first asked for: it is no part of the first screen.
    const [{ startExperiment }, { sequentialPipeline }] = await Promise.all([
      import('../../explore/experiment.ts'),
      import('../../explore/sequential.ts'),
    ]);
    const common = { cache: 'off', cacheNamespace, files } as const;
    this.experiment = startExperiment({
      runner: this.services.live,
      contenders: [
        { name: 'sequential', request: { pipeline: sequentialPipeline(pipeline), ...common } },
        { name: 'this document', request: { pipeline, ...common } },
      ],
      seed: pipeline.seed,
      budgetMs,
      now: () => performance.now(),
      onUpdate: (state) => void (this.state = state),
      onReport: (contender, _round, report) => {
        if (contender === 1) onReport(report);
      },
    });
    try {
      this.state = await this.experiment.done;
    } finally {
      this.experiment = null;
      this.running = false;
    }
  }

  stop(): void {
    this.experiment?.stop();
  }
}
