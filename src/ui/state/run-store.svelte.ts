import type { InputFile, Progress, RunHandle, RunReport } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Prediction, Services } from '../services.ts';
import { predictionErrors, type PredictionErrors } from './prediction-error.ts';

/** A finished run and what had been predicted for it. */
export interface FinishedRun {
  number: number;
  pipeline: Pipeline;
  report: RunReport;
  errors: PredictionErrors | null;
}

/** Results of older runs are let go: each may hold thousands of outputs. */
const runsKept = 5;
/** Which cache the page's own runs see. */
export const cacheNamespace = 'mine';

export class RunStore {
  state: 'idle' | 'running' | 'stopping' = $state('idle');
  progress: Progress | null = $state.raw(null);
  /** Counts up with every progress: the trace itself grows in place. */
  version = $state(0);
  runs: FinishedRun[] = $state.raw([]);
  readonly last: FinishedRun | null = $derived(this.runs.at(-1) ?? null);
  readonly running: boolean = $derived(this.state !== 'idle');
  /** Files the reader picked or dropped, for documents that read them. */
  files: InputFile[] = $state.raw([]);

  private handle: RunHandle | null = null;
  private count = 0;
  private readonly services: Services;

  constructor(services: Services) {
    this.services = services;
  }

  /** Runs on the live machine; resolves with what came of it, never rejects. */
  async run(pipeline: Pipeline, prediction: Prediction | null): Promise<FinishedRun> {
    this.state = 'running';
    this.progress = null;
    this.version++;
    this.handle = this.services.live.run({
      pipeline,
      cache: 'on',
      cacheNamespace,
      files: this.files,
      onProgress: (progress) => {
        this.progress = progress;
        this.version++;
      },
    });
    try {
      const report = await this.handle.done;
      const errors =
        prediction && !report.error ? predictionErrors(prediction.trace, report.trace) : null;
      const finished = { number: ++this.count, pipeline, report, errors };
      this.runs = [...this.runs, finished].slice(-runsKept);
      return finished;
    } finally {
      this.handle = null;
      this.state = 'idle';
      this.progress = null;
      this.version++;
    }
  }

  stop(): void {
    if (!this.handle) return;
    this.state = 'stopping';
    this.handle.stop();
  }
}
