import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Case } from './arbitrary-case.ts';
import { brokenLaws } from './checkers.ts';
import { Curves } from './curves.ts';
import { flowLaws } from './flow-laws.ts';
import { endOfOrder, littlesLaw, recounts } from './recount-laws.ts';
import { startLaws } from './start-laws.ts';
import { stageVisits } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';
import { watchRun } from './watched-run.ts';

/** Everything that is wrong with a run, in words. */
export function whatIsWrong(run: WatchedRun, document: Case['document']): string[] {
  if (run.wrong.length > 0) return run.wrong;
  const { meta } = run.trace;
  if (meta.ended === 'stalled') return [`the run stalled: ${meta.note}`];
  const untilMs = endOfOrder(run);
  const curves = new Curves(run.samples);
  const visits = run.plan.stages.map(({ index }) => stageVisits(run, index));
  return [
    ...brokenLaws(document, run.trace),
    ...recounts(run, visits, curves, untilMs),
    ...littlesLaw(run, visits, untilMs),
    ...startLaws(run, visits, curves, untilMs),
    ...flowLaws(run, visits, curves, untilMs),
  ];
}

/** Runs a case and judges it. Throws with what is wrong. */
export function judge(found: Case): WatchedRun {
  const { pipeline } = parseDocument(found.document);
  if (!pipeline) throw new Error('The document of this case is not valid.');
  const run = watchRun(pipeline, found);
  const wrong = whatIsWrong(run, found.document);
  if (wrong.length > 0) throw new Error(wrong.slice(0, 5).join('\n'));
  return run;
}
