import type { FromWorker } from '../wire.ts';
import { faultOf } from './fault.ts';
import { isGenerator } from './outcome.ts';

type Steps = { next(): unknown };

/** Items of the source's code, made as they are asked for. */
export class CodeSource {
  readonly #post: (message: FromWorker) => void;
  readonly #steps: Steps;
  #queue: Promise<void> = Promise.resolve();
  #isDone = false;

  /** @throws TypeError when the code does not return something to iterate over. */
  constructor(returned: unknown, post: (message: FromWorker) => void) {
    this.#post = post;
    this.#steps = stepsOf(returned);
  }

  /** Makes up to `count` more and posts them; asked again meanwhile, it goes on after that. */
  pull(count: number): void {
    this.#queue = this.#queue.then(() => this.#make(count));
  }

  async #make(count: number): Promise<void> {
    if (this.#isDone) return;
    const items: unknown[] = [];
    try {
      while (items.length < count && !this.#isDone) {
        const step = (await this.#steps.next()) as IteratorResult<unknown>;
        if (step.done) this.#isDone = true;
        else items.push(step.value);
      }
      this.#post({ type: 'items', items, done: this.#isDone, fault: null });
    } catch (error) {
      this.#isDone = true;
      this.#post({ type: 'items', items: [], done: true, fault: faultOf(error) });
    }
  }
}

function stepsOf(returned: unknown): Steps {
  if (isGenerator(returned)) return returned as Steps;
  if (typeof returned === 'object' && returned !== null) {
    if (Symbol.asyncIterator in returned) {
      return (returned as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    }
    if (Symbol.iterator in returned) return (returned as Iterable<unknown>)[Symbol.iterator]();
  }
  throw new TypeError(
    'The source must return a generator or a list; write `export default function* (ctx) { … }`.',
  );
}
