import { formatCount } from '../../base/units.ts';
import type { RunReport } from '../../engine/runner.ts';
import { cpuByItem } from '../../measure/cost-by-size.ts';
import { medianMs } from '../../measure/median.ts';
import { fitPowerLaw, type SizeCost } from '../../measure/power-law.ts';
import { pairedSpeedup } from '../../measure/speedup.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { CurveTrial } from '../../scenarios/claims/claim.ts';
import { whyUseless } from '../comparable.ts';
import type { CurveJob } from './jobs.ts';
import type { CurveOutcome, CurvePoint, Interval, TrialOutcome } from './outcome.ts';
import { fewWords, intervalOf, isEnough, Looks } from './looks.ts';
import { judgeRatio } from './verdict.ts';
import { notesOf, unevenWords, untold } from './words.ts';
import type { Measuring, World } from './world.ts';

/** A time of so many steps of the clock is read to 5 %. */
const stepsMin = 20;

/** What one run showed: costs of either way at each size, n ascending. */
type Curve = CurvePoint[];

/**
 * Runs a document with both ways in it, after an unrecorded warm-up: again and again where time is the cost, once
 * where it is counted.
 */
export async function* measureCurve(job: CurveJob, world: World): Measuring {
  const { tests } = job;
  const { pipeline } = job.settings[0]!;
  const isTimed = tests[0]!.trial.cost === 'time';
  const series = {};
  const looks = new Looks(isTimed ? world.looks : [1]);
  const reports: RunReport[] = [];
  for (let run = isTimed ? 0 : 1; ; run++) {
    const report = await world.runner.run({
      ...{ pipeline, cache: 'off', cacheNamespace: world.cacheNamespace },
      series,
      keepResults: !isTimed,
    }).done;
    if (world.runner.isStopped) return null;
    const why = whyUseless('The document', report) ?? whyUnequal(report);
    if (why !== null) return tests.map(({ trial }) => untold(trial.name, '×', why));
    if (run > 0) reports.push(report);
    const next = looks.next(run);
    world.onShare((run + 1) / (next + 1));
    if (run !== next) continue;
    const votes = looks.votes(run);
    const told = tests.map(({ trial }) =>
      judged(trial, { pipeline, reports, seed: world.seed, votes }),
    );
    const outcomes = told.map(({ outcome }) => outcome);
    if (looks.isLast(run) || told.every((one) => one.isEnough)) return outcomes;
    yield outcomes;
  }
}

/** The document fails each item on which the two give different results. */
function whyUnequal({ trace, failures }: RunReport): string | null {
  const { failed } = trace.meta.items;
  if (failed === 0) return null;
  const first = failures[0]?.message;
  return `The two do not give the same: ${failed} of ${trace.meta.items.emitted} items failed${first ? ` (${first})` : ''}.`;
}

interface Seen {
  pipeline: Pipeline;
  reports: readonly RunReport[];
  seed: number;
  votes: number;
}

function judged(
  trial: CurveTrial,
  { pipeline, reports, seed, votes }: Seen,
): { outcome: TrialOutcome; isEnough: boolean } {
  const { name, claimed, fromN, cost } = trial;
  const curves = atSharedSizes(reports.map((report) => curveOf(trial, pipeline, report)));
  const curve = curveOutcome(trial, curves);
  const lost = lostWords(pipeline, curve);
  const heldAt = curves.map((points) => heldRatios(points, trial));
  if (heldAt[0]!.length === 0) {
    const note = `At sizes from ${fromN} on there is nothing that the clock could tell apart.`;
    return { outcome: { ...untold(name, '×', note), curve }, isEnough: true };
  }
  const isTimed = cost === 'time';
  // One a run: votes are of so many runs.
  const ratios = heldAt.map((held) => medianMs(held)!);
  const measured = isTimed
    ? intervalOf(pairedSpeedup(ratios, { seed, votes }))
    : counted(curves[0]!, trial);
  const verdict = judgeRatio(measured, claimed);
  const enough = !isTimed || isEnough(measured, claimed);
  const outcome: TrialOutcome = {
    ...{ name, verdict, measured, unit: '×', predicted: null, curve },
    note: notesOf(
      verdict === null && unevenWords(claimed),
      !enough && fewWords(measured.samples, 'runs'),
      lost,
    ),
  };
  return { outcome, isEnough: enough };
}

/** Which sizes have no cost: where the better way is the one too quick, they are those with the most to gain. */
function lostWords(pipeline: Pipeline, { points, unit }: CurveOutcome): string {
  const all = new Set(sizesOf(pipeline).flatMap((size) => size?.n ?? []));
  for (const { n } of points) all.delete(n);
  if (all.size === 0) return '';
  const sizes = [...all].sort((a, b) => a - b).map(formatCount);
  const why = unit === 'ms' ? 'too quick for this browser’s clock' : 'not counted';
  return `Left out: ${sizes.join(', ')} (${why}).`;
}

