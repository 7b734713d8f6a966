import { canonicalBytes, OrderFreeDigest } from '../../../src/base/digest.ts';
import { childrenOf, workers, type Job } from './job.ts';
import { work, type Input } from './work.ts';

/**
 * The trace that every contender but Millrace (which writes its own) keeps, a row a task:
 * row = item × stages + stage.
 */
export class Sheet {
  readonly queuedMs: Float64Array;
  readonly startedMs: Float64Array;
  readonly endedMs: Float64Array;
  readonly worker: Int16Array;
  /** What it put out, where that is a number. */
  readonly outputs: Float64Array;
  /** Item → its payload, where it has one. */
  readonly payloads: Uint8Array[] = [];
  readonly #job: Job;
  readonly #rows: number;
  #written = 0;
  /** What a worker calls itself → its number. */
  readonly #lanes = new Map<number, number>();

  /** @param isShared its columns are in shared memory, for workers to write themselves. */
  constructor(job: Job, isShared = false) {
    this.#job = job;
    this.#rows = job.items * job.after.length;
    const Memory = isShared ? SharedArrayBuffer : ArrayBuffer;
    const column = () => new Float64Array(new Memory(8 * this.#rows));
    this.queuedMs = column();
    this.startedMs = column();
    this.endedMs = column();
    this.outputs = column();
    this.worker = new Int16Array(new Memory(2 * this.#rows)).fill(-1);
  }

  write(task: number, output: Input, startedMs: number, endedMs: number, worker: number): void {
    this.startedMs[task] = startedMs;
    this.endedMs[task] = endedMs;
    this.worker[task] = worker;
    if (typeof output === 'number') this.outputs[task] = output;
    else this.payloads[task] = output;
    this.#written++;
  }

  /** Rows that others have written into the columns. */
  countWritten(rows: number): void {
    this.#written += rows;
  }

  laneOf(worker: number): number {
    let lane = this.#lanes.get(worker);
    if (lane === undefined) this.#lanes.set(worker, (lane = this.#lanes.size));
    return lane;
  }

  /** @throws unless every task has been done once, by one of the workers, with the right outputs. */
  check(): void {
    if (this.#written !== this.#rows) {
      throw new Error(`${this.#written} rows were written for ${this.#rows} tasks.`);
    }
    for (let task = 0; task < this.#rows; task++) {
      const worker = this.worker[task]!;
      const tookMs = this.endedMs[task]! - this.startedMs[task]!;
      const isWhole = this.queuedMs[task]! > 0 && this.startedMs[task]! > 0 && tookMs >= 0;
      if (!isWhole || worker < 0 || worker >= workers) {
        throw new Error(`The row of task ${task} is not whole.`);
      }
    }
    checkDigest(this.#job, this.#digest());
  }

  #digest(): string {
    const stages = this.#job.after.length;
    return digestOf(this.#job, (item, stage) => {
      const task = item * stages + stage;
      return this.#job.payload ? this.payloads[task]! : this.outputs[task]!;
    });
  }
}

/** The stage of the document that has this number. */
export const stageId = (stage: number): string => `stage-${stage}`;

/** As the live machine takes it of what it delivers. */
function digestOf(job: Job, output: (item: number, stage: number) => Input): string {
  const sinks = [...childrenOf(job).entries()].filter(([, children]) => children.length === 0);
  const digest = new OrderFreeDigest();
  for (let item = 0; item < job.items; item++) {
    for (const [stage] of sinks) {
      digest.add(canonicalBytes([String(item), stageId(stage), output(item, stage)]));
    }
  }
  return digest.hex;
}

/** Jobs that differ in other things have the same outputs. */
const known = new Map<string, string>();

/** @throws if this is not the digest of the job's outputs, which are worked out here, one task after another. */
export function checkDigest(job: Job, digest: string | null): void {
  const key = JSON.stringify([job.items, job.after, job.payload?.bytes]);
  let right = known.get(key);
  if (right === undefined) known.set(key, (right = rightDigest(job)));
  if (digest !== right) throw new Error(`The outputs are wrong: ${digest} in place of ${right}.`);
}

function rightDigest(job: Job): string {
  let outputs: Input[] = [];
  let last = -1;
  return digestOf(job, (item, stage) => {
    if (item !== last) {
      outputs = [];
      job.after.forEach((parents, at) => {
        outputs[at] = work(
          at,
          0,
          job.payload ? payloadOf(job, item) : inputOf(item, parents, outputs),
        );
      });
      last = item;
    }
    return outputs[stage]!;
  });
}

/** What a stage is given that puts out numbers. */
export function inputOf(
  item: number,
  parents: readonly number[],
  outputs: ArrayLike<Input>,
  row = 0,
): number {
  if (parents.length === 0) return item;
  let sum = 0;
  for (const parent of parents) sum += outputs[row + parent] as number;
  return sum >>> 0;
}

/** An item's own bytes. */
export function payloadOf(job: Job, item: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Uint32Array(job.payload!.bytes / 4).fill(item).buffer);
}

/** Those of all items, made before the clock starts; null: they carry numbers. */
export const payloadsOf = (job: Job): Uint8Array<ArrayBuffer>[] | null =>
  job.payload && Array.from({ length: job.items }, (_, item) => payloadOf(job, item));
