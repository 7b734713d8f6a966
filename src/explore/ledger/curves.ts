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
import { judgeRatio } from './verdict.ts';
import { tooUneven, untold } from './words.ts';
import type { World } from './world.ts';

/** A time of so many steps of the clock is read to 5 %. */
const stepsMin = 20;

/** What one run showed: costs of either way at each size, n ascending. */
type Curve = CurvePoint[];

/**
 * Runs a document with both ways in it, after an unrecorded warm-up: again and again where time is the cost, once
 * where it is counted. null: it was stopped.
 */
export async function measureCurve(job: CurveJob, world: World): Promise<TrialOutcome[] | null> {
  const { tests } = job;
  const { pipeline } = job.settings[0]!;
  const isTimed = tests[0]!.trial.cost === 'time';
  const runs = isTimed ? world.enough : 1;
  const beginMs = world.now();
  const reports: RunReport[] = [];
  for (let run = isTimed ? 0 : 1; run <= runs; run++) {
    const report = await world.runner.run({
      ...{ pipeline, cache: 'off', cacheNamespace: world.cacheNamespace },
      keepResults: !isTimed,
    }).done;
    if (world.runner.isStopped) return null;
    const why = whyUseless('The document', report) ?? whyUnequal(report);
    if (why !== null) return tests.map(({ trial }) => untold(trial.name, '×', why));
    if (run > 0) reports.push(report);
    world.onShare((run + 1) / (runs + 1));
    if (run >= world.looks[0]! && world.now() - beginMs > world.budgetMs) break;
  }
  return tests.map(({ trial }) => judged(trial, pipeline, reports, world.seed));
}

/** The document fails each item on which the two give different results. */
function whyUnequal({ trace, failures }: RunReport): string | null {
  const { failed } = trace.meta.items;
  if (failed === 0) return null;
  const first = failures[0]?.message;
  return `The two do not give the same: ${failed} of ${trace.meta.items.emitted} items failed${first ? ` (${first})` : ''}.`;
}

function judged(
  trial: CurveTrial,
  pipeline: Pipeline,
  reports: readonly RunReport[],
  seed: number,
): TrialOutcome {
  const { name, claimed, fromN } = trial;
  const curves = reports.map((report) => curveOf(trial, pipeline, report));
  const curve = curveOutcome(trial, curves);
  const ratios = curves.flatMap((points) => {
    return medianMs(heldRatios(points, trial)) ?? [];
  });
  if (ratios.length === 0) {
    const note = `At sizes from ${fromN} on there is nothing that the clock could tell apart.`;
    return { ...untold(name, '×', note), curve };
  }
  const measured = trial.cost === 'time' ? timed(ratios, seed) : counted(curves[0]!, trial);
  const verdict = judgeRatio(measured, claimed);
  return {
    ...{ name, verdict, measured, unit: '×', predicted: null, curve },
    note: verdict === null ? tooUneven : '',
  };
}

/** Before ÷ after at each size that the claim is about. */
const heldRatios = (points: Curve, { fromN, toN = Infinity }: CurveTrial): number[] =>
  points.filter(({ n }) => n >= fromN && n <= toN).map(({ before, after }) => before / after);

/** The median of the runs' ratios: one a run, the median over its sizes. */
function timed(ratios: readonly number[], seed: number): Interval {
  const { ratio, low, high, pairs } = pairedSpeedup(ratios, { seed });
  return { value: ratio, low, high, samples: pairs };
}

/** Counts come out the same each time; what varies is the size. */
function counted(points: Curve, trial: CurveTrial): Interval {
  const held = heldRatios(points, trial);
  return {
    ...{ value: medianMs(held)!, low: Math.min(...held), high: Math.max(...held) },
    samples: held.length,
  };
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
  const before = bySize(costsOf(trial, trial.before, report, sizes));
  const after = bySize(costsOf(trial, trial.after, report, sizes));
  return [...before]
    .filter(([n]) => after.has(n))
    .map(([n, costs]): CurvePoint => {
      return { n, before: medianMs(costs)!, after: medianMs(after.get(n)!)! };
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

function costsOf(
  trial: CurveTrial,
  stage: string,
  report: RunReport,
  sizes: readonly (Size | null)[],
): SizeCost[] {
  if (trial.cost === 'count') return countedCosts(stage, report, sizes);
  const stepMs = report.environment?.timerStepMs ?? 0;
  return [...cpuByItem(report.trace, stage)].flatMap(([number, taken]) => {
    const size = sizes[number];
    if (!size) return [];
    return taken
      .filter((ms) => ms > 0 && ms >= stepsMin * stepMs)
      .map((ms) => ({ n: size.n, cost: ms / size.times }));
  });
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

function bySize(costs: readonly SizeCost[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { n, cost } of costs) {
    const own = found.get(n);
    if (own) own.push(cost);
    else found.set(n, [cost]);
  }
  return found;
}