/** The sizes that each run can tell: a size that only some have would be judged by those alone. */
const atSharedSizes = (curves: readonly Curve[]): Curve[] =>
  curves.map((points) =>
    points.filter(({ n }) => curves.every((other) => other.some((point) => point.n === n))),
  );

/** Before ÷ after at each size that the claim is about. */
const heldRatios = (points: Curve, { fromN, toN = Infinity }: CurveTrial): number[] =>
  points.filter(({ n }) => n >= fromN && n <= toN).map(({ before, after }) => before / after);

/** Counts come out the same each time; the chart shows how they vary with the size. */
function counted(points: Curve, trial: CurveTrial): Interval {
  const held = heldRatios(points, trial);
  const value = medianMs(held)!;
  return { value, low: value, high: value, samples: held.length };
}

function curveOutcome(trial: CurveTrial, curves: readonly Curve[]): CurveOutcome {
  const sizes = [...new Set(curves.flatMap((points) => points.map(({ n }) => n)))];
  const points = sizes
    .sort((a, b) => a - b)
    .map((n): CurvePoint => {
      const at = curves.flatMap((one) => one.filter((point) => point.n === n));
      const middle = (way: 'before' | 'after') => medianMs(at.map((point) => point[way]))!;
      return { n, before: middle('before'), after: middle('after') };
    });
  const before = exponent(points.map(({ n, before }) => ({ n, cost: before })));
  const after = exponent(points.map(({ n, after }) => ({ n, cost: after })));
  return {
    points,
    exponents: before && after && { before, after },
    unit: trial.cost === 'time' ? 'ms' : (trial.unit ?? ''),
  };
}

function exponent(points: readonly SizeCost[]): Interval | null {
  const law = fitPowerLaw(points);
  return law && { value: law.exponent, low: law.low, high: law.high, samples: law.sizes };
}

/** Of one run: medians over its items of a size; sizes that the clock cannot tell are left out. */
function curveOf(trial: CurveTrial, pipeline: Pipeline, report: RunReport): Curve {
  const sizes = sizesOf(pipeline);
  const before = costsOf(trial, trial.before, report, sizes);
  const after = costsOf(trial, trial.after, report, sizes);
  return [...before]
    .flatMap(([n, cost]): CurvePoint[] => {
      const other = after.get(n);
      return other === undefined ? [] : [{ n, before: cost, after: other }];
    })
    .sort((a, b) => a.n - b.n);
}

interface Size {
  n: number;
  times: number;
}

/** What each source item says of itself; others have no size. */
function sizesOf({ source }: Pipeline): (Size | null)[] {
  if (source.kind !== 'values') return [];
  return source.values.map((value) => {
    const { n, times = 1 } = (value ?? {}) as Partial<Size>;
    return typeof n === 'number' && n > 0 ? { n, times } : null;
  });
}

/** The median cost of once at each size. */
function costsOf(
  trial: CurveTrial,
  stage: string,
  report: RunReport,
  sizes: readonly (Size | null)[],
): Map<number, number> {
  if (trial.cost === 'count') return medians(countedCosts(stage, report, sizes));
  const stepMs = report.environment?.timerStepMs ?? 0;
  const taken = [...cpuByItem(report.trace, stage)].flatMap(([number, all]) => {
    const size = sizes[number];
    return size ? all.filter((ms) => ms > 0).map((ms) => ({ ...size, ms })) : [];
  });
  const usualMs = medians(taken.map(({ n, ms }) => ({ n, cost: ms })));
  const costs = medians(taken.map(({ n, times, ms }) => ({ n, cost: ms / times })));
  // By its middle task: were the quick ones of a size left out, the slow ones would stand for it.
  for (const [n, ms] of usualMs) if (ms < stepsMin * stepMs) costs.delete(n);
  return costs;
}

/** What delivered results say of a stage: `{ cost: { [stage id]: number } }`. */
function countedCosts(
  stage: string,
  { results }: RunReport,
  sizes: readonly (Size | null)[],
): SizeCost[] {
  return results.flatMap(({ item, value }) => {
    const size = sizes[Number.parseInt(item, 10)];
    const costs = (value as { cost?: Record<string, unknown> } | null)?.cost;
    const cost = typeof costs === 'object' && costs !== null ? costs[stage] : undefined;
    return size && typeof cost === 'number' && cost > 0 ? [{ n: size.n, cost }] : [];
  });
}

function medians(costs: readonly SizeCost[]): Map<number, number> {
  const bySize = new Map<number, number[]>();
  for (const { n, cost } of costs) {
    const own = bySize.get(n);
    if (own) own.push(cost);
    else bySize.set(n, [cost]);
  }
  return new Map([...bySize].map(([n, own]) => [n, medianMs(own)!]));
}
