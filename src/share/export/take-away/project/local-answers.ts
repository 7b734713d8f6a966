/** Counters in a file beside the project, and the service's turns: for all threads of this process. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Answerer, CounterWrite, Question } from './asks.ts';

/** A call whose turn is further off is refused. ms. */
const turnMsMax = 1000;

export class LocalAnswers {
  readonly #file: string;
  readonly #gapMs: number;
  readonly #counts: Record<string, number>;
  #unwritten = 0;
  #nextTurnMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param rate calls of the service a second; null: as many as one likes. */
  constructor(file: string, rate: number | null) {
    this.#file = file;
    this.#gapMs = rate === null ? 0 : 1000 / rate;
    this.#counts = readCounts(file);
  }

  /** Rejects when the service is asked too often. */
  readonly answer: Answerer = async (question: Question) => {
    if (question.what === 'turn') return this.#turn();
    const { name } = question;
    const before = Object.hasOwn(this.#counts, name) ? this.#counts[name]! : 0;
    if (question.what === 'value') return before;
    this.#counts[name] = before + question.by;
    this.#unwritten++;
    this.#writeBy(question.write);
    return before + question.by;
  };

  #turn(): number {
    const nowMs = performance.now();
    const atMs = Math.max(nowMs, this.#nextTurnMs);
    if (atMs - nowMs > turnMsMax)
      throw new Error('the service answered 429: it is called too often');
    this.#nextTurnMs = atMs + this.#gapMs;
    return atMs - nowMs;
  }

  #writeBy(write: CounterWrite): void {
    if (write === 'through' || ('every' in write && this.#unwritten >= write.every)) this.write();
    else if ('everyMs' in write) this.#timer ??= setTimeout(() => this.write(), write.everyMs);
  }

  /** Writes what is not written yet. */
  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#unwritten === 0) return;
    // Whole or not at all, whenever the process ends.
    writeFileSync(`${this.#file}.new`, `${JSON.stringify(this.#counts, null, 2)}\n`);
    renameSync(`${this.#file}.new`, this.#file);
    this.#unwritten = 0;
  }
}

function readCounts(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
