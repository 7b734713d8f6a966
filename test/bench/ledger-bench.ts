import { formatMs } from '../../src/base/units.ts';
import { callHeadless, withHeadlessPage } from '../../src/cli/headless.ts';
import { chosenClaims, ledgerTable } from '../../src/cli/ledger-command.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { writeFigures } from './write-figures.ts';

/** Two cores, no more. */
const wholeMostMs = 180_000;

/** `ledger [CLAIM…]`: how long the whole ledger takes, calibration included, and what came of each claim. */
export async function runLedgerBench(named: readonly string[]): Promise<void> {
  const claims = chosenClaims(named);
  const say = (text: string): boolean => process.stderr.write(text);
  const { measured, wholeMs } = await withHeadlessPage(say, async (page) => {
    const startMs = performance.now();
    const measured = await callHeadless(page, 'ledger', { claims: claims.map(({ id }) => id) });
    return { measured, wholeMs: performance.now() - startMs };
  });
  console.log(ledgerTable(claims, measured));
  const { outcomes } = measured;
  const slowest = outcomes.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, 12);
  console.log(
    textTable(
      ['Took longest', 'Time', 'Trials'],
      slowest.map(({ id, tookMs, trials }) => [id, formatMs(tookMs), String(trials.length)]),
    ),
  );
  const without = outcomes.filter(({ verdict }) => verdict === null).map(({ id }) => id);
  console.log(
    `${outcomes.length} of ${claims.length} claims in ${formatMs(wholeMs)} (aim: ${formatMs(wholeMostMs)} on 2 cores): ${wholeMs <= wholeMostMs ? 'the aim is met' : 'the aim is MISSED'}.`,
  );
  console.log(
    without.length === 0
      ? 'Every row has a verdict.'
      : `WITHOUT a verdict, though there are trials: ${without.join(', ')}.`,
  );
  writeFigures('ledger', { wholeMs, ...measured });
}
