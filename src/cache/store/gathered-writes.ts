/** Writes one after another: whoever comes while one is under way shares the next. */
export class GatheredWrites {
  readonly #write: () => Promise<void>;
  #current: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /** @param write takes whatever there is to be written when it is called, or soon after. */
  constructor(write: () => Promise<void>) {
    this.#write = write;
  }

  /** Of the write under way; null: there is none. */
  get current(): Promise<void> | null {
    return this.#current;
  }

  /** Resolves when all that there is now has been written. */
  add(): Promise<void> {
    this.#next ??= this.#writeAfter(this.#current);
    return this.#next;
  }

  async #writeAfter(former: Promise<void> | null): Promise<void> {
    // Also without one it is a moment later, in which more may come.
    await former?.catch(() => null);
    this.#current = this.#next;
    this.#next = null;
    try {
      await this.#write();
    } finally {
      this.#current = null;
    }
  }
}
