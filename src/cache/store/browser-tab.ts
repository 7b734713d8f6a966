/** Of the locks, which all pages of an origin share. */
const lockPrefix = 'millrace-open-';
/** How long a tab that is just being left may still hold what its successor asks for, ms. */
const handOverMs = 500;

/**
 * What one tab calls its own. It remembers through a reload which work it has open (`sessionStorage`), and
 * no other tab can claim that work meanwhile (`navigator.locks`, let go by the browser when the tab ends).
 * A duplicated tab remembers the same, but its claim fails. Without either, nobody else is known of.
 */
export class BrowserTab {
  readonly #memoryKey: string;
  readonly #claimed = new Map<string, () => void>();

  constructor(name: string) {
    this.#memoryKey = `millrace-${name}`;
  }

  get remembered(): string | null {
    try {
      return sessionStorage.getItem(this.#memoryKey);
    } catch {
      return null;
    }
  }

  remember(id: string): void {
    try {
      if (this.remembered !== id) sessionStorage.setItem(this.#memoryKey, id);
    } catch {
      // Refused: after a reload the newest work is opened.
    }
  }

  /** true: it is this tab's own from now on; false: another tab has it. */
  async claim(id: string): Promise<boolean> {
    if (this.#claimed.has(id) || !('locks' in navigator)) return true;
    if (await this.#lock(id, { ifAvailable: true })) return true;
    if (id !== this.remembered) return false;
    return this.#lock(id, { signal: AbortSignal.timeout(handOverMs) });
  }

  #lock(id: string, options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      const hold = (lock: Lock | null): Promise<void> | undefined => {
        resolve(lock !== null);
        if (lock === null) return undefined;
        // Held until the tab ends.
        return new Promise((release) => this.#claimed.set(id, release));
      };
      // It took too long; or the browser refuses locks, and then nobody else has one either.
      const fail = (error: unknown): void =>
        resolve(!(error instanceof DOMException && error.name === 'TimeoutError'));
      navigator.locks.request(lockPrefix + id, options, hold).catch(fail);
    });
  }

  /** What some tab, this one or another, has claimed. */
  async claimedAnywhere(): Promise<ReadonlySet<string>> {
    if (!('locks' in navigator)) return new Set(this.#claimed.keys());
    const { held = [] } = await navigator.locks.query();
    return new Set(held.map(({ name = '' }) => name.slice(lockPrefix.length)));
  }

  /** As the browser does when the tab ends. */
  release(): void {
    for (const release of this.#claimed.values()) release();
    this.#claimed.clear();
  }
}
