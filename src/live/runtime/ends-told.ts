import { eachAlone, EndPacker, type HowItEnded, type PackedEnds } from '../packing.ts';
import { endsMax, type FromWorker } from '../wire.ts';
import { eachMovable } from '../movable.ts';
import { OwnSet } from '../own-collections.ts';
import { setTimer, soon } from './builtins.ts';
import type { OpenTask } from './open-task.ts';
import { cannotBeSent } from './uncloneable.ts';

type IsShared = (buffer: ArrayBuffer) => boolean;

/** Of tasks that wait together, ends are told no more often than this: a message costs as much as many ends. ms. */
const gatherMs = 1;

/** Gathers the ends of tasks, and tells the coordinator of them: many in one message. */
export class EndsTold {
  /** They are told before another task begins, if the last were told so long ago. ms. */
  everyMs = 0;
  /** When the last task ended. */
  lastEndMs = 0;
  readonly #post: (message: FromWorker, moved?: ArrayBuffer[]) => void;
  /** Buffers of what is to be moved: each once. */
  #moved = new OwnSet<ArrayBuffer>();
  readonly #ended = new EndPacker();
  #toldMs = 0;
  #willTell = false;

  /** @param post throws a DataCloneError if the message cannot be cloned. */
  constructor(post: (message: FromWorker, moved?: ArrayBuffer[]) => void) {
    this.#post = post;
  }

  /** Ends that are not told yet. */
  get count(): number {
    return this.#ended.count;
  }
  /** Some will be told soon. */
  get isAboutTo(): boolean {
    return this.#willTell;
  }

  /** Nothing was under way: what comes now is the first that takes time. */
  startFrom(nowMs: number): void {
    this.#toldMs = nowMs;
  }

  /**
   * @param how null: with one output, which is `output`.
   * @param isShared outputs are moved, but for buffers that other tasks were given as well; null: they are copied.
   */
  add(
    task: OpenTask,
    endMs: number,
    how: HowItEnded | null,
    output: unknown,
    isShared: IsShared | null,
  ): void {
    this.lastEndMs = endMs;
    if (isShared !== null) {
      if (how === null) this.#move(output, isShared);
      else for (let i = 0; i < how.values.length; i++) this.#move(how.values[i], isShared);
    }
    const { startMs, setupMs, wire } = task;
    const waitedMs = task.waitedMs(endMs);
    this.#ended.add(wire.task, wire.number, startMs, endMs, setupMs, waitedMs, how, output);
    if (this.#ended.count >= endsMax) this.tell();
  }

  #move(output: unknown, isShared: IsShared): void {
    try {
      eachMovable(output, (buffer) => {
        if (!isShared(buffer)) this.#moved.add(buffer);
      });
    } catch {
      // A getter that throws: whether it can be copied is seen when it is.
    }
  }

  /** Another task is about to begin. */
  tellIfDue(): void {
    if (this.#ended.count === 0) return;
    if (this.lastEndMs - this.#toldMs >= this.everyMs) this.tell();
  }

  /**
   * Tells when messages and timers have had their turn: of many tasks that wait, some end at the same time, and what
   * ends until then goes with it.
   */
  tellSoon(): void {
    if (this.#ended.count === 0 || this.#willTell) return;
    this.#willTell = true;
    const tell = (): void => {
      this.#willTell = false;
      this.tell();
    };
    if (this.lastEndMs - this.#toldMs >= gatherMs) soon(tell);
    else setTimer(tell, gatherMs);
  }

  /** Posts the ends that have gathered. What cannot be cloned fails alone. */
  tell(): void {
    if (this.#ended.count === 0) return;
    this.#toldMs = this.lastEndMs;
    const ends = this.#ended.take();
    try {
      if (this.#moved.size === 0) this.#post({ type: 'ends', ends });
      else this.#postMoved({ type: 'ends', ends });
    } catch {
      // Nothing has been moved then.
      eachAlone(ends, (alone) => this.#tellAlone(alone));
    }
  }

  #postMoved(message: FromWorker): void {
    const moved: ArrayBuffer[] = [];
    this.#moved.forEach((buffer) => (moved[moved.length] = buffer));
    this.#moved = new OwnSet();
    this.#post(message, moved);
  }

  #tellAlone(alone: PackedEnds): void {
    try {
      this.#post({ type: 'ends', ends: alone });
    } catch {
      const { numbers, values: plainOnes, others } = alone;
      const values = others.length > 0 ? others[0]!.values : plainOnes;
      const fault = cannotBeSent('The result', values.length === 1 ? values[0] : values);
      const failed = { at: 0, fault, codes: [], values: [], entryFaults: [] };
      this.#post({ type: 'ends', ends: { numbers, values: [], others: [failed] } });
    }
  }
}
