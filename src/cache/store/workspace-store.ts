import { get, set } from 'idb-keyval';
import { openStore } from './database.ts';

/** Work in progress in this browser, under one name; what it is, only the page knows. */
export class WorkspaceShelf<Saved> {
  readonly #store = openStore('millrace-workspace');
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** null: nothing was saved, or storage is refused. */
  async load(): Promise<Saved | null> {
    try {
      return (await get<Saved>(this.#name, this.#store)) ?? null;
    } catch {
      return null;
    }
  }

  /** @throws when storage is refused or full. */
  async save(saved: Saved): Promise<void> {
    await set(this.#name, saved, this.#store);
  }

  async available(): Promise<boolean> {
    try {
      await get(this.#name, this.#store);
      return true;
    } catch {
      return false;
    }
  }
}
