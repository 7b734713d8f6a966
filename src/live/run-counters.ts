import type {
  CounterFacts,
  FromCounters,
  NotedCounter,
  StoredCounter,
  ToCounters,
} from '../base/counter-port.ts';
import { formatCount } from '../base/units.ts';
import { answered } from './answered.ts';
import type { FrameCounter, ToFrame } from './border.ts';

/** What was on its way to storage when a sandbox went has got there by then. ms. */
const landingMs = 250;

export interface RunCountersParts {
  /** A port to this run's counters in storage. Rejects with why there is none. */
  open(): Promise<MessagePort>;
  send(message: ToFrame, transfer: Transferable[]): void;
  /** Writes down at once what counters have come to; null takes that back. */
  note(counters: NotedCounter[] | null): void;
}

/** What the page does for the counters of a run: it hands out the way to storage, and looks what is in there. */
export class RunCounters {
  readonly #parts: RunCountersParts;
  #isOpened = false;
  #told: FrameCounter[] = [];
  /** Updates in all, by name, that are noted because storage may never get them. */
  #noted: ReadonlyMap<string, number> = new Map();
  readonly #turn = (): void => {
    if (document.visibilityState === 'hidden') this.#leave();
    else this.#forget();
  };
  /**
   * The page may be going: what is not written goes with it. One that stays gets to write it; for one that
   * does not there is a note.
   */
  readonly #leave = (): void => {
    this.#parts.send({ type: 'flush' }, []);
    const noted = this.#told
      .filter(({ written, applied, committed }) => written !== null && committed < applied)
      .map(({ name, value, ...one }) => ({
        name,
        value,
        updates: one.updatesBefore + one.applied,
      }));
    if (noted.length === 0) return;
    this.#noted = new Map(noted.map(({ name, updates }) => [name, updates]));
    this.#parts.note(noted);
  };

  constructor(parts: RunCountersParts) {
    this.#parts = parts;
  }

  /** The frame wants a way to storage. It gets one, once. */
  open(): void {
    if (this.#isOpened) return;
    this.#isOpened = true;
    document.addEventListener('visibilitychange', this.#turn);
    // A page that is left while it was hidden already changes no more.
    window.addEventListener('pagehide', this.#leave);
    const { open, send } = this.#parts;
    answered(open()).then(
      (port) => send({ type: 'counters-open', why: null }, [port]),
      (error: unknown) => send({ type: 'counters-open', why: textOf(error) }, []),
    );
  }

  take(counters: FrameCounter[]): void {
    this.#told = counters;
    const isWritten = (one: FrameCounter): boolean =>
      one.updatesBefore + one.committed >= (this.#noted.get(one.name) ?? 0);
    if (counters.every(isWritten)) this.#forget();
  }

  /** Of two ways to storage one must end, or an update might come over both. */
  #forget(): void {
    if (this.#noted.size === 0) return;
    this.#noted = new Map();
    this.#parts.note(null);
  }

  /**
   * What became of them; undefined: there are none.
   * @param isKilled the sandbox went before it could write what was not written: storage is read to see what
   * is missing. Then the sandbox must be gone.
   */
  async end(isKilled: boolean): Promise<CounterFacts[] | undefined> {
    document.removeEventListener('visibilitychange', this.#turn);
    window.removeEventListener('pagehide', this.#leave);
    // All is written, or what is missing is told of as lost.
    this.#forget();
    if (this.#told.length === 0) return undefined;
    const stored = isKilled ? await this.#readBack().catch(() => null) : null;
    return this.#told.map(({ updatesBefore, applied: _, committed: __, ...facts }, at) => {
      if (!isKilled) return { ...facts, lost: null };
      const kept = stored?.[at];
      // Nothing can be read: all that no write was told of.
      if (!kept) return { ...facts, lost: facts.unwritten };
      const missing = facts.updates - (kept.updates - updatesBefore);
      const lost = Math.min(facts.updates, Math.max(0, missing));
      return { ...facts, written: kept.value, unwritten: lost, lost };
    });
  }

  async #readBack(): Promise<StoredCounter[]> {
    await new Promise((resolve) => setTimeout(resolve, landingMs));
    const port = await answered(this.#parts.open());
    const names = this.#told.map(({ name }) => name);
    const question: ToCounters = { type: 'counter-read', request: 0, names };
    try {
      const reply = new Promise<StoredCounter[]>((resolve, reject) => {
        port.onmessage = ({ data }: MessageEvent<FromCounters>) => {
          if (data.type === 'counter-values') resolve(data.values);
          else reject(new Error(data.why));
        };
        port.postMessage(question);
      });
      return await answered(reply);
    } finally {
      port.close();
    }
  }
}

/** What a killed run has cost, one sentence a counter. */
export const lossSentences = (counters: readonly CounterFacts[]): string[] =>
  counters.map(({ name, updates, lost }) => {
    const many = (count: number): string =>
      count === 1 ? '1 update' : `${formatCount(count)} updates`;
    const end =
      lost === 0
        ? 'storage has them all'
        : `storage lacks the last ${lost === 1 ? 'one' : formatCount(lost ?? 0)}`;
    return `The run was killed after ${many(updates)} of the counter “${name}” had been acknowledged: ${end}.`;
  });

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
