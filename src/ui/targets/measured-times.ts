import { targetTimes, type TargetTimes } from '../../measure/targets.ts';
import type { Trace } from '../../trace/types.ts';
import type { App } from '../state/app.svelte.ts';
import type { ExperimentKind, MeasuredExperiment } from '../state/experiment-store.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import type { RunReport } from '../../engine/runner.ts';

/** Runs of this document as an experiment measured them. */
export interface OwnRuns {
  makespansMs: readonly number[];
  /** Of the same runs, what targets are held against. */
  times: readonly TargetTimes[];
  /** The latest of them. */
  report: RunReport;
  /** The same work one item after another on one worker, run in turns with them, ms; null: it was not run. */
  sequentialMs: readonly number[] | null;
  /** Results were not the same throughout: from run to run, or against another contender. */
  resultsVary: boolean;
  /** The tab was hidden during one of the runs. */
  wasHidden: boolean;
  /** When they were over, ms since 1970. */
  endedAtMs: number;
}

/** So many runs speak for themselves. */
export const enoughRuns = 12;

/** Those in which the document runs as it is, the one with most runs first. */
const kinds: readonly ExperimentKind[] = ['baseline', 'comparison', 'speedup'];

/** The longest series of runs that some experiment made of the document as it stands; null: there is none. */
export const ownRuns = (app: App): OwnRuns | null => ownSeries(app)[0] ?? null;

/** Each experiment's runs of the document as it stands, the longest series first. */
export function ownSeries({ experiment, doc }: App): OwnRuns[] {
  const series = kinds.flatMap((kind) => {
    const measured = experiment.measured[kind];
    const own = measured && sameWork(measured.plan.document, doc.document) && runsIn(measured);
    return own ? [own] : [];
  });
  return series.sort((a, b) => b.makespansMs.length - a.makespansMs.length);
}

function runsIn({ plan, state, reports, wasHidden, asOfMs }: MeasuredExperiment): OwnRuns | null {
  const at = plan.contenders.findIndex(({ isThis }) => isThis);
  const makespansMs = state?.makespansMs[at];
  const times = state?.targetTimes[at];
  const report = reports[at];
  if (!state || !makespansMs?.length || !times || !report) return null;
  const own = at > 0 ? [state.comparisons[at - 1]] : state.comparisons;
  const resultsVary = own.some((comparison) => comparison?.differentWork != null);
  const isInTurns = plan.kind === 'speedup' && !resultsVary;
  return {
    ...{ makespansMs, times, report, resultsVary, wasHidden, endedAtMs: asOfMs },
    sequentialMs: isInTurns ? (state.makespansMs[0] ?? null) : null,
  };
}

const known = new WeakMap<Trace, TargetTimes>();
/** Worked out once a trace: a knob asks for it with every step. */
export function timesOf(trace: Trace): TargetTimes {
  let times = known.get(trace);
  if (!times) known.set(trace, (times = targetTimes(trace)));
  return times;
}

/** What targets are compared with, and where it is from in words. */
export interface MeasuredTimes {
  runs: readonly TargetTimes[];
  from: string;
  /** Of an earlier state of the document. */
  isStale: boolean;
}

/** The runs of an experiment where there are several, else the last run; null: nothing ran to its end. */
export function measuredTimes(app: App): MeasuredTimes | null {
  const own = ownRuns(app);
  if (own && own.makespansMs.length > 1) {
    const runs = own.times;
    return { runs, from: `medians of ${runs.length} runs of an experiment`, isStale: false };
  }
  const { last } = app.runs;
  if (!last || last.report.error || last.report.trace.meta.ended !== 'done') return null;
  return {
    runs: [timesOf(last.report.trace)],
    from: 'one run, the last one',
    isStale: !sameWork(last.document, app.doc.document),
  };
}
