import { get, set } from 'idb-keyval';
import { openStore } from './database.ts';

/**
 * Work in progress in this browser, under one name; what it is, only the page knows. It is kept in
 * IndexedDB, which takes any size but no longer answers a page that is going away: for that moment there
 * is a note in localStorage, written at once, and the newer of both is what was worked on last.
 */
export class WorkspaceShelf<Saved extends { savedAt: number }> {
  readonly #store = openStore('millrace-workspace');
  readonly #name: string;
  readonly #noteKey: string;

  constructor(name: string) {
    this.#name = name;
    this.#noteKey = `millrace-${name.replaceAll(' ', '-')}`;
  }

  /** null: nothing was saved, or storage is refused. */
  async load(): Promise<Saved | null> {
    const note = this.#note();
    try {
      const kept = (await get<Saved>(this.#name, this.#store)) ?? null;
      return note !== null && (kept === null || note.savedAt > kept.savedAt) ? note : kept;
    } catch {
      return note;
    }
  }

  /** @throws when storage is refused or full. */
  async save(saved: Saved): Promise<void> {
    await set(this.#name, saved, this.#store);
    const note = this.#note();
    if (note !== null && note.savedAt <= saved.savedAt) this.#write(null);
  }

  /** Kept when it returns, where the browser has room for it. */
  saveAtOnce(saved: Saved): void {
    this.#write(JSON.stringify(saved));
  }

  async available(): Promise<boolean> {
    try {
      await get(this.#name, this.#store);
      return true;
    } catch {
      return false;
    }
  }

  #note(): Saved | null {
    try {
      const note = JSON.parse(localStorage.getItem(this.#noteKey) ?? 'null') as Saved | null;
      return typeof note?.savedAt === 'number' ? note : null;
    } catch {
      return null;
    }
  }

  #write(text: string | null): void {
    try {
      if (text === null) localStorage.removeItem(this.#noteKey);
      else localStorage.setItem(this.#noteKey, text);
    } catch {
      // Refused or too large (about 5 million letters): what IndexedDB was given must do.
    }
  }
}
