import type { GateVerdict } from '../../measure/gate.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { baselineText, readBaseline, type Baseline } from '../../share/baseline.ts';
import type { BaselineFacts } from '../services.ts';
import type { App } from '../state/app.svelte.ts';
import { newWorkId } from '../state/work-id.ts';
import { medianMs } from '../../measure/median.ts';

/** What came of comparing with a baseline. */
export interface BaselineComparison {
  gate: GateVerdict;
  baseline: Baseline;
  /** What was compared with it. */
  document: PipelineDocument;
}

/** The baselines of the work that is open: which there are, which one is compared with, and what came of it. */
export class BaselineDesk {
  /** Newest first; null: not looked up yet. */
  kept: readonly BaselineFacts[] | null = $state.raw(null);
  /** The one to compare with. */
  chosen: { id: string; baseline: Baseline } | null = $state.raw(null);
  comparison: BaselineComparison | null = $state.raw(null);
  /** Files that were opened so far: what is said of one is of no interest once the next has come. */
  private opened = $state(0);
  private workId = '';
  /** Of the latest choice: an older one that is read later is of no interest. */
  private choice = 0;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  /** Looks up what is kept of the work that is open now. */
  async look(): Promise<void> {
    const { id } = this.app.doc.present.work;
    if (id === this.workId && this.kept !== null) return;
    this.workId = id;
    this.kept = null;
    this.chosen = null;
    this.comparison = null;
    const kept = await this.onShelf((shelf) => shelf.list(id));
    if (this.workId !== id) return;
    this.kept = kept ?? [];
    const [newest] = this.kept;
    if (newest) await this.choose(newest.id);
  }

  async choose(id: string): Promise<void> {
    const { workId } = this;
    const choice = ++this.choice;
    const texts = await this.onShelf((shelf) => shelf.texts(workId, [id]));
    const read = texts?.[0] ? readBaseline(texts[0]) : null;
    if (this.workId !== workId || this.choice !== choice) return;
    if (read?.ok) {
      this.chosen = { id, baseline: read.value };
      this.comparison = null;
    } else this.refuse('This baseline cannot be read any more: remove it, and measure another.');
  }

  /** Takes a file's text as a baseline, or says why it is none. */
  async open(text: string): Promise<void> {
    const read = readBaseline(text);
    const nth = ++this.opened;
    if (read.ok) await this.keep(read.value);
    else this.app.messages.show('error', read.error, undefined, () => this.opened !== nth);
  }

  /** Of the work that is open; it is the chosen one from now on. @returns whether it could be kept beyond this visit. */
  async keep(baseline: Baseline): Promise<boolean> {
    const { id: workId } = this.app.doc.present.work;
    const text = baselineText(baseline);
    const facts: BaselineFacts = {
      id: newWorkId(),
      keptAt: Date.parse(baseline.measuredAt),
      bytes: 2 * text.length,
      isByHand: true,
      title: baseline.document.name ?? 'Untitled',
      runs: baseline.makespans.length,
      medianMs: medianMs(baseline.makespans)!,
      browser: baseline.environment?.browser ?? null,
    };
    const isKept = await this.onShelf(async (shelf) => {
      await shelf.keep(workId, facts, text, () => facts);
      return true;
    });
    this.choice++;
    this.workId = workId;
    this.kept = [facts, ...(this.kept ?? [])].sort((a, b) => b.keptAt - a.keptAt);
    this.chosen = { id: facts.id, baseline };
    this.comparison = null;
    return isKept ?? false;
  }

  async remove(id: string): Promise<void> {
    const { workId } = this;
    await this.onShelf((shelf) => shelf.change(workId, id, () => null));
    this.kept = (this.kept ?? []).filter((facts) => facts.id !== id);
    if (this.chosen?.id !== id) return;
    this.chosen = null;
    this.comparison = null;
    const [newest] = this.kept;
    if (newest) await this.choose(newest.id);
  }

  private refuse(why: string): void {
    this.app.messages.show('error', why);
  }

  /** null: storage is refused or full, which is said. */
  private async onShelf<T>(
    use: (shelf: Awaited<ReturnType<App['services']['baselines']>>) => Promise<T>,
  ): Promise<T | null> {
    try {
      return await use(await this.app.services.baselines());
    } catch {
      this.app.messages.show(
        'warning',
        'This browser keeps nothing for this page, so baselines are lost when it is closed: save them as files.',
      );
      return null;
    }
  }
}

const desks = new WeakMap<App, BaselineDesk>();

/** One for a page: whoever comes back finds what was chosen and compared. */
export function baselineDesk(app: App): BaselineDesk {
  let desk = desks.get(app);
  if (!desk) desks.set(app, (desk = new BaselineDesk(app)));
  return desk;
}
