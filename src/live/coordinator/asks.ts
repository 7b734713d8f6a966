import type { Answer, Question } from '../wire-asks.ts';
import { openQuestionsMax } from '../wire-asks.ts';
import { epochMs } from './clock.ts';
import type { Counters } from './counters.ts';
import type { ServiceGate } from './service-gate.ts';

/** Answers what stage code asks of the run as a whole. */
export class Asks {
  readonly #counters: Counters;
  readonly #gate: ServiceGate;

  constructor(counters: Counters, gate: ServiceGate) {
    this.#counters = counters;
    this.#gate = gate;
  }

  /** The way for one worker to ask; it goes with the worker. `answer` sends to that very worker. */
  open(answer: (ask: number, answer: Answer) => void): (ask: number, question: Question) => void {
    let openCount = 0;
    return (ask, question) => {
      // Its runtime lets no more of them wait.
      if (openCount >= openQuestionsMax) return;
      openCount++;
      this.#take(question, (one) => {
        openCount--;
        answer(ask, one);
      });
    };
  }

  #take(question: Question, reply: (answer: Answer) => void): void {
    const replyWith = (value: number | Error): void => {
      if (typeof value === 'number') reply({ value, why: null });
      else reply({ value: null, why: value.message, retryAfterMs: 0 });
    };
    if (question.what === 'turn') reply(this.#gate.turn(epochMs()));
    else if (question.what === 'value') this.#counters.value(question.name, replyWith);
    else this.#counters.add(question.name, question.by, question.policy, replyWith);
  }
}
