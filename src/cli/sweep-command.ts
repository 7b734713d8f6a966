import { availableParallelism } from 'node:os';
import { csvLine } from '../base/csv.ts';
import { suggest } from '../base/suggest.ts';
import { formatBytes, formatCount, formatMs } from '../base/units.ts';
import { idealOverheads } from '../engine/runner.ts';
import { evaluateTrials } from '../explore/evaluate-trials.ts';
import { tradeOffFront } from '../explore/front.ts';
import { cellCount, sweepAxes, sweepSets } from '../explore/sweep.ts';
import { fewestLost, tradeOffPoints, type Measure } from '../explore/trade-off.ts';
import type { TrialOutcome } from '../explore/trials.ts';
import { ceilings } from '../pipeline/ceilings.ts';
import { toDocument } from '../pipeline/to-document.ts';
import { parseDocument } from '../pipeline/parse.ts';
import type { PipelineDocument } from '../pipeline/types.ts';
import { wholeNumber } from './arguments.ts';
import { BadInput, type Command, type Given } from './command.ts';
import { assigned, readPipeline, setOption } from './read-document.ts';
import { textTable } from './text-table.ts';

/** What the makespan is traded against, by the name of the option's value. */
const trades = {
  memory: 'memoryPeakBytes',
  latency: 'latencyP95Ms',
  losses: 'lost',
} as const satisfies Record<string, Measure>;
type Trade = keyof typeof trades;

/** A table of more rows than that shows the front alone. */
const rowsMost = 60;

const overExample = '/machine/workers=[1,2,4]';

/** One setting, and whether it is on the front. */
interface Cell {
  set: Record<string, unknown>;
  outcome: TrialOutcome;
  isOnFront: boolean;
}

export const sweepCommand: Command = {
  name: 'sweep',
  summary:
    'Predicts every combination of the values that a document sweeps, and marks the best trade-offs.',
  words: ['DOC'],
  options: {
    '--over': { value: '/pointer=[values]', repeated: true },
    '--against': { value: 'memory|latency|losses' },
    '--cores': { value: 'N' },
    '--set': setOption,
    '--json': { value: null },
    '--csv': { value: null },
  },
  async run(given, terminal) {
    const pipeline = await readPipeline(given, terminal);
    const document = sweptDocument(toDocument(pipeline), given);
    const cores = pipeline.machine.cores ?? availableParallelism();
    const machineCores = wholeNumber(given, '--cores', 1, cores, ceilings.cores);
    const against = tradeOf(given);
    const { json, csv } = formatsOf(given);
    const axes = sweepAxes(document);
    if (cellCount(axes) === 0)
      throw new BadInput(
        `the document sweeps nothing: add "sweep" to it, or --over ${overExample}.`,
      );
    const sets = sweepSets(axes);
    const settled = given.options['--cores']
      ? { ...document, machine: { ...document.machine, cores: machineCores } }
      : document;
    const outcomes = evaluateTrials({
      ...{ document: settled, sets, cores: machineCores, overheads: idealOverheads },
    });
    const cells = withFront(sets, outcomes, against);
    const ran = cells.filter(({ outcome }) => outcome.problem === null);
    if (ran.length === 0) throw new BadInput(outcomes[0]!.problem!);
    if (json) terminal.out(asJson(cells, machineCores, against));
    else if (csv) terminal.out(asCsv(cells));
    else terminal.out(asTable(cells, machineCores, against));
    return 0;
  },
};

