import type * as FocusModels from '../timeline/focus-models.ts';
import type { ScheduleFocus, Shown } from '../timeline/schedule-focus.ts';

const none: ReadonlySet<string> = new Set();

/** What the reader looks for in the schedule: an item, the critical path, some of the stages. */
export class FocusStore {
  /** The name of the item whose way is lit up. */
  found: string | null = $state(null);
  showsPath = $state(false);
  /** Finds something else to light up in whatever is shown; null: nothing else is asked for. */
  lens: ((shown: Shown) => ScheduleFocus) | null = $state.raw(null);
  /** The task that is looked at in the list of what is lit up, a row of the main trace. */
  row: number | null = $state(null);
  /** Ids of the stages that the legend has taken out. */
  hidden: ReadonlySet<string> = $state.raw(none);
  /** Above 0: the search field is to have the focus. */
  asked = $state(0);
  /** Set once it has been fetched: nobody needs it for a first look. */
  models: typeof FocusModels | null = $state.raw(null);

  /** Fetches what searches, lights up and makes lanes of items; resolves with false when it cannot be had. */
  async load(): Promise<boolean> {
    try {
      this.models ??= await import('../timeline/focus-models.ts');
    } catch {
      return false;
    }
    return true;
  }

  /** Lights up the way of an item; null: of none. */
  find(item: string | null): void {
    this.row = null;
    if (item !== null) this.clear();
    this.found = item;
    void this.load();
  }

  togglePath(): void {
    const shows = !this.showsPath;
    this.clear();
    this.showsPath = shows;
    void this.load();
  }

  look(lens: FocusStore['lens']): void {
    this.clear();
    this.lens = lens;
    void this.load();
  }

  clear(): void {
    this.row = this.found = this.lens = null;
    this.showsPath = false;
  }

  toggleStage(id: string): void {
    const next = new Set(this.hidden);
    if (!next.delete(id)) next.add(id);
    this.hidden = next;
  }

  /** Shows that stage alone; pressed once more, all of them. `all`: ids of all stages there are. */
  showOnly(id: string, all: readonly string[]): void {
    const others = all.filter((other) => other !== id);
    const isAlone = !this.hidden.has(id) && others.every((other) => this.hidden.has(other));
    this.hidden = isAlone ? none : new Set(others);
  }

  showAllStages(): void {
    this.hidden = none;
  }

  /** Another document has come. */
  forget(): void {
    this.clear();
    this.hidden = none;
  }
}
