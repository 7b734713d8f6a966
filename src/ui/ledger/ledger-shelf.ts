import type { LedgerResult } from '../../explore/ledger/outcome.ts';
import type { Claim } from '../../scenarios/claims/claim.ts';
import { onlyNewest } from '../../share/ledger/kept-ledger.ts';
import { ledgerFileText, readLedgerFile } from '../../share/ledger/ledger-file.ts';
import type { LedgerFacts, LedgerStore } from '../services.ts';
import { newWorkId } from '../state/work-id.ts';

/** A ledger that is not the one of this browser as it is now. */
export interface OtherLedger {
  id: string;
  /** "earlier": measured here and set aside. */
  origin: 'earlier' | 'added';
  /** ms since 1970. */
  keptAt: number;
  /** None: it cannot be read, so it can only be let go. */
  results: readonly LedgerResult[];
}

const ownName = 'own';
const othersName = 'others';

/** Ledgers in this browser's storage. All reject where storage is refused or full. */
export class LedgerShelf {
  private readonly open: () => Promise<LedgerStore>;
  /** Each change of the own ledger waits for the one before, so that none is lost. */
  private last: Promise<unknown> = Promise.resolve();
  private claims: readonly Claim[] = [];

  constructor(open: () => Promise<LedgerStore>) {
    this.open = open;
  }

  async read(claims: readonly Claim[]): Promise<{ own: LedgerResult[]; others: OtherLedger[] }> {
    this.claims = claims;
    const store = await this.open();
    const facts = await store.list(othersName);
    const texts = await store.texts(
      othersName,
      facts.map(({ id }) => id),
    );
    const others = facts.map(({ id, origin = 'added', keptAt }, at): OtherLedger => {
      const read = readLedgerFile(texts[at] ?? '', claims);
      return { id, origin, keptAt, results: read.ok ? read.value.results : [] };
    });
    const { results } = await this.readOwn(store);
    return { own: results, others };
  }

  /** With what another tab has measured meanwhile; what cannot be read stays beside it for a page that can. */
  keepOwn(results: readonly LedgerResult[]): Promise<void> {
    const work = this.last.then(async () => {
      const store = await this.open();
      const { read, results: before, newestAt } = await this.readOwn(store);
      const text = ledgerFileText(onlyNewest([...before, ...results]));
      const keptAt = Math.max(Date.now(), newestAt + 1);
      await store.keep(ownName, factsOf(newWorkId(), keptAt, text), text, (newest) => newest);
      const [newest] = await store.list(ownName);
      for (const id of read) if (id !== newest?.id) await store.change(ownName, id, () => null);
    });
    this.last = work.catch(() => null);
    return work;
  }

  async keepOther({ id, origin, keptAt, results }: OtherLedger): Promise<void> {
    const text = ledgerFileText(results);
    const facts = { ...factsOf(id, keptAt, text), origin };
    await (await this.open()).keep(othersName, facts, text, () => facts);
  }

  async removeOther(id: string): Promise<void> {
    await (await this.open()).change(othersName, id, () => null);
  }

  /** What can be read of the own ledger, each claim's newest, and of which records it is. */
  private async readOwn(
    store: LedgerStore,
  ): Promise<{ results: LedgerResult[]; read: string[]; newestAt: number }> {
    const facts = await store.list(ownName);
    const ids = facts.map(({ id }) => id);
    const texts = await store.texts(ownName, ids);
    const found = texts.map((text) => readLedgerFile(text ?? '', this.claims, true));
    return {
      results: onlyNewest(found.flatMap((one) => (one.ok ? one.value.results : []))),
      read: ids.filter((_, at) => found[at]!.ok),
      newestAt: facts[0]?.keptAt ?? 0,
    };
  }
}

const factsOf = (id: string, keptAt: number, text: string): LedgerFacts => ({
  ...{ id, keptAt, bytes: 2 * text.length, isByHand: true },
});
