import { OwnMap } from '../own-collections.ts';
import type { StageModule } from './load-units.ts';

/** Stage → what its fold has come to; at first what its code's `init` says. */
export class Accumulators {
  readonly #values = new OwnMap<number, unknown>();

  of(stage: number, { init }: StageModule): unknown {
    if (!this.#values.has(stage)) {
      this.#values.set(stage, typeof init === 'function' ? (init as () => unknown)() : init);
    }
    return this.#values.get(stage);
  }

  keep(stage: number, accumulator: unknown): void {
    this.#values.set(stage, accumulator);
  }

  forget(stage: number): void {
    this.#values.delete(stage);
  }
}
