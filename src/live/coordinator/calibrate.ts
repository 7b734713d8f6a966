import { plain } from '../../engine/machine.ts';
import { TaskKind } from '../../engine/task-table.ts';
import { defaultService } from '../../pipeline/defaults.ts';
import type { Calibration } from '../border.ts';
import { measureTurnsPerMs } from '../runtime/busy-loop.ts';
import { packTasks } from '../packing.ts';
import type { HeardFromWorker, WireEnd, WireTask } from '../wire.ts';
import { WorkerLink } from './worker-link.ts';

const emptyTasks = 200;
const largeTasks = 8;
const largeBytes = 2 * 1024 * 1024;
/** Long enough that starting both burns at once does not matter, short enough to wait for. */
const burnMs = 60;
const burnRounds = 4;

/** Measures what this browser adds to the work itself. Takes about a second; nothing else should run. */
export async function calibrate(stageWorkerUrl: string): Promise<Calibration> {
  const turnsPerMs = measureTurnsPerMs(() => performance.now());
  const startsMs: number[] = [];
  const workers: CalibrationWorker[] = [];
  for (let i = 0; i < 2; i++) {
    const startMs = performance.now();
    const worker = new CalibrationWorker(stageWorkerUrl, turnsPerMs);
    await worker.ready;
    startsMs.push(performance.now() - startMs);
    workers.push(worker);
  }
  const [one, other] = workers as [CalibrationWorker, CalibrationWorker];

  const emptyMs = await timesOf(emptyTasks, () => one.run([], 0));
  const largeMs = await timesOf(largeTasks, () => one.run([], largeBytes));
  const startTaskMs = median(emptyMs.slice(emptyTasks / 4));
  const perByteMs = Math.max(0, (median(largeMs) - startTaskMs) / largeBytes);

  const ratios: number[] = [];
  for (let round = 0; round < burnRounds; round++) {
    const [aloneMs] = await timesOf(1, () => one.run([burnMs], 0));
    const [togetherMs] = await timesOf(1, () =>
      Promise.all([one.run([burnMs], 0), other.run([burnMs], 0)]),
    );
    ratios.push((2 * aloneMs!) / togetherMs!);
  }
  for (const worker of workers) worker.close();
  return {
    startWorkerMs: Math.min(...startsMs),
    startTaskMs,
    perByteMs,
    twoWorkerRatio: median(ratios),
  };
}

/** A stage worker with one synthetic stage, for one task at a time. */
class CalibrationWorker {
  readonly ready: Promise<void>;
  readonly #link: WorkerLink;
  #number = 0;
  #ended: (end: WireEnd) => void = () => {};

  constructor(url: string, turnsPerMs: number) {
    let started = () => {};
    let broken: (error: Error) => void = () => {};
    this.ready = new Promise((resolve, reject) => {
      started = resolve;
      broken = reject;
    });
    this.#link = new WorkerLink(new Worker(url, { name: 'calibration' }), {
      heard: (message: HeardFromWorker) => {
        if (message.type === 'ready') started();
        else if (message.type === 'ends') message.ends.forEach((end) => this.#ended(end));
      },
      broke: (why) => broken(new Error(`A worker could not be started: ${why}.`)),
      uncaught: () => {},
    });
    const stage = {
      ...{ id: 'calibration', unit: -1, batched: false },
      ...{ setupAtStart: null, timeoutMs: null },
    };
    this.#link.send({
      type: 'load',
      seed: 1,
      urls: [],
      slots: 1,
      stages: [stage],
      sourceUnit: -1,
      turnsPerMs,
      progress: null,
      practice: 0,
      service: defaultService,
    });
  }

  /** Takes `bytes` in and puts as many out. */
  run(segments: number[], bytes: number): Promise<WireEnd> {
    const task: WireTask = {
      task: 0,
      number: this.#number++,
      stage: 0,
      kind: TaskKind.item,
      attempt: 1,
      item: 0,
      itemKey: 0,
      setup: null,
      input: new Uint8Array(bytes),
      synthetic: { segments, fails: false, outputs: [{ code: plain, bytes: [bytes] }] },
    };
    return new Promise((resolve) => {
      this.#ended = resolve;
      this.#link.send({ type: 'tasks', tasks: packTasks([task]) });
    });
  }

  close(): void {
    this.#link.terminate();
  }
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
