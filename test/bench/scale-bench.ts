import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import type { Page } from 'playwright';
import { formatBytes, formatCount, formatMs } from '../../src/base/units.ts';
import { bundleOf } from '../../src/cli/load-typescript.js';
import { textTable } from '../../src/cli/text-table.ts';
import { withBenchPage } from './bench-page.ts';
import type { ScalePage, ScaleRun } from './scale/page.ts';
import type { SimulatedScale } from './scale/simulated.ts';
import { coordinatorBetween, peakOf, watch } from './scale/watch.ts';
import { tellHost, writeFigures } from './write-figures.ts';

interface Size {
  items: number;
  stages: number;
}

/** What was seen of one live run; null: the system does not tell. */
export interface LiveScale extends Size, ScaleRun {
  /** CPU time of the coordinator's thread while the clock ran, ms. */
  coordinatorMs: number | null;
  /** The most that the processes of page and sandbox held, bytes. */
  pageBytes: number | null;
  sandboxBytes: number | null;
}

/** More items, then more stages with as many tasks. */
const liveSizes: readonly Size[] = [
  ...[10_000, 100_000, 1_000_000].map((items) => ({ items, stages: 3 })),
  ...[10, 100, 1000].map((stages) => ({ items: 100_000 / stages, stages })),
];
/** A task is two events: it starts, it ends. */
const eventsPerTask = 2;
const simulatedSizes: readonly Size[] = [
  ...[10_000, 100_000, 1_000_000, 1_666_667].map((items) => ({ items, stages: 3 })),
  ...[10, 100, 1000].map((stages) => ({ items: 1_000_000 / stages, stages })),
];
const must = { items: 1_000_000, usPerItem: 3 };

/** One run while its threads are looked at. */
export async function measureLiveScale(page: Page, { items, stages }: Size): Promise<LiveScale> {
  await openSandbox(page, stages);
  const [run, looks] = await watch(page, () => runInPage(page, { items, stages }));
  const { startedAtMs, makespanMs } = run;
  return {
    ...{ items, stages, ...run },
    coordinatorMs: coordinatorBetween(looks, startedAtMs, startedAtMs + makespanMs),
    pageBytes: peakOf(looks, 'pageBytes'),
    sandboxBytes: peakOf(looks, 'sandboxBytes'),
  };
}

const openSandbox = (page: Page, stages: number): Promise<void> =>
  page.evaluate(
    (stages) => (globalThis as unknown as { scale: ScalePage }).scale.open(stages),
    stages,
  );
const runInPage = (page: Page, size: Size): Promise<ScaleRun> =>
  page.evaluate(
    ({ items, stages }) => (globalThis as unknown as { scale: ScalePage }).scale.run(items, stages),
    size,
  );

/** In a process of its own: what the last one held is no part of what this one holds. */
export async function measureSimulatedScale({ items, stages }: Size): Promise<SimulatedScale> {
  const program = await bundleOf('test/bench/scale/simulated.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    ...[String(items), String(stages)],
  ]);
  return JSON.parse(stdout) as SimulatedScale;
}

/** `scale`: how time and memory grow with items and with stages, live and simulated. */
export async function runScaleBench(args: readonly string[]): Promise<void> {
  parseArgs({ args: [...args], options: {} });
  const live: LiveScale[] = [];
  for (const size of liveSizes) {
    // A page of its own for the same reason.
    live.push(await withBenchPage('scale', 'scale', (page) => measureLiveScale(page, size)));
    process.stderr.write('.');
  }
  const simulated: (Size & SimulatedScale)[] = [];
  for (const size of simulatedSizes) {
    simulated.push({ ...size, ...(await measureSimulatedScale(size)) });
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  console.log(`One run of each size, so no interval. ${tellHost()}`);
  console.log('Live, stages that do nothing:');
  console.log(liveTable(live));
  for (const { items, stages, coordinatorMs } of live) {
    if (items !== must.items) continue;
    const us = coordinatorMs === null ? NaN : (1000 * coordinatorMs) / items;
    const verdict = us <= must.usPerItem ? 'holds' : 'DOES NOT HOLD';
    const what = Number.isNaN(us)
      ? 'not measured here'
      : `${us.toFixed(2)} µs, at most ${must.usPerItem}: ${verdict}`;
    console.log(
      `Must reach: the coordinator's CPU time an item at ${formatCount(items)} items through ${stages} stages: ${what}.\n`,
    );
  }
  console.log('Simulated:');
  console.log(simulatedTable(simulated));
  writeFigures('scale', { live, simulated });
}

function liveTable(rows: readonly LiveScale[]): string {
  const us = (ms: number | null, count: number): string =>
    ms === null ? '–' : ((1000 * ms) / count).toFixed(2);
  const bytes = (count: number | null): string => (count === null ? '–' : formatBytes(count));
  return textTable(
    [
      ...['Items', 'Stages', 'Tasks', 'Time', 'Whole run', 'Coordinator, µs an item', 'a task'],
      ...['Record', "Page's process", "Sandbox's process"],
    ],
    rows.map((row) => [
      ...[formatCount(row.items), formatCount(row.stages), formatCount(row.tasks)],
      ...[formatMs(row.makespanMs), formatMs(row.wholeMs)],
      ...[us(row.coordinatorMs, row.items), us(row.coordinatorMs, row.tasks)],
      ...[formatBytes(row.traceBytes), bytes(row.pageBytes), bytes(row.sandboxBytes)],
    ]),
  );
}

function simulatedTable(rows: readonly (Size & SimulatedScale)[]): string {
  return textTable(
    ['Items', 'Stages', 'Events', 'Time', 'ns an event', 'Process'],
    rows.map(({ items, stages, tasks, ms, residentPeak }) => {
      const events = eventsPerTask * tasks;
      return [
        ...[formatCount(items), formatCount(stages), formatCount(events), formatMs(ms)],
        ...[((1e6 * ms) / events).toFixed(0), formatBytes(residentPeak)],
      ];
    }),
  );
}
