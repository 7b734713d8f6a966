import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { formatBytes, formatCount, formatMs } from '../../src/base/units.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { textTable } from '../../src/cli/text-table.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { formatSpeedup, pairedSpeedup } from '../../src/measure/speedup.ts';
import { eventsPerItem } from './simulation-contenders.ts';
import type { SimulationFigures } from './simulation-figures.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 30;
/** That share the rounds of the queue. */
const processes = 5;
const aims = { timesSimJs: 2, ofBareLoop: 0.5, small: 4, large: 150, bytesPerTask: 100 };
const intervalSeed = 1;

/** `simulation [rounds]`: the simulated machine against SIM.JS and against a bare heap, and what it takes. */
export async function runSimulationBench(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? defaultRounds);
  if (!(rounds >= 1)) throw new Error('simulation takes a number of rounds, 1 or more.');
  const folder = join(projectFolder, '.cache', 'bench');
  const figures = await measureAll(await bundle(folder), rounds);
  sayQueue(figures.queue);
  sayPredictions(figures.predictions);
  sayGrowth(figures.growth);
  sayMemory(figures.memory);
  writeFigures('simulation', figures);
}

async function bundle(folder: string): Promise<string> {
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(projectFolder, 'test/bench/simulation-figures.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      rolldownOptions: { output: { entryFileNames: 'simulation-figures.mjs' } },
    },
  });
  return join(folder, 'simulation-figures.mjs');
}

async function measureAll(script: string, rounds: number): Promise<SimulationFigures> {
  const measure = <G extends keyof SimulationFigures>(group: G, times: number) =>
    measureGroup(script, group, times) as Promise<SimulationFigures[G]>;
  const queue: SimulationFigures['queue'] = { items: 0, millraceMs: [], simJsMs: [], bareMs: [] };
  // How an engine lays out its code differs from process to process, by more than from round to round.
  for (let process = 0; process < processes; process++) {
    const { items, millraceMs, simJsMs, bareMs } = await measure(
      'queue',
      Math.ceil(rounds / processes),
    );
    queue.items = items;
    queue.millraceMs.push(...millraceMs);
    queue.simJsMs.push(...simJsMs);
    queue.bareMs.push(...bareMs);
  }
  return {
    queue,
    predictions: await measure('predictions', rounds),
    growth: await measure('growth', rounds),
    memory: await measure('memory', rounds),
  };
}

function measureGroup(
  script: string,
  group: keyof SimulationFigures,
  rounds: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', script, group, String(rounds)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text));
      else reject(new Error('The measured process failed; the reason is above.'));
    });
  });
}

const median = (values: readonly number[]): number =>
  quantileSorted(Float64Array.from(values).sort(), 0.5);

function sayQueue({ items, millraceMs, simJsMs, bareMs }: SimulationFigures['queue']): void {
  const perSecond = (ms: readonly number[]): string =>
    `${((items * eventsPerItem) / median(ms) / 1000).toFixed(2)} million`;
  const row = (name: string, ms: readonly number[]): string[] => [
    name,
    formatMs(median(ms)),
    perSecond(ms),
  ];
  console.log(
    `M/M/1, ${formatCount(items)} items, medians of ${millraceMs.length} rounds in turns:`,
  );
  console.log(
    textTable(
      ['', 'Time', 'Events a second'],
      [row('millrace', millraceMs), row('SIM.JS', simJsMs), row('bare heap loop', bareMs)],
    ),
  );
  const paired = (others: readonly number[]) =>
    pairedSpeedup(
      millraceMs.map((ms, round) => others[round]! / ms),
      { seed: intervalSeed },
    );
  console.log(
    `Times as fast as SIM.JS: ${formatSpeedup(paired(simJsMs))} (at least ${aims.timesSimJs}×)`,
  );
  console.log(
    `Of the bare loop's speed: ${formatSpeedup(paired(bareMs))} (aim ${aims.ofBareLoop}×)\n`,
  );
}

function sayPredictions(predictions: SimulationFigures['predictions']): void {
  const most = [aims.small, aims.large];
  console.log('Predictions of six stages:');
  const rows = predictions.map(({ items, tasks, ms }, at) => [
    `${formatCount(items)} items`,
    `${formatCount(tasks)} tasks`,
    `${median(ms).toFixed(1)} ms`,
    `at most ${most[at]} ms`,
  ]);
  console.log(`${textTable(['', 'Tasks', 'Median', 'Aim'], rows)}\n`);
}

function sayGrowth(growth: SimulationFigures['growth']): void {
  const first = growth[0]!;
  console.log('Cost of an event, M/M/1 (no faster than log n):');
  const rows = growth.map(({ items, nsPerEvent }) => [
    `${formatCount(items)} items`,
    `${median(nsPerEvent).toFixed(0)} ns`,
    `${(median(nsPerEvent) / median(first.nsPerEvent)).toFixed(2)}×`,
    `${(Math.log(items) / Math.log(first.items)).toFixed(2)}×`,
  ]);
  console.log(`${textTable(['', 'An event', 'Growth', 'log n'], rows)}\n`);
}

function sayMemory(memory: SimulationFigures['memory']): void {
  console.log(`Memory after a run (at most ${aims.bytesPerTask} bytes a task):`);
  const rows = memory.map(({ what, tasks, traceBytes, residentBytes }) => [
    what,
    formatBytes(residentBytes),
    `${(residentBytes / tasks).toFixed(0)} bytes a task`,
    `${(traceBytes / tasks).toFixed(0)} of them the trace`,
  ]);
  console.log(textTable(['', 'Held', '', ''], rows));
}
