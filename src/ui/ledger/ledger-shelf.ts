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
    const others = facts.flatMap(({ id, origin = 'added', keptAt }, at): OtherLedger[] => {
      const read = readLedgerFile(texts[at] ?? '', claims);
      return read.ok ? [{ id, origin, keptAt, results: read.value.results }] : [];
    });
    return { own: await this.readOwn(store), others };
  }

  /** With what another tab has measured meanwhile. */
  keepOwn(results: readonly LedgerResult[]): Promise<void> {
    const work = this.last.then(async () => {
      const store = await this.open();
      const before = await store.list(ownName);
      const merged = onlyNewest([...(await this.readOwn(store)), ...results]);
      const text = ledgerFileText(merged);
      const keptAt = Math.max(Date.now(), (before[0]?.keptAt ?? 0) + 1);
      await store.keep(ownName, factsOf(newWorkId(), keptAt, text), text, (newest) => newest);
      const [newest] = await store.list(ownName);
      for (const { id } of before)
        if (id !== newest?.id) await store.change(ownName, id, () => null);
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

  private async readOwn(store: LedgerStore): Promise<LedgerResult[]> {
    const [newest] = await store.list(ownName);
    if (!newest) return [];
    const [text] = await store.texts(ownName, [newest.id]);
    const read = readLedgerFile(text ?? '', this.claims, true);
    return read.ok ? read.value.results : [];
  }
}

const factsOf = (id: string, keptAt: number, text: string): LedgerFacts => ({
  ...{ id, keptAt, bytes: 2 * text.length, isByHand: true },
});
