import { formatBytes } from '../../base/units.ts';
import { fail, type Result } from '../../base/result.ts';
import type { LedgerProgress } from '../../explore/ledger/ledger.ts';
import { leadingTrial } from '../../explore/ledger/verdict.ts';
import { notesOf } from '../../explore/ledger/words.ts';
import type { LedgerResult } from '../../explore/ledger/outcome.ts';
import { newestOutcomes, withOutcomes } from '../../share/ledger/kept-ledger.ts';
import {
  isLedgerFile,
  ledgerFileText,
  readLedgerFile,
  type ReadLedger,
} from '../../share/ledger/ledger-file.ts';
import { ledgerBytesMax } from '../../share/ledger/ledger-limits.ts';
import { readLedgerLink } from '../../share/ledger/ledger-link.ts';
import type { ClaimsList } from '../services.ts';
import type { App } from '../state/app.svelte.ts';
import { newWorkId } from '../state/work-id.ts';
import { ledgerLinkIn } from './ledger-link-in.ts';
import { LedgerShelf, type OtherLedger } from './ledger-shelf.ts';
import { runClaims } from './run-claims.ts';

/** Claims that are being put to the test. */
export interface LedgerUnderWay {
  /** Ids, in their order. */
  claims: readonly string[];
  done: number;
  /** null: nothing has begun yet. */
  progress: LedgerProgress | null;
  isStopping: boolean;
}

/** What came of the claims in this browser, and the ledgers of others that are shown beside it. */
export class LedgerDesk {
  /** null: not there yet. */
  list: ClaimsList | null = $state.raw(null);
  /** At most one outcome a claim. */
  own: readonly LedgerResult[] = $state.raw([]);
  /** Newest first. */
  others: readonly OtherLedger[] = $state.raw([]);
  /** The one that is shown beside the own; null: none. */
  besideId: string | null = $state(null);
  underWay: LedgerUnderWay | null = $state.raw(null);
  /** What came of the last thing that was asked for, in a sentence; null: nothing to say. */
  said: { isBad: boolean; text: string } | null = $state.raw(null);

  readonly newest = $derived.by(() => newestOutcomes(this.own));
  readonly beside: OtherLedger | null = $derived.by(
    () => this.others.find(({ id }) => id === this.besideId) ?? null,
  );
  readonly besideNewest = $derived.by(() => newestOutcomes(this.beside?.results ?? []));

  private readonly app: App;
  private readonly shelf: LedgerShelf;
  private loading: Promise<ClaimsList> | null = null;

  constructor(app: App) {
    this.app = app;
    this.shelf = new LedgerShelf(app.services.ledgers);
  }

