import {
  readResultFile,
  resultFileText,
  type MeasuredContent,
} from '../../share/link/result-file.ts';
import type { ResultFacts, ResultStore } from '../services.ts';
import type { App } from '../state/app.svelte.ts';
import { newWorkId } from '../state/work-id.ts';

/** What somebody measured of the open document on another machine. */
export interface AddedResult extends MeasuredContent {
  id: string;
}

/** Results of others that were added to the work that is open. */
export class MachinesDesk {
  /** In the order they were measured, oldest first. */
  added: readonly AddedResult[] = $state.raw([]);

  private readonly app: App;
  private workId = '';
  private looking: Promise<void> = Promise.resolve();

  constructor(app: App) {
    this.app = app;
  }

  /** Looks up what was added to this work; of another one nothing is shown any longer. */
  look(): Promise<void> {
    const { workId } = this.app.doc;
    if (this.workId === workId) return this.looking;
    this.workId = workId;
    this.added = [];
    return (this.looking = this.lookUp(workId));
  }

  private async lookUp(workId: string): Promise<void> {
    const found = await this.onShelf(async (shelf) => {
      const facts = await shelf.list(workId);
      const texts = await shelf.texts(
        workId,
        facts.map(({ id }) => id),
      );
      return facts.flatMap(({ id }, at) => {
        const read = readResultFile(texts[at] ?? '');
        return read.ok ? { id, ...read.value } : [];
      });
    });
    // Something may have been added meanwhile.
    if (this.workId === workId) this.added = inOrder([...(found ?? []), ...this.added]);
  }

  /** @returns false: this very result is there already. */
  async add(content: MeasuredContent): Promise<boolean> {
    const { workId } = this.app.doc;
    await this.look();
    // It belongs to the work that was open when it came.
    const isOpen = this.workId === workId;
    const text = resultFileText(content);
    const measured = JSON.stringify(content.result);
    if (isOpen && this.added.some(({ result }) => JSON.stringify(result) === measured))
      return false;
    const facts: ResultFacts = {
      id: newWorkId(),
      keptAt: Date.parse(content.result.measuredAt) || 0,
      bytes: 2 * text.length,
      isByHand: true,
    };
    if (isOpen) this.added = inOrder([...this.added, { ...content, id: facts.id }]);
    await this.onShelf((shelf) => shelf.keep(workId, facts, text, () => facts));
    return true;
  }

  async remove(id: string): Promise<void> {
    const { workId } = this;
    this.added = this.added.filter((one) => one.id !== id);
    await this.onShelf((shelf) => shelf.change(workId, id, () => null));
  }

  /** null: storage is refused or full, which is said. */
  private async onShelf<T>(use: (shelf: ResultStore) => Promise<T>): Promise<T | null> {
    try {
      return await use(await this.app.services.results());
    } catch {
      this.app.messages.show(
        'warning',
        'This browser keeps nothing for this page, so results that were added are lost when it is closed.',
      );
      return null;
    }
  }
}

const inOrder = (results: readonly AddedResult[]): AddedResult[] =>
  [...results].sort((a, b) => a.result.measuredAt.localeCompare(b.result.measuredAt));

const desks = new WeakMap<App, MachinesDesk>();

/** One for a page. */
export function machinesDesk(app: App): MachinesDesk {
  let desk = desks.get(app);
  if (!desk) desks.set(app, (desk = new MachinesDesk(app)));
  return desk;
}
