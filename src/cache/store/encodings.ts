/** Entries that are just being compressed: whoever asks for one waits for it. */
export class Encodings {
  readonly #underWay = new Map<string, Promise<void>>();

  /** One entry at a time: many streams at once would hold many copies. Fails with the first that fails. */
  async run<Entry extends { key: string }>(
    entries: readonly Entry[],
    encode: (entry: Entry) => Promise<void>,
  ): Promise<void> {
    const running = encodeAll(entries, encode);
    for (const { key } of entries) this.#underWay.set(key, running);
    try {
      await running;
    } finally {
      for (const { key } of entries) {
        if (this.#underWay.get(key) === running) this.#underWay.delete(key);
      }
    }
  }

  /** Resolves when none of these keys is under way, however that ends. */
  async of(keys: readonly string[]): Promise<void> {
    if (this.#underWay.size === 0) return;
    await Promise.allSettled(keys.flatMap((key) => this.#underWay.get(key) ?? []));
  }

  async all(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }
}

async function encodeAll<Entry>(
  entries: readonly Entry[],
  encode: (entry: Entry) => Promise<void>,
): Promise<void> {
  for (const entry of entries) await encode(entry);
}
