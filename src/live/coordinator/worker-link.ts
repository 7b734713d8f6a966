import type { LoadingStep, ToWorker } from '../wire.ts';
import { checkFromWorker, type HeardFromWorker } from './check-wire.ts';

/** What a worker is at before it is ready. `stage` -1: the source. */
export interface Loading {
  stage: number;
  step: LoadingStep;
}

export interface LinkEvents {
  heard(message: HeardFromWorker): void;
  /** It could not start, or it said what the runtime never says. */
  broke(why: string): void;
  /** Stage code threw outside of any task. */
  uncaught(message: string): void;
}

/** What a coordinator knows of a worker. */
export type StageWorker = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onmessageerror' | 'onerror'
>;

/**
 * One stage worker. Spoken to on the worker's own channel: a message between a worker and its owner stays
 * in the process, one on a `MessagePort` does not in Chromium, and costs several times as much.
 */
export class WorkerLink {
  isReady = false;
  /** How often it was asked for a sign of life since it last said anything. */
  unanswered = 0;
  /** What it said last that it is at; null: it is ready, or has not begun. */
  loading: Loading | null = null;
  /** How often it was asked since it is at that. */
  asksSinceStep = 0;
  readonly #worker: StageWorker;
  #isOver = false;

  constructor(worker: StageWorker, events: LinkEvents) {
    this.#worker = worker;
    this.#worker.onmessage = (event: MessageEvent<unknown>) => {
      if (this.#isOver) return;
      this.unanswered = 0;
      const message = checkFromWorker(event.data);
      if (message) events.heard(message);
      else events.broke('it sent a message that its runtime never sends');
    };
    this.#worker.onmessageerror = () => {
      if (!this.#isOver) events.broke('it sent a message that cannot be read');
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      if (this.#isOver) return;
      const message = event.message || 'no reason given';
      if (this.isReady) events.uncaught(message);
      else events.broke(message);
    };
  }

  /**
   * Inputs are copied, also their ArrayBuffers: the coordinator needs them again when a task is retried, when its
   * worker dies, to show what a task failed on, and for readers that share one buffer through several values.
   * @param moved buffers that nobody needs again: see `MovedInputs`.
   */
  send(message: ToWorker, moved: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, moved);
  }

  /** Asks for a sign of life. `sent`: tasks it was sent before. */
  ask(sent: number): void {
    this.unanswered++;
    this.asksSinceStep++;
    this.send({ type: 'ping', sent });
  }

  /** It begins a step on its way to being ready; null: it is ready. */
  isAt(loading: Loading | null): void {
    if (this.isReady) return;
    this.isReady = loading === null;
    this.loading = loading;
    this.asksSinceStep = 0;
  }

  /** Ends it at once, whatever it is doing. Nothing more is heard of it. */
  terminate(): void {
    this.#isOver = true;
    this.#worker.onmessage = null;
    this.#worker.terminate();
  }
}
