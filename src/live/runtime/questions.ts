import type { FromWorker } from '../wire.ts';
import { openQuestionsMax, type Answer, type Question } from '../wire-asks.ts';
import { OwnMap } from '../own-collections.ts';

/** The questions of this worker that wait for the coordinator's answer. */
export class Questions {
  readonly #post: (message: FromWorker) => void;
  readonly #open = new OwnMap<number, (answer: Answer) => void>();
  #next = 0;

  constructor(post: (message: FromWorker) => void) {
    this.#post = post;
  }

  ask(question: Question, answered: (answer: Answer) => void): void {
    if (this.#open.size === openQuestionsMax) {
      const why = `${openQuestionsMax.toLocaleString('en')} calls of this worker wait for an answer; await them before you make more`;
      answered({ value: null, why, retryAfterMs: 0 });
      return;
    }
    const ask = this.#next++;
    this.#open.set(ask, answered);
    this.#post({ type: 'ask', ask, question });
  }

  answered(ask: number, answer: Answer): void {
    const open = this.#open.get(ask);
    this.#open.delete(ask);
    open?.(answer);
  }
}
