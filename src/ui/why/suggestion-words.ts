import {
  formatAboutMs,
  formatBytes,
  formatCount,
  formatMs,
  formatPercent,
} from '../../base/units.ts';
import type { ExperimentState } from '../../explore/experiment.ts';
import type { Suggestion } from '../../explore/suggestions.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import { formatSpeedup } from '../../measure/speedup.ts';
import { comparisonText, countedRounds, endWords } from '../compare/verdict-words.ts';
import type { Tried } from './suggestion-store.svelte.ts';
import type { WhyFindings } from './why-analysis.ts';
import type { MeasuredExperiment } from '../state/experiment-store.svelte.ts';

/** "predicted from this run 602 ms → 362 ms". `isOfRun`: a run is explained, so that there are two ways. */
export function predictedWords({ basis, before, after }: Suggestion, isOfRun: boolean): string {
  const from = basis === 'run' ? ' from this run' : isOfRun ? ' from the document' : '';
  return `predicted${from} ${formatMs(before.makespanMs)} → ${formatMs(after.makespanMs)}`;
}

/** What they were all predicted from, for below their list. */
export function basisWords({ run, count, replayed, notReplayed, replayError }: Tried): string {
  const best = `The best of ${formatCount(count)} changes tried`;
  const end = '; a prediction until it is measured.';
  const inReplay = 'in a replay of this run, as What if does';
  const simulated = 'by simulating the document';
  if (run === null) return `${best} ${simulated}${end}`;
  if (notReplayed !== null)
    return `${best} ${simulated}, as this run cannot be replayed${end} ${notReplayed}`;
  const doubt =
    Math.abs(replayError) < doubtFrom
      ? ''
      : ` With nothing changed the replay takes ${formatPercent(Math.abs(replayError))} ${replayError < 0 ? 'less' : 'more'} than the run did, so measure before you trust a gain.`;
  if (replayed === count) return `${best} ${inReplay}${end}${doubt}`;
  return `${best}: ${formatCount(replayed)} ${inReplay}, ${formatCount(count - replayed)} ${simulated}${end}${doubt}`;
}

/** A replay that misses the run itself by this share may miss what a change does to it by as much. */
const doubtFrom = 0.1;

/** What else it does: "Latency p95 602 ms → 362 ms; memory stays at 12 KiB." */
export function besides({ before, after }: Suggestion): string {
  const said = (what: string, then: string, now: string): string =>
    then === now ? `${what} stays at ${then}` : `${what} ${then} → ${now}`;
  const memory = [before, after].map(({ memoryPeakBytes }) => formatBytes(memoryPeakBytes));
  const parts = [
    ...(before.delivered > 0
      ? [said('latency p95', formatMs(before.latencyP95Ms), formatMs(after.latencyP95Ms))]
      : []),
    // Nobody has said what its items weigh.
    ...(after.memoryPeakBytes > 0 ? [said('memory', memory[0]!, memory[1]!)] : []),
  ];
  const text = parts.join('; ');
  return text && `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** A run within this share of its lower bound has next to nothing to gain from other settings. */
const muchAboveBound = 0.1;

/** Why there is no suggestion, and what is left to do. */
export function nothingHelps(
  { path, bound }: Pick<WhyFindings, 'path' | 'bound'>,
  { meta }: Trace,
  tried: number,
): string {
  const byStage = new Map<number, number>();
  for (const { stage, startMs, endMs } of path ?? [])
    byStage.set(stage, (byStage.get(stage) ?? 0) + endMs - startMs);
  const [heaviest] = [...byStage].sort((a, b) => b[1] - a[1]);
  const cheaper =
    heaviest && meta.makespan > 0
      ? ` Make ${meta.stages[heaviest[0]]?.name ?? ''} cheaper: it is ${formatPercent(Math.min(1, heaviest[1] / meta.makespan)).replace(' ', '\u00a0')} of the critical path.`
      : '';
  const above = meta.makespan > 0 ? 1 - (bound?.valueMs ?? 0) / meta.makespan : 0;
  const why =
    above < muchAboveBound
      ? 'The work itself is the limit.'
      : `${formatPercent(above)} of it lies above the bound all the same: several changes together may take some of that away, or another graph.`;
  return `No single change helps: of ${formatCount(tried)} tried none shortens the run by 2 % or more. ${why}${cheaper}`;
}

/** Of a measurement that goes on: the interval so far, and how long the next look at it takes. */
export function progressWords({ state, lookLeftMs }: MeasuredExperiment): string {
  if (!state || state.rounds === 0) return 'Measuring: warming up, one run each.';
  const { speedup } = state.comparisons[0] ?? {};
  const pairs = countedRounds(state.rounds, 2);
  const next = lookLeftMs === null ? '' : `, about ${formatAboutMs(lookLeftMs)} to the next look`;
  return speedup
    ? `So far ${formatSpeedup(speedup)} after ${pairs}, narrowing${next}.`
    : `Measuring: ${pairs}${next}.`;
}

/** What a measurement of one suggestion came to, with its interval. */
export function measuredWords({ comparisons, ended, note }: ExperimentState): string {
  const [comparison] = comparisons;
  if (ended === 'failed' || !comparison) return note || 'it could not be measured.';
  const why = ended === null || comparison.differentWork !== null ? '' : ` ${endWords[ended]}`;
  return `${comparisonText(comparison, 'the document without it')}${why}`;
}

/** Edits share what they leave alone, so whatever runs otherwise is another object. Models count, names do not. */
export function runsAlike(a: PipelineDocument, b: PipelineDocument): boolean {
  return (
    a === b ||
    (['stages', 'machine', 'limits', 'source', 'modules', 'seed', 'cache'] as const).every(
      (field) => a[field] === b[field],
    )
  );
}
