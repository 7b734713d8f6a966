import type { Page } from 'playwright';
import { formatMs, formatPercent } from '../../src/base/units.ts';
import { textTable } from '../../src/cli/text-table.ts';
import type { Calibration, Overheads } from '../../src/engine/runner.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { signInterval } from '../../src/measure/sign-interval.ts';
import { applySet } from '../../src/pipeline/edit.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { withBenchPage } from './bench-page.ts';
import { stageFigures, type LiveFigures } from './prediction/figures.ts';
import { simulateFit } from './prediction/fit-baseline.ts';
import type { PredictionBenchPage } from './prediction/page.ts';
import { scenarios, type PredictedScenario } from './prediction/scenarios.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 8;
const aim = { median: 0.05, worst: 0.15 };

interface Row {
  scenario: string;
  kind: 'real' | 'synthetic';
  setting: string;
  predictedMs: number;
  measuredMs: number[];
  medianMs: number;
  fastestMs: number;
  /** (predicted − median of measured) ÷ median of measured. */
  error: number;
  // For whoever looks for the reason of an error; `measured` is the last run.
  predicted: LiveFigures['stages'];
  measured: LiveFigures;
  sequential: LiveFigures;
  calibration: Calibration;
  fitted: Overheads;
}

/**
 * `prediction [rounds] [scenario…]`: how far predicted makespans are from measured ones, where the work was fitted to
 * sequential runs and nothing to the settings that are predicted.
 */
export async function runPredictionBench(args: readonly string[]): Promise<void> {
  const rounds = args.map(Number).find((count) => count >= 1) ?? defaultRounds;
  const names = args.filter((arg) => Number.isNaN(Number(arg)));
  const chosen = scenarios.filter(({ id }) => names.length === 0 || names.includes(id));
  if (chosen.length === 0)
    throw new Error(`prediction has ${scenarios.map(({ id }) => id).join(', ')}.`);
  const rows: Row[] = [];
  await withBenchPage('prediction', 'predictionBench', async (page) => {
    for (const scenario of chosen) {
      rows.push(...(await benchScenario(page, scenario, rounds)));
      process.stderr.write('.');
    }
  });
  process.stderr.write('\n');
  for (const kind of ['synthetic', 'real'] as const) {
    const those = rows.filter((row) => row.kind === kind);
    if (those.length === 0) continue;
    console.log(kind === 'real' ? '\nScenarios of code' : '\nSynthetic scenarios');
    console.log(table(those));
    console.log(verdict(those));
    console.log(besideFastest(those));
  }
  console.log(`\nAll of them: ${verdict(rows)}`);
  writeFigures('prediction', rows);
}

/**
 * The sequential baseline and the settings in turns, after an unrecorded run of each. What is fitted is the baseline
 * whose makespan is the median of its own: nothing is known to it of the settings.
 */
