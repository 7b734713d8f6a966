import { assert } from '../../base/assert.ts';
import { byteSize } from '../../base/digest.ts';
import { RowMap } from '../../base/row-map.ts';

interface Payload {
  value: unknown;
  bytes: number;
  /** Readers that have not let go. */
  readers: number;
  /** The item it was put out for, then its copies; null: it has none. */
  items: number[] | null;
}

/** The values in flight, each counted once however many read it. */
export class Payloads {
  /** Bytes of all values held. */
  heldBytes = 0;
  /** Stage + 1 → item row → what it put out. */
  readonly #held: RowMap<Payload>[] = [];

  #of(stage: number): RowMap<Payload> {
    return (this.#held[stage + 1] ??= new RowMap<Payload>());
  }

  /** @param readers child stages; 0: it is delivered. Returns its size in bytes. */
  put(stage: number, item: number, value: unknown, readers: number, knownBytes?: number): number {
    const bytes = knownBytes ?? byteSize(value);
    this.#of(stage).set(item, { value, bytes, readers, items: null });
    this.heldBytes += bytes;
    return bytes;
  }

  has(stage: number, item: number): boolean {
    return this.#of(stage).get(item) !== undefined;
  }

  get(stage: number, item: number): unknown {
    const payload = this.#of(stage).get(item);
    assert(payload, 'a payload is held until its last reader lets go');
    return payload.value;
  }

  /** One of its readers will ask, and let go, under another name. */
  alias(stage: number, item: number, copy: number): void {
    const payload = this.#of(stage).get(item);
    assert(payload, 'a payload to be copied is held');
    payload.items ??= [item];
    payload.items.push(copy);
    this.#of(stage).set(copy, payload);
  }

  release(stage: number, item: number): void {
    const held = this.#of(stage);
    const payload = held.get(item);
    assert(payload, 'a payload let go is held');
    payload.readers--;
    // Gone with its last reader; under the name of a copy, which has one reader, at once.
    if (payload.readers <= 0) this.#forget(held, item, payload);
    else if (payload.items && item !== payload.items[0]) held.delete(item);
  }

  /** Takes a result out. */
  take(stage: number, item: number): unknown {
    const held = this.#of(stage);
    const payload = held.get(item);
    assert(payload, 'a result is held until it is taken out');
    this.#forget(held, item, payload);
    return payload.value;
  }

  #forget(held: RowMap<Payload>, item: number, payload: Payload): void {
    this.heldBytes -= payload.bytes;
    if (payload.items) for (const one of payload.items) held.delete(one);
    held.delete(item);
  }
}
