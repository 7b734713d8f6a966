import type { RunReport } from '../../engine/runner.ts';
import { whyUseless } from '../../explore/comparable.ts';
import { medianMs } from '../../measure/median.ts';
import { signInterval } from '../../measure/sign-interval.ts';
import type { ClaimedResult } from '../../share/link/link-content.ts';
import type { EmbedResult } from './messages.ts';

/** The error of an interval that is called a 95 % one. */
const intervalError = 0.05;
/** More than anybody presses for; a page that repeats runs by message goes on with the newest. */
const runsMax = 1000;

/** The runs of one document in one frame that can be told as its time, and what they come to. */
export class OwnRuns {
  private makespans: number[] = [];
  private results: string | null | undefined;
  private environment: RunReport['environment'] = null;
  private measuredAt = '';

  /** @param at when it ended: ISO 8601, UTC. */
  note(report: RunReport, at: string): void {
    const { meta } = report.trace;
    // An answer out of the cache is not the time of the work.
    const hits = meta.stages.reduce((sum, { cacheHits }) => sum + cacheHits, 0);
    if (hits > 0 || whyUseless('', report) !== null) return;
    this.makespans = [...this.makespans, meta.makespan].slice(-runsMax);
    const isSame = this.results === undefined || this.results === report.resultsDigest;
    this.results = isSame ? report.resultsDigest : null;
    const wasHidden = this.environment?.hidden === true;
    this.environment = report.environment && {
      ...report.environment,
      hidden: report.environment.hidden || wasHidden,
    };
    this.measuredAt = at;
  }

  figures(): Pick<EmbedResult, 'runs' | 'medianMs' | 'intervalMs'> {
    const [low, high] = signInterval(Float64Array.from(this.makespans).sort(), intervalError);
    return {
      runs: this.makespans.length,
      medianMs: medianMs(this.makespans),
      intervalMs: Number.isFinite(high) ? [low, high] : null,
    };
  }

  /** @param schedule of the prediction on an ideal machine. */
  claim(schedule: ClaimedResult['schedule']): ClaimedResult | null {
    const { makespans, results = null, environment, measuredAt } = this;
    if (makespans.length === 0) return null;
    return { measuredAt, environment, makespans: [...makespans], results, schedule };
  }
}
