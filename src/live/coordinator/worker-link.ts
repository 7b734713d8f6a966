import type { FromWorker, ToWorker } from '../wire.ts';
import { checkFromWorker } from './check-wire.ts';
import { epochMs } from './clock.ts';

export interface LinkEvents {
  heard(message: FromWorker): void;
  /** It could not start, or it said what the runtime never says. */
  broke(why: string): void;
  /** Stage code threw outside of any task. */
  uncaught(message: string): void;
}

/** One stage worker and the private port to the runtime in it. */
export class WorkerLink {
  isReady = false;
  /** When it last said anything, ms since the epoch. */
  lastHeardMs = epochMs();
  readonly #worker: Worker;
  readonly #port: MessagePort;
  #isOver = false;

  constructor(scriptUrl: string, name: string, events: LinkEvents) {
    this.#worker = new Worker(scriptUrl, { name });
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event: MessageEvent<unknown>) => {
      if (this.#isOver) return;
      this.lastHeardMs = epochMs();
      const message = checkFromWorker(event.data);
      if (message) events.heard(message);
      else events.broke('it sent a message that its runtime never sends');
    };
    port1.onmessageerror = () => {
      if (!this.#isOver) events.broke('it sent a message that cannot be read');
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      if (this.#isOver) return;
      const message = event.message || 'no reason given';
      if (this.isReady) events.uncaught(message);
      else events.broke(message);
    };
    this.#worker.postMessage(null, [port2]);
  }

  send(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  /** Ends it at once, whatever it is doing. Nothing more is heard of it. */
  terminate(): void {
    this.#isOver = true;
    this.#port.onmessage = null;
    this.#port.close();
    this.#worker.terminate();
  }
}
