import { assert } from '../../base/assert.ts';
import { byteSize } from '../../base/digest.ts';

interface Payload {
  value: unknown;
  bytes: number;
  /** Readers that have not let go. */
  readers: number;
  /** Its own name, then those of its copies. */
  names: number[];
}

/** The values in flight, each counted once however many read it. */
export class Payloads {
  /** Bytes of all values held. */
  heldBytes = 0;
  readonly #held = new Map<number, Payload>();

  /** @param readers child stages; 0: it is delivered. Returns its size in bytes. */
  put(stage: number, item: number, value: unknown, readers: number, knownBytes?: number): number {
    const bytes = knownBytes ?? byteSize(value);
    const key = name(stage, item);
    this.#held.set(key, { value, bytes, readers, names: [key] });
    this.heldBytes += bytes;
    return bytes;
  }

  has(stage: number, item: number): boolean {
    return this.#held.has(name(stage, item));
  }

  get(stage: number, item: number): unknown {
    const payload = this.#held.get(name(stage, item));
    assert(payload, `the payload of item row ${item} out of stage ${stage} is held`);
    return payload.value;
  }

  /** One of its readers will ask, and let go, under another name. */
  alias(stage: number, item: number, copy: number): void {
    const payload = this.#held.get(name(stage, item));
    assert(payload, `the payload to be copied (item row ${item}, stage ${stage}) is held`);
    const key = name(stage, copy);
    payload.names.push(key);
    this.#held.set(key, payload);
  }

  release(stage: number, item: number): void {
    const key = name(stage, item);
    const payload = this.#held.get(key);
    assert(payload, `the payload let go (item row ${item}, stage ${stage}) is held`);
    payload.readers--;
    // Gone with its last reader; under the name of a copy, which has one reader, at once.
    if (payload.readers <= 0) this.#forget(key, payload);
    else if (key !== payload.names[0]) this.#held.delete(key);
  }

  /** Takes a result out. */
  take(stage: number, item: number): unknown {
    const key = name(stage, item);
    const payload = this.#held.get(key);
    assert(payload, `the result (item row ${item}, stage ${stage}) is held`);
    this.#forget(key, payload);
    return payload.value;
  }

  #forget(key: number, payload: Payload): void {
    this.heldBytes -= payload.bytes;
    for (const one of payload.names) this.#held.delete(one);
    this.#held.delete(key);
  }
}

const name = (stage: number, item: number): number => (stage + 1) * 0x1_0000_0000 + item;
