import { fail, ok, type Result } from '../base/result.ts';
import type { Delay, RunRequest } from '../engine/runner.ts';
import type { Pipeline, Source, Stage } from '../pipeline/types.ts';
import type { Speedup } from '../measure/speedup.ts';
import { scaledDraw } from './cut-work.ts';

/** The most that can be verified: at 90 % all others take ten times as long. */
const verifiedCutMax = 0.9;

/** How many times as long everything else takes, when a stage is to look as if its work were cut by `cut`. */
export const slowdownOf = (cut: number): number => 1 / (1 - cut);

/**
 * Slowing everything else down by 1 ÷ (1 − cut) is, seen from there, cutting one stage's work by `cut` (Curtsinger
 * and Berger, "Coz", SOSP 2015): whatever takes time is made to take that much longer (the other stages' work, all
 * set-ups after the clock's start, arrivals, lingering, backoff, time-outs), and only this stage's work stays.
 * What messages and the scheduler cost is not slowed, so it weighs less than it would; nor is the time that a
 * source's code takes to make its items, but for a source that takes it by waiting this is refused.
 * @returns a sentence why it cannot be done.
 */
export function delayedRequest(
  request: RunRequest,
  stageId: string,
  cut: number,
): Result<RunRequest> {
  if (!(cut > 0 && cut <= verifiedCutMax)) {
    return fail(`A cut can be verified from above 0 up to ${verifiedCutMax * 100} %.`);
  }
  const { pipeline } = request;
  const { source, stages } = pipeline;
  // All that is measured then is the same twice, and the gain would be the cut by arithmetic alone.
  if (stages.length === 1 && source.kind !== 'service' && source.arrivals.kind === 'all') {
    return fail(
      `${stages[0]!.name} is the only stage and its items are there at once, so there is nothing else to slow down: delays cannot verify anything here.`,
    );
  }
  const asking = pipeline.stages.find(
    ({ work }) => work.kind === 'code' && /\bservice\b/.test(work.source),
  );
  if (asking) {
    return fail(
      `${asking.name} seems to ask ctx.service, whose rate is not slowed down with the rest: this cannot be verified by delays.`,
    );
  }
  if (source.kind === 'code' && /\bawait\b|\bwait\(/.test(source.code)) {
    return fail(
      'The source seems to wait for its items, and its code is not slowed down with the rest: this cannot be verified by delays.',
    );
  }
  const factor = slowdownOf(cut);
  const delays: Record<string, Delay> = {};
  for (const { id } of pipeline.stages) {
    delays[id] = { service: id === stageId ? 1 : factor, setup: factor };
  }
  return ok({ ...request, pipeline: delayedPipeline(pipeline, factor), delays });
}

/** What of a document's own times is no stage's work. */
function delayedPipeline(pipeline: Pipeline, factor: number): Pipeline {
  return {
    ...pipeline,
    source: delayedSource(pipeline.source, factor),
    stages: pipeline.stages.map((stage): Stage => ({
      ...stage,
      batch: {
        ...stage.batch,
        linger: stage.batch.linger === null ? null : stage.batch.linger * factor,
      },
      retry: { ...stage.retry, backoff: stage.retry.backoff * factor },
      timeout: stage.timeout === null ? null : stage.timeout * factor,
    })),
  };
}

function delayedSource(source: Source, factor: number): Source {
  const { arrivals } = source;
  const slower = arrivals.kind === 'all' ? arrivals : { ...arrivals, rate: arrivals.rate / factor };
  if (source.kind !== 'service') return { ...source, arrivals: slower };
  const { service } = source;
  return {
    ...source,
    arrivals: slower,
    service: {
      ...service,
      latency: scaledDraw(service.latency, factor),
      rate: service.rate === null ? null : service.rate / factor,
    },
  };
}

/** A share of the makespan taken off, with its interval. */
export interface VerifiedGain {
  gain: number;
  low: number;
  high: number;
  pairs: number;
  /** Digits after the point of a percentage that the interval supports. */
  digits: number;
}

/**
 * The gain that delayed runs show. The delayed makespan ÷ the factor is what the whole would take, so of
 * ratio = plain ÷ delayed the gain is 1 − 1 ÷ (factor · ratio): it grows with the ratio, ends of its interval
 * with those of the ratio's.
 */
export function verifiedGain(ratio: Speedup, cut: number): VerifiedGain {
  const factor = slowdownOf(cut);
  const gainOf = (value: number): number => 1 - 1 / (factor * value);
  const low = gainOf(ratio.low);
  const high = gainOf(ratio.high);
  const halfPercent = 50 * (high - low);
  const digits =
    halfPercent > 0 ? Math.max(0, Math.min(2, Math.ceil(-Math.log10(halfPercent)))) : 1;
  return { gain: gainOf(ratio.ratio), low, high, pairs: ratio.pairs, digits };
}
