import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Case } from './arbitrary-case.ts';
import { bufferLaws } from './buffer-laws.ts';
import { brokenLaws } from './checkers.ts';
import { Curves } from './curves.ts';
import { cacheLaws } from './cache-laws.ts';
import { durationLaws } from './duration-laws.ts';
import { flowLaws } from './flow-laws.ts';
import {
  countsAreRight,
  endOfOrder,
  littlesLaw,
  recounts,
  worstFateCounts,
} from './recount-laws.ts';
import { sourceLaws } from './source-laws.ts';
import { startLaws } from './start-laws.ts';
import { stageVisits } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';
import { watchRun } from './watched-run.ts';

/** Everything that is wrong with a run, in words. */
export function whatIsWrong(run: WatchedRun, found: Case): string[] {
  if (run.wrong.length > 0) return run.wrong;
  const { meta } = run.trace;
  if (meta.ended === 'stalled') return [`the run stalled: ${meta.note}`];
  const untilMs = endOfOrder(run);
  const curves = new Curves(run.samples);
  const visits = run.plan.stages.map(({ index }) => stageVisits(run, index));
  return [
    ...brokenLaws(found.document, run.trace, run.isToldAtOnce),
    ...countsAreRight(run),
    ...worstFateCounts(run, visits),
    // What the scheduler has not heard of is in the record already, and it cannot act on it.
    ...(run.isToldAtOnce
      ? [
          ...recounts(run, visits, curves, untilMs),
          ...littlesLaw(run, visits, untilMs),
          ...startLaws(run, visits, curves, untilMs),
        ]
      : []),
    ...flowLaws(run, visits, curves, untilMs),
    ...bufferLaws(run, visits, curves, untilMs),
    ...durationLaws(run, found),
    ...sourceLaws(run, found.faults?.source.lateMs ?? 0, curves, untilMs),
    ...cacheLaws(run),
  ];
}

/** Runs a case and judges it. Throws with what is wrong. */
export function judge(found: Case): WatchedRun {
  const { pipeline } = parseDocument(found.document);
  if (!pipeline) throw new Error('The document of this case is not valid.');
  const run = watchRun(pipeline, found);
  const wrong = whatIsWrong(run, found);
  if (wrong.length > 0) throw new Error(wrong.slice(0, 5).join('\n'));
  return run;
}
