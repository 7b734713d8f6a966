import type { Calibration } from '../../engine/runner.ts';
import { measureTurnsPerMs } from '../runtime/busy-loop.ts';
import { coldWorkers, contentionOf, helperShareOf } from './calibration-shares.ts';
import { CalibrationWorker, codeTask, type CalibrationTask } from './calibration-worker.ts';
import { rehearseBare } from './rehearsal.ts';

const nothing: CalibrationTask = { segments: [], bytes: 0 };
const emptyTasks = 200;
const roundTrips = 120;
const pingsAtOnce = 400;
const large: CalibrationTask = { segments: [], bytes: 2 * 1024 * 1024 };
const largeTasks = 6;
/** As many as a short run has: its coordinator is compiled while it goes. */
const rehearsedTasks = 600;
/** What waits that share a thread are rounded up to: see `runtime/sleep.ts`. */
const timerStepMs = 1;
/** Not whole, as most waits are. */
const waitMs = 3.4;
const waits = 24;
/** Long enough that starting both burns at once does not matter, so short that others leave some alone. */
const burnMs = 20;
const burnRounds = 10;
/** So many that a worker has compiled most of it in the end, as in a short run. */
const code = new Array<typeof codeTask>(5).fill(codeTask);
const codeRounds = 4;
/** On more cores helpers are not looked for: it would take too many workers. */
const codeCoresMax = 16;

/**
 * Measures what this browser adds to the work itself, with the very workers and messages of a run. Takes
 * a second or two; nothing else should run. Whatever else the machine does can only make a try slower: of messages,
 * copies and waits the lower quartile of many tries counts, of starts and burns the best. What a task costs is
 * the mean of many in one go.
 */
export async function calibrate(stageWorkerUrl: string, cores: number): Promise<Calibration> {
  const now = () => performance.now();
  // First, as in a run: nothing has been compiled yet.
  const rehearsalMs = timeOf(() => rehearseBare(rehearsedTasks));
  const turnsPerMs = measureTurnsPerMs(now);
  const startsMs: number[] = [];
  const workers: CalibrationWorker[] = [];
  for (let i = 0; i < 2; i++) {
    const startMs = now();
    const worker = new CalibrationWorker(stageWorkerUrl, turnsPerMs);
    await worker.ready;
    startsMs.push(now() - startMs);
    workers.push(worker);
  }
  const [one, other] = workers as [CalibrationWorker, CalibrationWorker];
  try {
    const startTaskMs = await emptyTaskMs(one);
    const turnMs = low(await timesOf(5, () => one.ping(pingsAtOnce))) / pingsAtOnce;
    const roundTripMs = low(await timesOf(roundTrips, () => one.ping(1)));
    const emptyMs = low(await timesOf(largeTasks, () => one.run([nothing])));
    const largeMs = low(await timesOf(largeTasks, () => one.run([large])));
    const wakesMs: number[] = [];
    for (let i = 0; i < waits; i++) {
      const [end] = await one.run([{ segments: [-waitMs], bytes: 0 }]);
      wakesMs.push(end!.waitedMs - waitMs);
    }
    const twoWorkerRatio = await ratioOf(one, other);
    const contention = contentionOf(twoWorkerRatio);
    const helperShare = await measureHelperShare(cores, contention, () => {
      const worker = new CalibrationWorker(stageWorkerUrl, turnsPerMs);
      workers.push(worker);
      return worker;
    });
    return {
      overheads: {
        startWorkerMs: Math.min(...startsMs),
        startTaskMs,
        perByteMs: Math.max(0, (largeMs - emptyMs) / large.bytes),
        // Each message is read once on either side.
        messageMs: Math.max(0, roundTripMs / 2 - turnMs),
        turnMs,
        dispatchMs: rehearsalMs / rehearsedTasks,
        wakeMs: Math.max(0, low(wakesMs)),
        timerStepMs,
        contention,
        helperShare,
      },
      twoWorkerRatio,
    };
  } finally {
    for (const worker of workers) worker.close();
  }
}

/** On the worker's own clock: from the beginning of the first of many to the end of the last. */
async function emptyTaskMs(worker: CalibrationWorker): Promise<number> {
  const ends = await worker.run(new Array<CalibrationTask>(emptyTasks).fill(nothing));
  return (ends.at(-1)!.endMs - ends[0]!.startMs) / ends.length;
}

/**
 * Work that two get done ÷ what one gets done: the best of each, since others can only make a try slower. In turns,
 * so that a machine that drifts drifts for both.
 */
async function ratioOf(one: CalibrationWorker, other: CalibrationWorker): Promise<number> {
  const burn: CalibrationTask[] = [{ segments: [burnMs], bytes: 0 }];
  let bestAloneMs = Infinity;
  let bestTogetherMs = Infinity;
  for (let round = 0; round < burnRounds; round++) {
    const [aloneMs] = await timesOf(1, () => one.run(burn));
    const [togetherMs] = await timesOf(1, () => Promise.all([one.run(burn), other.run(burn)]));
    bestAloneMs = Math.min(bestAloneMs, aloneMs!);
    bestTogetherMs = Math.min(bestTogetherMs, togetherMs!);
  }
  return (2 * bestAloneMs) / bestTogetherMs;
}

/**
 * All cores run code, and their helpers want some too: how much longer that takes than one alone. With more than 16
 * cores it is not measured, and taken for 0. On new workers each time, as in a run: what has been compiled needs
 * little help.
 */
async function measureHelperShare(
  cores: number,
  contention: number,
  start: () => CalibrationWorker,
): Promise<number> {
  if (cores > codeCoresMax) return 0;
  const count = coldWorkers(cores);
  const slowdowns: number[] = [];
  for (let round = 0; round < codeRounds; round++) {
    const [alone, ...together] = Array.from({ length: 1 + count }, start);
    await Promise.all([alone!, ...together].map(({ ready }) => ready));
    const [aloneMs] = await timesOf(1, () => alone!.run(code));
    const [togetherMs] = await timesOf(1, () =>
      Promise.all(together.map((worker) => worker.run(code))),
    );
    slowdowns.push(togetherMs! / aloneMs!);
    for (const worker of [alone!, ...together]) worker.close();
  }
  return helperShareOf(slowdowns, cores, contention);
}

function timeOf(run: () => unknown): number {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
}

async function timesOf(count: number, run: () => Promise<unknown>): Promise<number[]> {
  const timesMs: number[] = [];
  for (let i = 0; i < count; i++) {
    const startMs = performance.now();
    await run();
    timesMs.push(performance.now() - startMs);
  }
  return timesMs;
}

/** Lower quartile. */
function low(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 4)]!;
}