  /** The claims, with what this browser has kept of them; rejects where they cannot be loaded. */
  look(): Promise<ClaimsList> {
    this.loading ??= this.load().catch((error: unknown) => {
      // The next one who asks tries again.
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  private async load(): Promise<ClaimsList> {
    const list = await this.app.services.claims();
    const { own, others } = await this.onShelf(() => this.shelf.read(list.claims), {
      own: [],
      others: [],
    });
    this.own = own;
    this.others = others;
    this.list = list;
    return list;
  }

  /** Puts these claims to the test, one after the other; what has an outcome keeps it whatever comes. */
  async run(ids: readonly string[]): Promise<void> {
    const { claims } = await this.look();
    if (this.app.busy || !this.app.services.environment.workers) return;
    const measuredAt = new Date().toISOString();
    const chosen = claims.filter(({ id }) => ids.includes(id));
    this.said = null;
    const stayed = new Map<string, string>();
    this.underWay = {
      ...{ claims: chosen.map(({ id }) => id), done: 0, progress: null, isStopping: false },
    };
    const change = (news: Partial<LedgerUnderWay>): void => {
      if (this.underWay) this.underWay = { ...this.underWay, ...news };
    };
    const run = runClaims(this.app, chosen, {
      onOutcome: (outcome, environment) => {
        change({ done: (this.underWay?.done ?? 0) + 1 });
        const { results, stays } = withOutcomes(this.own, {
          ...{ measuredAt, environment, outcomes: [outcome] },
        });
        this.own = results;
        for (const id of stays) stayed.set(id, leadingTrial(outcome)?.note ?? '');
        void this.keepOwn();
      },
      onProgress: (progress) => change({ progress }),
    });
    this.app.other = {
      stop: () => {
        change({ isStopping: true });
        run.stop();
      },
    };
    try {
      const ended = await run.done;
      const { done = 0 } = this.underWay ?? {};
      const through =
        ended === 'stopped'
          ? `Stopped: ${done} of ${chosen.length} claims have their outcome.`
          : chosen.length > 1 && stayed.size === 0 && 'All of them have their outcome.';
      const text = notesOf(through, stayedWords(stayed));
      if (text) this.say(text);
    } catch (error) {
      this.say(`The run broke off: ${(error as Error).message}`, true);
    } finally {
      this.app.other = null;
      this.underWay = null;
    }
  }

  private async keepOwn(): Promise<void> {
    const { own } = this;
    await this.onShelf(() => this.shelf.keepOwn(own), undefined);
  }

  /** The own ledger as it is, to be shown beside a later one. */
  async setAside(): Promise<void> {
    await this.keepOther('earlier', [...this.own]);
    this.say('Set aside: what you run from now on is shown beside it.');
  }

  /**
   * A ledger of another machine, out of a link, an address with one, or a file's text. What is none is said and changes
   * nothing. Never rejects.
   * @returns whether it is one
   */
  async add(text: string): Promise<boolean> {
    const read = await this.read(text);
    if (!read.ok) {
      this.say(read.error, true);
      return false;
    }
    const { results, unknown } = read.value;
    const known = this.others.find(
      (one) => ledgerFileText(one.results) === ledgerFileText(results),
    );
    if (known) this.besideId = known.id;
    else await this.keepOther('added', results);
    const left =
      unknown.length === 0
        ? ''
        : ` Left out, because this page does not know them: ${unknown.slice(0, 5).join(', ')}.`;
    this.say(`${known ? 'This ledger is there already.' : 'The ledger was added.'}${left}`);
    return true;
  }

  /** The same of a file, which is not even looked into where it is far too large. */
  async addFile(file: File): Promise<void> {
    // A letter takes four bytes at the most.
    if (file.size > 4 * ledgerBytesMax)
      this.say(
        `“${file.name}” has ${formatBytes(file.size)}, and no ledger has more than ${formatBytes(ledgerBytesMax)}.`,
        true,
      );
    else await this.add(await file.text());
  }

  private async read(text: string): Promise<Result<ReadLedger>> {
    try {
      const { claims } = await this.look();
      const link = ledgerLinkIn(text);
      return isLedgerFile(text) || link === null
        ? readLedgerFile(text, claims)
        : await readLedgerLink(link, claims);
    } catch {
      return fail('The claims could not be loaded: check the connection and try again.');
    }
  }

  private async keepOther(origin: OtherLedger['origin'], results: LedgerResult[]): Promise<void> {
    const other: OtherLedger = { id: newWorkId(), origin, keptAt: Date.now(), results };
    this.others = [other, ...this.others];
    this.besideId = other.id;
    await this.onShelf(() => this.shelf.keepOther(other), undefined);
  }

  async remove(id: string): Promise<void> {
    this.others = this.others.filter((one) => one.id !== id);
    if (this.besideId === id) this.besideId = null;
    await this.onShelf(() => this.shelf.removeOther(id), undefined);
  }

  say(text: string, isBad = false): void {
    this.said = { isBad, text };
  }

  private async onShelf<T>(use: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await use();
    } catch {
      this.say(
        'This browser keeps nothing for this page, so outcomes are lost when it is closed: save or share them.',
        true,
      );
      return otherwise;
    }
  }
}

/** @param of claims by id, with why nothing can be said of them now */
function stayedWords(of: ReadonlyMap<string, string>): string {
  const [first, ...others] = of;
  if (first === undefined) return '';
  const [id, why] = first;
  if (others.length === 0)
    return notesOf(`Nothing new can be said of ${id}, so its earlier outcome stays.`, why);
  const ids = [...of.keys()].join(', ');
  return notesOf(
    `Nothing new can be said of ${ids}, so their earlier outcomes stay.`,
    why && `${id}: ${why}`,
  );
}

const desks = new WeakMap<App, LedgerDesk>();

/** One for a page. */
export function ledgerDesk(app: App): LedgerDesk {
  let desk = desks.get(app);
  // It outlives the page of its own that asks for it first.
  if (!desk) $effect.root(() => void desks.set(app, (desk = new LedgerDesk(app))));
  return desk ?? desks.get(app)!;
}
