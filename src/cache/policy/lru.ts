import type { Policy } from './policy.ts';
import { SlotList } from './slot-list.ts';
import type { Slots } from './slots.ts';

/**
 * Least recently used goes first. Recency is a place in a list, not a time: two uses within one
 * millisecond are still one after the other.
 */
export class Lru implements Policy {
  readonly #slots: Slots;
  readonly #list: SlotList;

  constructor(slots: Slots) {
    this.#slots = slots;
    this.#list = new SlotList(slots);
  }

  used(slot: number): void {
    this.#list.renew(slot);
  }

  makeRoom(_key: string | number, bytes: number, evict: (slot: number) => void): boolean {
    while (!this.#slots.hasRoomFor(bytes)) evict(this.#list.oldest);
    return true;
  }

  added(slot: number): void {
    this.#list.add(slot);
  }

  removed(slot: number): void {
    this.#list.remove(slot);
  }

  resized(evict: (slot: number) => void): void {
    while (this.#slots.isOver) evict(this.#list.oldest);
  }

  clear(): void {
    this.#list.clear();
  }

  inOrder(): Iterable<number> {
    return this.#list.inOrder();
  }
}
