import type { Progress } from '../../engine/runner.ts';
import { Standstill } from '../../measure/standstill.ts';
import { TimeLeft, type TimeLeftEstimate } from '../../measure/time-left.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { Pace } from './pace.ts';

/** What is told of a run while it goes on, beside its figures. Loaded with the first run. */
export class RunWatch {
  readonly pace = new Pace();
  private readonly timeLeft: TimeLeft;
  private readonly stops: Standstill;

  constructor(pipeline: Pipeline) {
    this.timeLeft = new TimeLeft(pipeline);
    this.stops = new Standstill(pipeline.stages.map(({ name }) => name));
  }

  left({ trace, total }: Progress): TimeLeftEstimate | null {
    return this.timeLeft.estimate(trace, total);
  }

  standstill({ trace, running }: Progress): string | null {
    return this.stops.at(performance.now(), { tasksDone: trace.tasks.count, running });
  }
}
