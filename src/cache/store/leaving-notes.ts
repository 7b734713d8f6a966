/**
 * Work written down by pages that were going away, in localStorage: done when the call returns, and found
 * by whoever opens a page next. Where storage is refused, or the work is too large for it (about
 * 5 million letters for all), there is no note.
 */
export class LeavingNotes<Work extends { id: string; savedAt: number }> {
  readonly #prefix: string;

  constructor(name: string) {
    this.#prefix = `millrace-${name}-note-`;
  }

  /** false: there is no room for it; what IndexedDB was given must do. */
  write(work: Work): boolean {
    try {
      localStorage.setItem(this.#prefix + work.id, JSON.stringify(work));
      return true;
    } catch {
      return false;
    }
  }

  all(): Work[] {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.#prefix))
        .flatMap((key) => this.#read(key) ?? []);
    } catch {
      return [];
    }
  }

  /** Takes the note of this work away, unless that is newer. */
  forget({ id, savedAt }: Work): void {
    const key = this.#prefix + id;
    try {
      const note = this.#read(key);
      if (note !== null && note.savedAt <= savedAt) localStorage.removeItem(key);
    } catch {
      // Refused: then there is none.
    }
  }

  #read(key: string): Work | null {
    try {
      const note = JSON.parse(localStorage.getItem(key) ?? 'null') as Work | null;
      return typeof note?.savedAt === 'number' && typeof note.id === 'string' ? note : null;
    } catch {
      return null;
    }
  }
}
