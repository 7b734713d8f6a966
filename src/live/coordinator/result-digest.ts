import { OrderFreeDigest } from '../../base/digest.ts';

/** From so many on the browser's own SHA-256 is worth a message. Bytes. */
export const largeBytes = 8 * 1024;
/** In one message. Bytes. */
const messageBytes = 4 * 1024 * 1024;
/** Given to the hasher, or gathered for it, before `settle` is to be waited for. Bytes. */
const besideMost = 16 * 1024 * 1024;

const notHashed = 'the browser could not hash them';

/** What the hasher answers. */
interface Answer {
  /** null: it could not read what it was asked. */
  ask: number | null;
  /** Part → its SHA-256; null: it could not. */
  hashes: ArrayBuffer[] | null;
}

/** Whom to tell of an answer. */
interface Asked {
  answered(): void;
  failed(why: Error): void;
}

/**
 * The digest of all results, whatever their order. What is large goes to the hasher, which has the browser's own SHA-256:
 * ten times as fast as ours, and not on this thread.
 */
export class ResultDigest {
  readonly #digest = new OrderFreeDigest();
  readonly #hasher: MessagePort | null;
  #parts: ArrayBuffer[] = [];
  #partsBytes = 0;
  #besideBytes = 0;
  /** One run comes after another, with the same hasher. */
  static #asks = 0;
  readonly #asked = new Map<number, Asked>();
  #answers: Promise<void>[] = [];

  /** @param hasher answers `{ ask, parts: ArrayBuffer[] }` with an `Answer`; null: all is hashed here. */
  constructor(hasher: MessagePort | null) {
    this.#hasher = hasher;
    hasher?.addEventListener('message', this.#hear);
    hasher?.addEventListener('messageerror', this.#failAll);
    hasher?.start();
  }

  /** @param bytes not to be used any more. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length < largeBytes || this.#hasher === null) {
      this.addHere(bytes);
      return;
    }
    this.#parts.push(bytes.buffer);
    this.#partsBytes += bytes.length;
    this.#besideBytes += bytes.length;
    if (this.#partsBytes >= messageBytes) this.#send(this.#hasher);
  }

  /** On this thread, at once. */
  addHere(bytes: Uint8Array): void {
    this.#digest.add(bytes);
  }

  #send(hasher: MessagePort): void {
    const ask = ResultDigest.#asks++;
    const parts = this.#parts;
    this.#parts = [];
    this.#partsBytes = 0;
    // First: of what cannot be sent there is no answer to wait for.
    hasher.postMessage({ ask, parts }, parts);
    const answer = new Promise<void>((answered, failed) =>
      this.#asked.set(ask, { answered, failed }),
    );
    // `settle` hears of it.
    answer.catch(() => {});
    this.#answers.push(answer);
  }

  readonly #failAll = (): void => {
    for (const { failed } of this.#asked.values()) failed(new Error(notHashed));
  };

  readonly #hear = ({ data: { ask, hashes } }: MessageEvent<Answer>): void => {
    if (ask === null) {
      this.#failAll();
      return;
    }
    // Of a run before this one it may be, which did not wait for it.
    const asked = this.#asked.get(ask);
    if (!asked) return;
    this.#asked.delete(ask);
    if (hashes === null) {
      asked.failed(new Error(notHashed));
      return;
    }
    for (const hash of hashes) this.#digest.addHash(new Uint8Array(hash));
    asked.answered();
  };

  /** `settle` is to be waited for before more is added. */
  get isFull(): boolean {
    return this.#besideBytes >= besideMost;
  }

  /** Resolves when all that was added is in it. @throws Error when the hasher fails. */
  async settle(): Promise<void> {
    if (this.#parts.length > 0) this.#send(this.#hasher!);
    const answers = this.#answers;
    this.#answers = [];
    this.#besideBytes = 0;
    await Promise.all(answers);
  }

  /** Of all; nothing is added afterwards. */
  take(): string {
    this.#hasher?.removeEventListener('message', this.#hear);
    this.#hasher?.removeEventListener('messageerror', this.#failAll);
    return this.#digest.hex;
  }
}
