import type {
  InputFile,
  Progress,
  RunHandle,
  RunReport,
  SilentWorker,
} from '../../engine/runner.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { TimeLeftEstimate } from '../../measure/time-left.ts';
import type { Prediction, Services } from '../services.ts';
import type { NotCompared } from './not-compared.ts';
import type { PredictionErrors } from './prediction-error.ts';
import type { RunWatch } from './run-watch.ts';
import { cacheNamespace, type Work } from './work.ts';

/** What is run, and what was predicted for it before. */
export interface RunInput {
  document: PipelineDocument;
  work: Work;
  pipeline: Pipeline;
  prediction: Prediction | null;
}

/** A run held against its prediction. */
export interface Judgement {
  errors: PredictionErrors | null;
  /** Why the two are not compared; null: they are, or there is nothing to compare. */
  notCompared: NotCompared | null;
}

export interface FinishedRun extends RunInput, Judgement {
  number: number;
  cache: 'on' | 'off';
  report: RunReport;
  /** ms since 1970. */
  endedAtMs: number;
}

/** Results of older runs are let go: each may hold thousands of outputs. */
const runsKept = 5;

/** Lines of a run's log that the page keeps. */
const logLinesMax = 2000;

/** A stage may print without end; its first lines say what its last would. */
function withShortLog(report: RunReport): RunReport {
  const more = report.log.length - logLinesMax;
  if (more <= 0) return report;
  const logOmitted = (report.logOmitted ?? 0) + more;
  return { ...report, log: report.log.slice(0, logLinesMax), logOmitted };
}

export class RunStore {
  state: 'idle' | 'running' | 'stopping' = $state('idle');
  paused = $state(false);
  progress: Progress | null = $state.raw(null);
  /** How long the run still takes; null: it cannot be told yet. */
  left: TimeLeftEstimate | null = $state.raw(null);
  /** That nothing comes to its end, in half a sentence; null: things go on. */
  standstill: string | null = $state(null);
  /** Counts up with every progress: the trace itself grows in place. */
  version = $state(0);
  /** What is being run. */
  current: RunInput | null = $state.raw(null);
  /** Whether it may ask the cache. */
  cache: 'on' | 'off' = 'on';
  runs: FinishedRun[] = $state.raw([]);
  readonly last: FinishedRun | null = $derived(this.runs.at(-1) ?? null);
  readonly running: boolean = $derived(this.state !== 'idle');
  /** Files the reader picked or dropped, for documents that read them. */
  files: InputFile[] = $state.raw([]);
  /** Workers that give no sign of life and were not told to end. */
  readonly silent: readonly SilentWorker[] = $derived.by(() => {
    void this.version;
    return (this.progress?.silent ?? []).filter(({ worker }) => !this.ended.has(worker));
  });

  private ended: ReadonlySet<number> = $state.raw(new Set());
  private handle: RunHandle | null = null;
  private count = 0;
  private readonly services: Pick<Services, 'live'>;

  constructor(services: Pick<Services, 'live'>) {
    this.services = services;
  }

  /** Runs on the live machine; resolves with what came of it, or with null when it was abandoned. */
  async run(input: RunInput, cache: 'on' | 'off' = 'on'): Promise<FinishedRun | null> {
    this.state = 'running';
    this.paused = false;
    this.progress = null;
    this.ended = new Set();
    this.cache = cache;
    this.current = input;
    this.version++;
    // Needed at the end: no part of the first screen.
    const afterRun = import('./after-run.ts').catch(() => null);
    let watch: RunWatch | null = null;
    this.left = null;
    this.standstill = null;
    // Nothing is lost but what it tells if it cannot be loaded.
    import('./run-watch.ts').then(
      ({ RunWatch }) => (watch = new RunWatch(input.pipeline)),
      () => {},
    );
    this.handle = this.services.live.run({
      pipeline: input.pipeline,
      cache,
      cacheNamespace: cacheNamespace(input.work),
      files: this.files,
      onProgress: (progress) => {
        if (this.current !== input) return;
        const show = (): void => {
          this.progress = progress;
          this.left = watch?.left(progress) ?? null;
          this.standstill = watch?.standstill(progress) ?? null;
          this.forgetEnded(progress);
          this.version++;
        };
        if (watch) watch.pace.take(show);
        else show();
      },
    });
    try {
      const report = withShortLog(await this.handle.done);
      if (this.current !== input) return null;
      const judged = (await afterRun)?.judge(input, report, cache);
      if (this.current !== input) return null;
      const finished = {
        ...{ ...input, cache, number: ++this.count, report, endedAtMs: Date.now() },
        ...(judged ?? { errors: null, notCompared: null }),
      };
      this.runs = [...this.runs, finished].slice(-runsKept);
      return finished;
    } catch (error) {
      if (this.current !== input) return null;
      throw error;
    } finally {
      this.handle = null;
      this.current = null;
      this.state = 'idle';
      this.paused = false;
      this.progress = null;
      this.version++;
    }
  }

  stop(): void {
    if (!this.handle) return;
    this.state = 'stopping';
    this.handle.stop();
  }

  /**
   * Another document is there: stops what runs, and nothing of it or of the runs before is shown any
   * more. Gives what was abandoned, or null when nothing ran.
   */
  abandon(): RunInput | null {
    const abandoned = this.current;
    this.runs = [];
    this.current = null;
    this.progress = null;
    this.left = null;
    this.version++;
    this.stop();
    return abandoned;
  }

  /** Ends it as a crash would: nothing is written any more. */
  kill(): void {
    this.handle?.kill?.();
  }

  /** Hands out no further task until it is pressed again; workers end what they were given. */
  togglePause(): void {
    if (!this.handle || this.state !== 'running') return;
    this.paused = !this.paused;
    if (this.paused) this.handle.pause();
    else this.handle.resume();
  }

  /** Ends a worker that gives no sign of life; what it was doing counts as failed or is tried again. */
  endWorker(worker: number): void {
    this.ended = new Set([...this.ended, worker]);
    this.handle?.endWorker?.(worker);
  }

  /** A worker that took the place of an ended one is offered again when it falls silent too. */
  private forgetEnded({ silent = [] }: Progress): void {
    const still = new Set(silent.map(({ worker }) => worker));
    if ([...this.ended].some((worker) => !still.has(worker)))
      this.ended = new Set([...this.ended].filter((worker) => still.has(worker)));
  }
}
