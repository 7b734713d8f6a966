import type { RunReport, RunRequest, Runner } from '../../../src/engine/runner.ts';
import { simulate } from '../../../src/simulate/simulate.ts';

/** The simulated machine as a live one: each run draws from another seed, as no two live runs are alike. */
export class SimulatingRunner implements Runner {
  readonly requests: RunRequest[] = [];
  clockMs = 0;
  private readonly change: (report: RunReport, request: RunRequest, run: number) => RunReport;

  constructor(
    change: (report: RunReport, request: RunRequest, run: number) => RunReport = (report) => report,
  ) {
    this.change = change;
  }

  run(request: RunRequest) {
    const run = this.requests.push(request);
    const { pipeline, cache } = request;
    const report = simulate({ ...pipeline, seed: pipeline.seed + run }, { cores: 2, cache });
    this.clockMs += report.trace.meta.makespan;
    return {
      done: Promise.resolve(this.change(report, request, run)),
      ...{ stop() {}, pause() {}, resume() {} },
    };
  }
}
