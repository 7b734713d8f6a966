import { Lru } from './lru.ts';

/** What was stored first goes first, however often it is read. */
export class Fifo extends Lru {
  override used(): void {
    // Reading makes nothing newer.
  }
}
