const prefix = 'millrace-';

/**
 * Small things this browser remembers of how the page is used (`localStorage`), or of this tab only
 * (`sessionStorage`, which lives through a reload). Where storage is refused nothing is remembered.
 */
export class BrowserSettings {
  readonly #storage: () => Storage;

  constructor(storage: () => Storage) {
    this.#storage = storage;
  }

  get(name: string): string | null {
    try {
      return this.#storage().getItem(prefix + name);
    } catch {
      return null;
    }
  }

  /** null: it is forgotten. */
  set(name: string, value: string | null): void {
    try {
      if (value === null) this.#storage().removeItem(prefix + name);
      else this.#storage().setItem(prefix + name, value);
    } catch {
      // Refused, or full.
    }
  }
}
