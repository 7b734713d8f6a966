import { formatMs, formatPercent } from '../../src/base/units.ts';
import { withHeadlessPage } from '../../src/cli/headless.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { textTable } from '../../src/cli/text-table.ts';
import { formatSpeedup, type Speedup } from '../../src/measure/speedup.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { gatherCorpora } from '../../src/scenarios/build/gather.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { benchSpeedup, type SpeedupRound } from './speedup.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 12;
/** Of what Amdahl's law and this machine allow. */
const achievedMin = 0.9;
/** With two workers, because the machine's own ratio is measured with two. */
const workers = 2;

/** `speedup [rounds]`: how near the live machine comes to what this machine allows, on a real document. */
export async function runSpeedupBench(args: readonly string[]): Promise<void> {
  const roundCount = Number(args[0] ?? defaultRounds);
  if (!(roundCount >= 1)) throw new Error('speedup takes a number of rounds, 1 or more.');

  const entry = gallery.find(({ id }) => id === 'simtask');
  const { pipeline } = parseDocument(await entry!.load());
  if (pipeline === null) throw new Error('simtask is no valid document.');
  const twoWorkers = { ...pipeline, machine: { ...pipeline.machine, workers } };

  const items = gatherCorpora(projectFolder).find(({ name }) => name === 'sources')!.files;
  const say = (text: string): boolean => process.stderr.write(text);
  const bench = await withHeadlessPage(say, (page) =>
    benchSpeedup(page, twoWorkers, items, roundCount, () => say('.')),
  );
  say('\n');

  console.log(roundTable(bench.rounds));
  console.log(`Speedup of simtask over its sequential baseline: ${formatSpeedup(bench.speedup)}`);
  console.log(`Allowed by its serial share on this machine:     ${formatSpeedup(bench.allowed)}`);
  console.log(`Achieved ÷ allowed: ${formatSpeedup(bench.achieved)}; ${verdictOn(bench.achieved)}`);
  console.log(`Same results on both sides: ${bench.sameResults ? 'yes' : 'NO'}`);
  writeFigures('speedup', bench);
}

function verdictOn({ low, high }: Speedup): string {
  if (low >= achievedMin) return `the aim of ${achievedMin} is met`;
  if (high < achievedMin) return `the aim of ${achievedMin} is missed`;
  return `whether ${achievedMin} is met takes more rounds, or a calmer machine`;
}

function roundTable(rounds: readonly SpeedupRound[]): string {
  const headings = [
    'Round',
    'Sequential',
    'Parallel',
    'Two workers',
    'Serial',
    'Speedup',
    'Allowed',
  ];
  const rows = rounds.map((round, index) => [
    String(index + 1),
    formatMs(round.sequentialMs),
    formatMs(round.parallelMs),
    `${round.twoWorkerRatio.toFixed(2)}×`,
    formatPercent(round.serialShare),
    `${round.speedup.toFixed(2)}×`,
    `${round.allowed.toFixed(2)}×`,
  ]);
  return textTable(headings, rows);
}
