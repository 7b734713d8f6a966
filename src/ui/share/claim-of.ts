import { formatCount } from '../../base/units.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { whyUseless } from '../../explore/comparable.ts';
import type { RunEnvironment } from '../../engine/runner.ts';
import type { ClaimedResult } from '../../share/link/link-content.ts';
import type { App } from '../state/app.svelte.ts';
import { asSentence } from '../state/error-sentence.ts';
import { sameWork } from '../state/same-work.ts';
import { ownSeries, type OwnRuns } from '../targets/measured-times.ts';
import { predictedSchedule } from './predicted-schedule.ts';

/** What was measured, before anything is predicted. */
export type MeasuredClaim = Omit<ClaimedResult, 'schedule'>;

/**
 * What the reader has measured of the document as it stands now: the runs of an experiment, best one with the
 * sequential runs beside them, else the last run; with the digest of the schedule predicted for it. null: nothing
 * that could be claimed.
 */
export async function claimOf(app: App): Promise<ClaimedResult | null> {
  const measured = measuredClaim(app);
  return measured.ok ? withSchedule(app, measured.value) : null;
}

/**
 * The same with the predicted schedule, which takes a simulation; without one where none can be had, or `signal` says that
 * nobody waits for it any longer.
 * @param pipeline what is shared: with other models it is predicted otherwise
 */
export async function withSchedule(
  app: App,
  measured: MeasuredClaim,
  pipeline = app.doc.pipeline,
  signal?: AbortSignal,
): Promise<ClaimedResult> {
  const schedule =
    pipeline && (await predictedSchedule(app, pipeline, undefined, signal).catch(() => null));
  return { ...measured, schedule };
}

/** What there is to claim, or why there is nothing, in a sentence. */
export function measuredClaim(app: App): Result<MeasuredClaim> {
  if (app.busy) return fail('Something runs now: wait for its end.');
  const series = ownSeries(app);
  const best = series.find(({ sequentialMs }) => sequentialMs !== null) ?? series[0];
  return best ? ok(claimOfSeries(best)) : claimOfLastRun(app);
}

function claimOfSeries(series: OwnRuns): MeasuredClaim {
  const { makespansMs, sequentialMs, report, resultsVary, wasHidden, endedAtMs } = series;
  const { environment, resultsDigest } = report;
  return {
    measuredAt: new Date(endedAtMs).toISOString(),
    environment: inFewDigits(environment, wasHidden),
    makespans: makespansMs.map(inUs),
    ...(sequentialMs && { sequential: sequentialMs.map(inUs) }),
    results: resultsVary ? null : resultsDigest,
  };
}

function claimOfLastRun({ runs, doc }: App): Result<MeasuredClaim> {
  const { last } = runs;
  if (last === null) return fail('Nothing was measured yet: run it, or measure its speedup.');
  if (!sameWork(last.document, doc.document))
    return fail('The document has changed since the last run: run it again.');
  const { report, endedAtMs } = last;
  const why = whyUseless(doc.document.name ?? 'Untitled', report);
  if (why !== null) return fail(asSentence(why));
  const { meta } = report.trace;
  const hits = meta.stages.reduce((sum, { cacheHits }) => sum + cacheHits, 0);
  if (hits > 0)
    return fail(
      `The last run took ${formatCount(hits)} of its results out of the cache, so its time is not that of the work: run it without the cache.`,
    );
  return ok({
    measuredAt: new Date(endedAtMs).toISOString(),
    environment: inFewDigits(report.environment),
    makespans: [inUs(meta.makespan)],
    results: report.resultsDigest,
  });
}

/** Clocks of browsers tell no less than 5 µs: more digits would only lengthen the link. Never 0, which no run takes. */
const inUs = (ms: number): number => Math.max(1, Math.round(ms * 1000)) / 1000;

function inFewDigits(
  environment: RunEnvironment | null,
  wasHidden = false,
): ClaimedResult['environment'] {
  if (environment === null) return null;
  const { timerStepMs, hidden } = environment;
  return {
    ...environment,
    timerStepMs: Math.round(timerStepMs * 1000) / 1000,
    hidden: hidden || wasHidden,
  };
}
