import { delMany, entries, get, set, update } from 'idb-keyval';
import type { BrowserTab } from './browser-tab.ts';
import { openStore } from './database.ts';
import { LeavingNotes } from './leaving-notes.ts';

/** What the shelf needs to know of a piece of work; the rest only the page knows. */
export interface Shelved {
  id: string;
  name: string;
  isEdited: boolean;
  savedAt: number;
  /** Only of what is handed out: another tab has this work open, which had been edited. */
  isCopy?: true;
}

/** So many that were edited are kept, and so many that were only looked at, for tabs that come back. */
export const worksKept = 10;

/**
 * Work in progress in this browser, each piece under its id. It is kept in IndexedDB, which takes any size
 * but no longer answers a page that is going away: for that moment there are notes in localStorage,
 * written at once, and the newer of both is what was worked on last.
 */
export class WorkspaceShelf<Work extends Shelved> {
  readonly #store: ReturnType<typeof openStore>;
  readonly #notes: LeavingNotes<Work>;
  readonly #tab: BrowserTab;
  readonly #newId: () => string;
  /** Ids this tab has saved under: with another one the shelf may have grown too long. */
  readonly #own = new Set<string>();

  constructor(name: string, tab: BrowserTab, newId: () => string) {
    this.#store = openStore(`millrace-${name}`);
    this.#notes = new LeavingNotes(name);
    this.#tab = tab;
    this.#newId = newId;
  }

  /**
   * What this tab had open, else the newest of all; null: nothing was saved, or storage is refused. Work
   * that another tab has open comes as a copy under an id of its own.
   */
  async load(): Promise<Work | null> {
    const works = await this.#all();
    const { remembered } = this.#tab;
    const found = works.find(({ id }) => id === remembered) ?? works[0];
    return found ? this.#take(found) : null;
  }

  /** Like `load`, but this one; null: it is no longer there. */
  async reopen(id: string): Promise<Work | null> {
    const found = (await this.#all()).find((work) => work.id === id);
    return found ? this.#take(found) : null;
  }

  /** All that was edited, newest first. */
  async earlier(): Promise<Pick<Work, 'id' | 'name' | 'savedAt'>[]> {
    const edited = (await this.#all()).filter(({ isEdited }) => isEdited);
    return edited.map(({ id, name, savedAt }) => ({ id, name, savedAt }));
  }

  /** @throws when storage is refused or full. */
  async save(work: Work): Promise<void> {
    const { id } = work;
    const isNew = !this.#own.has(id);
    this.#own.add(id);
    this.#tab.remember(id);
    // First, so that no other tab takes it for work that nobody has open.
    if (isNew) await this.#tab.claim(id);
    await set(id, work, this.#store);
    this.#notes.forget(work);
    if (isNew) await this.#letGo().catch(() => null);
  }

  /** Kept when it returns, where the browser has room for it; false: it has none. */
  saveAtOnce(work: Work): boolean {
    this.#tab.remember(work.id);
    return this.#notes.write(work);
  }

  async available(): Promise<boolean> {
    try {
      await get('', this.#store);
      return true;
    } catch {
      return false;
    }
  }

  /** Newest first. Notes that pages left behind are put with the others. */
  async #all(): Promise<Work[]> {
    const notes = this.#notes.all();
    try {
      for (const note of notes) {
        await this.#putNote(note);
        this.#notes.forget(note);
      }
      const kept = await entries<string, Work>(this.#store);
      return byAge(kept.map(([id, work]) => ({ ...beforeNames, ...work, id })));
    } catch {
      return byAge(notes);
    }
  }

  async #take(work: Work): Promise<Work> {
    if (await this.#tab.claim(work.id)) {
      this.#tab.remember(work.id);
      this.#own.add(work.id);
      return work;
    }
    const copy = { ...work, id: this.#newId(), isEdited: false };
    // Saved at once, with its age: after a reload this tab shows it again, and no tab takes it for the newest.
    await this.save(copy).catch(() => null);
    return work.isEdited ? { ...copy, isCopy: true } : copy;
  }

  /** The newer of what is there and this. */
  #putNote(work: Work): Promise<void> {
    return update<Work>(
      work.id,
      (kept) => (kept && kept.savedAt > work.savedAt ? kept : work),
      this.#store,
    );
  }

  async #letGo(): Promise<void> {
    const [works, open] = await Promise.all([this.#all(), this.#tab.claimedAnywhere()]);
    const old = [
      ...works.filter(({ isEdited }) => isEdited).slice(worksKept),
      ...works.filter(({ isEdited }) => !isEdited).slice(worksKept),
    ];
    const unopened = old.map(({ id }) => id).filter((id) => !open.has(id));
    if (unopened.length > 0) await delMany(unopened, this.#store);
  }
}

/** Work was first kept without these. */
const beforeNames = { name: 'Untitled', isEdited: true };

const byAge = <Work extends Shelved>(works: Work[]): Work[] =>
  works.sort((a, b) => b.savedAt - a.savedAt);
