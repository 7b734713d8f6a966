import type { Plan } from '../../engine/plan.ts';
import type { Delay, DispatchTrick } from '../../engine/runner.ts';
import type { FrameError } from '../border.ts';
import type { CompiledCode } from '../compile/unit.ts';
import type { Asks } from './asks.ts';
import type { RunClock } from './clock.ts';
import type { Reporter } from './reporter.ts';
import type { Results } from './results.ts';
import type { SourceFeed } from './source-feed.ts';
import type { StageWorker } from './worker-link.ts';

/** What a live machine is made of; one of each for a run. */
export interface LiveMachineParts {
  plan: Plan;
  code: CompiledCode;
  clock: RunClock;
  makeWorker(name: string): StageWorker;
  turnsPerMs: number;
  /** Tasks that each worker practises on before it loads any code. */
  practice: number;
  timerStepMs: number;
  /** Stages slowed down, by id. */
  delays?: Readonly<Record<string, Delay>>;
  /** Dispatch without these; absent: with all. */
  without?: readonly DispatchTrick[];
  feed: SourceFeed;
  cachePort: MessagePort | null;
  /** Answers what stage code asks of the run as a whole; absent: nobody asks (a rehearsal). */
  asks?: Asks | undefined;
  reporter: Reporter;
  results: Results;
  /** The run is over (or could not go on: then with why). */
  over(error: FrameError | null): void;
}
