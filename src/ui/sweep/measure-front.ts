import { spreadAlong, tradeOffFront } from '../../explore/front.ts';
import { tradeOffPoints } from '../../explore/trade-off.ts';
import type { App } from '../state/app.svelte.ts';
import { sweepOf, type SweepStore } from './sweep-store.svelte.ts';
import { SweepWords, whyOld } from './sweep-words.ts';

/** More would take minutes, and the machine drifts meanwhile. */
export const measuredMost = 6;

/** What is measured unless the reader ticks others: some from one end of the front to the other. */
export function usualCells(front: readonly number[], present: number | null): number[] {
  return spreadAlong(
    front.filter((cell) => cell !== present),
    measuredMost,
  );
}

/** Runs the ticked cells of the front on the live machine; says why where there are none. */
export async function measureFront(app: App): Promise<void> {
  const store = sweepOf(app);
  const { shown } = store;
  if (shown?.isWhole !== true)
    return app.tell('info', 'There is no front of this document yet: simulate the sweep first.');
  const old = whyOld(store);
  if (old !== null) return app.tell('info', old);
  const words = new SweepWords(shown.document, shown.axes);
  const front = frontCells(store, words);
  const cells = store.chosen
    ? front.filter((cell) => store.chosen!.has(cell))
    : usualCells(front, store.present);
  if (cells.length === 0)
    return app.tell('info', 'The document is at the best of these settings already.');
  await store.measureLive(cells, words);
}

function frontCells(
  { shown, alongX, alongY, withLosses }: SweepStore,
  { compareCosts }: SweepWords,
): number[] {
  const points = tradeOffPoints(shown!.outcomes, alongX, alongY, withLosses);
  return tradeOffFront(points, compareCosts).map(({ index }) => index);
}
