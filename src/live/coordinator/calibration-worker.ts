import { plain } from '../../engine/machine.ts';
import { TaskKind } from '../../engine/task-table.ts';
import { defaultService } from '../../pipeline/defaults.ts';
import { sendAheadMs } from '../../engine/sending-ahead.ts';
import { packTasks } from '../packing.ts';
import type { WireEnd, WireTask } from '../wire.ts';
import { codeWork } from './calibration-code.ts';
import type { ToldEnds } from './told-ends.ts';
import { WorkerLink } from './worker-link.ts';

/** A task of the stage worker under test: its phases (ms; negative: waits), and bytes in and out. */
export interface CalibrationTask {
  segments: number[];
  bytes: number;
}
/** Calls the stage of code. */
export const codeTask = 'code';

/** A stage worker with one synthetic stage and one of code, spoken to as in a run; two tasks may be open. */
export class CalibrationWorker {
  readonly ready: Promise<void>;
  readonly #link: WorkerLink;
  readonly #codeUrl: string;
  /** Answers that are waited for, and who waits. */
  #awaited = 0;
  #ends: WireEnd[] = [];
  #done: (ends: WireEnd[]) => void = () => {};
  /** It answers nothing any more. */
  #broken: Error | null = null;
  #broke: (error: Error) => void = () => {};

  constructor(url: string, turnsPerMs: number) {
    let started = () => {};
    this.ready = new Promise((resolve, reject) => {
      started = resolve;
      this.#broke = reject;
    });
    this.#link = new WorkerLink(new Worker(url, { name: 'calibration' }), {
      heard: (message) => {
        if (message.type === 'ready') started();
        else if (message.type === 'ends') this.#heard(message.ends);
        else if (message.type === 'pong') this.#answered(1);
        else if (message.type === 'load-failed') this.#breaks(message.fault.message);
      },
      broke: (why) => this.#breaks(why),
      uncaught: () => {},
    });
    const stageOf = (id: string, unit: number) => ({
      id,
      unit,
      batched: false,
      counted: false,
      moves: false,
      setupAtStart: null,
      timeoutMs: null,
    });
    const code = new Blob([codeWork], { type: 'text/javascript' });
    this.#codeUrl = URL.createObjectURL(code);
    this.#link.send({
      type: 'load',
      seed: 1,
      urls: [this.#codeUrl],
      slots: 2,
      stages: [stageOf('synthetic', -1), stageOf('code', 0)],
      sourceUnit: -1,
      turnsPerMs,
      progress: null,
      practice: 0,
      service: defaultService,
    });
  }

  #breaks(why: string): void {
    this.#broken = new Error(`A worker broke: ${why}.`);
    this.#broke(this.#broken);
  }

  #heard(ends: ToldEnds): void {
    ends.each((end) => this.#ends.push({ ...end, values: [...end.values] }));
    this.#answered(ends.count);
  }

  #answered(count: number): void {
    this.#awaited -= count;
    if (this.#awaited === 0) this.#done(this.#ends);
  }

  /** What `send` asks for has so many answers. */
  #answers(count: number, send: () => void): Promise<WireEnd[]> {
    if (this.#broken) return Promise.reject(this.#broken);
    this.#ends = [];
    this.#awaited = count;
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#broke = reject;
      send();
    });
  }

  /** Sends these in one message. Resolves with all their ends. */
  run(tasks: readonly (CalibrationTask | typeof codeTask)[]): Promise<WireEnd[]> {
    const wire = tasks.map((task, at): WireTask => ({
      task: at,
      number: at,
      kind: TaskKind.item,
      attempt: 1,
      item: 0,
      itemKey: 0,
      setup: null,
      ...(task === codeTask ? { stage: 1, input: null, synthetic: null } : syntheticTask(task)),
    }));
    return this.#answers(tasks.length, () =>
      this.#link.send({ type: 'tasks', tasks: packTasks(wire), tellEveryMs: sendAheadMs }),
    );
  }

  /** Sends that many bare messages at once. Resolves when the last is answered. */
  ping(count: number): Promise<unknown> {
    return this.#answers(count, () => {
      for (let i = 0; i < count; i++) this.#link.send({ type: 'ping', sent: 0 });
    });
  }

  close(): void {
    this.#link.terminate();
    URL.revokeObjectURL(this.#codeUrl);
  }
}

function syntheticTask({ segments, bytes }: CalibrationTask) {
  const outputs = [{ code: plain, bytes: [bytes] }];
  return {
    stage: 0,
    input: new Uint8Array(bytes),
    synthetic: { segments, fails: false, outputs },
  };
}
