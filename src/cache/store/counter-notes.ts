import { counterNamesMax, isCounterName, type NotedCounter } from '../../base/counter-port.ts';
import { LeavingNotes } from './leaving-notes.ts';

interface RunNote {
  id: string;
  /** Counts the notes of its run. */
  savedAt: number;
  namespace: string;
  counters: NotedCounter[];
}

/**
 * What counters of a run had come to when its page was going: the way to IndexedDB leads over a frame and
 * two workers, and a page that is left is gone before anything gets there. See `LeavingNotes`.
 */
export class CounterNotes {
  readonly #notes = new LeavingNotes<RunNote>('counters');

  /** For one run: writes down at once what it has come to; null takes that back. */
  ofRun(namespace: string): (counters: NotedCounter[] | null) => void {
    const id = crypto.getRandomValues(new Uint32Array(2)).join('-');
    let savedAt = 0;
    return (counters) => {
      const note = { id, savedAt: ++savedAt, namespace, counters: counters ?? [] };
      if (counters) this.#notes.write(note);
      else this.#notes.forget(note);
    };
  }

  /** Hands what is noted of a namespace to storage. Never rejects: what storage refuses stays noted. */
  async settle(namespace: string, adopt: (noted: NotedCounter[]) => Promise<void>): Promise<void> {
    for (const note of this.#of(namespace)) {
      try {
        await adopt(wellFormed(note.counters));
        this.#notes.forget(note);
      } catch {
        // Whoever counts next hears of it, or storage takes it then.
      }
    }
  }

  /** Of all namespaces, when none is named. */
  clear(namespace?: string): void {
    for (const note of this.#of(namespace)) this.#notes.forget(note);
  }

  #of(namespace?: string): RunNote[] {
    const all = this.#notes.all();
    return namespace === undefined ? all : all.filter((note) => note.namespace === namespace);
  }
}

/** The values came out of a sandbox, and others of this address may have written here as well. */
function wellFormed(counters: unknown): NotedCounter[] {
  if (!Array.isArray(counters) || counters.length > counterNamesMax) return [];
  return (counters as (Partial<NotedCounter> | null)[]).flatMap((one) => {
    const { name, value, updates } = one ?? {};
    const isRight = [value, updates].every(Number.isSafeInteger) && updates! > 0;
    return isCounterName(name) && isRight ? { name, value: value!, updates: updates! } : [];
  });
}