/** With what `--over` sweeps, in place of the document's own sweep. @throws {BadInput} */
function sweptDocument(document: PipelineDocument, given: Given): PipelineDocument {
  const over = given.options['--over'] ?? [];
  if (over.length === 0) return document;
  const sweep: Record<string, unknown[]> = {};
  for (const text of over) {
    const [pointer, values] = assigned('--over', text, overExample);
    if (typeof values === 'string' && /^\s*\[/.test(values))
      throw new BadInput(`--over is "${text}"; its values are no JSON list, as in ${overExample}.`);
    if (Object.hasOwn(sweep, pointer))
      throw new BadInput(`--over gives ${pointer} twice: put all its values into one list.`);
    sweep[pointer] = Array.isArray(values) ? (values as unknown[]) : [values];
  }
  const { document: checked, problems } = parseDocument({ ...document, sweep });
  const error = problems.find(({ severity }) => severity === 'error');
  if (error || !checked) throw new BadInput(error?.message ?? 'the sweep cannot be read.');
  return checked;
}

function tradeOf(given: Given): Trade {
  const name = given.options['--against']?.[0] ?? 'memory';
  if (Object.hasOwn(trades, name)) return name as Trade;
  const known = Object.keys(trades);
  const hint = suggest(name, known) ?? known.join(', ');
  throw new BadInput(`--against is "${name}"; it takes ${hint}.`);
}

function formatsOf({ options }: Given): { json: boolean; csv: boolean } {
  const [json, csv] = [options['--json'] !== undefined, options['--csv'] !== undefined];
  if (json && csv) throw new BadInput('--json and --csv exclude each other: give one of them.');
  return { json, csv };
}

function withFront(
  sets: readonly Record<string, unknown>[],
  outcomes: readonly TrialOutcome[],
  against: Trade,
): Cell[] {
  const points = tradeOffPoints(outcomes, 'makespanMs', trades[against], false);
  const onFront = new Set(tradeOffFront(points).flatMap(({ index, alike }) => [index, ...alike]));
  return sets.map((set, index) => ({
    ...{ set, outcome: outcomes[index]! },
    isOnFront: onFront.has(index),
  }));
}

function asTable(cells: readonly Cell[], cores: number, against: Trade): string {
  const pointers = Object.keys(cells[0]!.set);
  const front = cells.filter(({ isOnFront }) => isOnFront);
  const shown = cells.length > rowsMost ? front : cells;
  const headings = ['', ...pointers, 'Makespan', 'Latency p95', 'Memory', 'Lost'];
  const rows = shown.map(({ set, outcome, isOnFront }) => {
    const { makespanMs, latencyP95Ms, memoryPeakBytes, lost, problem } = outcome;
    const figures =
      problem === null
        ? [
            formatMs(makespanMs),
            formatMs(latencyP95Ms),
            formatBytes(memoryPeakBytes),
            formatCount(lost),
          ]
        : ['–', '–', '–', '–'];
    return [
      isOnFront ? '*' : '',
      ...pointers.map((pointer) => shownValue(set[pointer])),
      ...figures,
    ];
  });
  const told =
    shown === cells
      ? ''
      : `Shown are the ${formatCount(shown.length)} on the front of ${formatCount(cells.length)} settings; --csv prints all.\n`;
  const fewest = fewestLost(cells.map(({ outcome }) => outcome));
  const losing = cells.filter(({ outcome }) => outcome.problem === null && outcome.lost > fewest);
  const leftOut =
    against === 'losses' || losing.length === 0
      ? ''
      : `${formatCount(losing.length)} that lose more items than they must are on no front; --against losses weighs them too.\n`;
  const failed = cells.find(({ outcome }) => outcome.problem !== null)?.outcome.problem;
  const why = failed ? `Not every setting can run: ${failed}\n` : '';
  return `${textTable(headings, rows)}\nSimulated on ${formatCount(cores)} cores without overheads. * No other setting has both a shorter makespan and ${lessOf[against]}.\n${told}${leftOut}${why}`;
}

const lessOf: Record<Trade, string> = {
  memory: 'less memory',
  latency: 'a shorter p95 latency',
  losses: 'fewer losses',
};

/** Values are names and numbers; null is no limit. */
const shownValue = (value: unknown): string =>
  value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);

/** One line a setting: the pointers, then ms, ms, bytes and counts. */
function asCsv(cells: readonly Cell[]): string {
  const pointers = Object.keys(cells[0]!.set);
  const figures = ['makespanMs', 'latencyP95Ms', 'memoryPeakBytes', 'lost', 'delivered'] as const;
  const lines = cells.map(({ set, outcome, isOnFront }) => [
    ...pointers.map((pointer) => {
      const value = set[pointer];
      return typeof value === 'number' ? value : shownValue(value);
    }),
    ...figures.map((figure) => (outcome.problem === null ? outcome[figure] : '')),
    isOnFront ? 'front' : '',
    outcome.problem ?? '',
  ]);
  return [[...pointers, ...figures, 'front', 'problem'], ...lines].map(csvLine).join('');
}

function asJson(cells: readonly Cell[], cores: number, against: Trade): string {
  const told = cells.map(({ set, outcome, isOnFront }) => ({ set, ...outcome, front: isOnFront }));
  return `${JSON.stringify({ machine: 'simulated', cores, against, cells: told })}\n`;
}