async function benchScenario(
  page: Page,
  scenario: PredictedScenario,
  rounds: number,
): Promise<Row[]> {
  const entry = gallery.find(({ id }) => id === scenario.id)!;
  const base = changed(await entry.load(), scenario.shortened ?? {});
  const documents = scenario.settings.map(({ set }) => changed(base, set));
  const calibration = await inPage(page, 'calibrate', []);
  const sequential: LiveFigures[] = [];
  const runs: LiveFigures[][] = documents.map(() => []);
  const turns = [-1, ...documents.keys()];
  for (let round = 0; round <= rounds; round++) {
    // Every other round the other way round: a machine drifts.
    for (const index of round % 2 === 0 ? turns : turns.toReversed()) {
      const found =
        index < 0
          ? await inPage(page, 'runSequential', [base])
          : await inPage(page, 'run', [documents[index]!]);
      if (round > 0) (index < 0 ? sequential : runs[index]!).push(found);
    }
    if (round === 0) await inPage(page, 'forget', []);
  }
  const baseline = indexOfMedian(sequential.map(({ makespanMs }) => makespanMs));
  const fit = await inPage(page, 'fit', [baseline, calibration.overheads]);
  await inPage(page, 'forget', []);
  return documents.map((document, index) => {
    const trace = simulateFit(parseDocument(document).pipeline!, fit);
    const measuredMs = runs[index]!.map(({ makespanMs }) => makespanMs);
    const medianMs = quantileSorted(Float64Array.from(measuredMs).sort(), 0.5);
    const fastestMs = Math.min(...measuredMs);
    const predictedMs = trace.meta.makespan;
    return {
      ...{ scenario: scenario.id, kind: entry.kind, setting: scenario.settings[index]!.name },
      ...{
        predictedMs,
        measuredMs,
        medianMs,
        fastestMs,
        error: (predictedMs - medianMs) / medianMs,
      },
      ...{
        predicted: stageFigures(trace),
        measured: runs[index]!.at(-1)!,
        sequential: sequential[baseline]!,
      },
      ...{ calibration, fitted: fit.overheads },
    };
  });
}

/** Of an even number, the lower one. */
function indexOfMedian(values: readonly number[]): number {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  return order[Math.floor((order.length - 1) / 2)]!;
}

function changed(
  document: PipelineDocument,
  set: Readonly<Record<string, unknown>>,
): PipelineDocument {
  const result = applySet(document, set);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function inPage<Name extends keyof PredictionBenchPage>(
  page: Page,
  name: Name,
  args: Parameters<PredictionBenchPage[Name]>,
): Promise<Awaited<ReturnType<PredictionBenchPage[Name]>>> {
  return page.evaluate(
    ({ name, args }) => {
      const { predictionBench } = globalThis as unknown as { predictionBench: PredictionBenchPage };
      return (predictionBench[name] as (...args: unknown[]) => never)(...args);
    },
    { name, args },
  );
}

function table(rows: readonly Row[]): string {
  const headings = [
    'Scenario',
    'Setting',
    'Predicted',
    'Measured',
    'from – to',
    'Fastest',
    'Error',
  ];
  const cells = rows.map(
    ({ scenario, setting, predictedMs, measuredMs, medianMs, fastestMs, error }) => {
      const [low, high] = signInterval(Float64Array.from(measuredMs).sort(), 0.05);
      return [
        ...[scenario, setting, formatMs(predictedMs), formatMs(medianMs)],
        high === Infinity ? 'too few runs' : `${formatMs(low)} – ${formatMs(high)}`,
        formatMs(fastestMs),
        `${error > 0 ? '+' : ''}${(100 * error).toFixed(1)} %`,
      ];
    },
  );
  return textTable(headings, cells);
}

function verdict(rows: readonly Row[]): string {
  const errors = Float64Array.from(rows, ({ error }) => Math.abs(error)).sort();
  const median = quantileSorted(errors, 0.5);
  const worst = errors.at(-1)!;
  const met = median <= aim.median && worst <= aim.worst;
  return (
    `median error ${formatPercent(median)}, worst ${formatPercent(worst)}: ` +
    `the aim of ${formatPercent(aim.median)} and ${formatPercent(aim.worst)} is ${met ? 'met' : 'missed'}`
  );
}

/** A busy machine disturbs the fastest run least: where this is far better than the verdict, it was busy. */
function besideFastest(rows: readonly Row[]): string {
  const errors = Float64Array.from(rows, ({ predictedMs, fastestMs }) =>
    Math.abs(predictedMs / fastestMs - 1),
  ).sort();
  const ratios = rows.map(({ calibration }) => calibration.twoWorkerRatio);
  return (
    `Beside the fastest run of each: median ${formatPercent(quantileSorted(errors, 0.5))}, worst ${formatPercent(errors.at(-1)!)}. ` +
    `Two workers at once did the work of ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} (2 on a machine that does nothing else).`
  );
}
