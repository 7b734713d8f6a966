import { formatCount } from '../../base/units.ts';
import type { ItemBooks } from '../../trace/types.ts';

/** How many source items came to nothing: they failed or were dropped. */
export const lostItems = ({ failed, dropped }: ItemBooks): number => failed + dropped;

/**
 * "46 of 60 items were dropped.", "Nothing was delivered: all 20 items failed."; "" when none is lost.
 * `measured`: of a run, else of a prediction, which is said.
 */
export function lostWords(items: ItemBooks, measured: boolean): string {
  if (lostItems(items) === 0) return '';
  const { emitted, delivered, failed, dropped } = items;
  const fates = [
    [failed, 'failed'],
    [dropped, dropped === 1 ? 'was dropped' : 'were dropped'],
  ] as const;
  const lost = fates
    .filter(([count]) => count > 0)
    .map(([count, fate], at) => {
      if (at > 0) return `${formatCount(count)} ${fate}`;
      if (count < emitted) return `${formatCount(count)} of ${formatCount(emitted)} items ${fate}`;
      return count === 1 ? `the one item ${fate}` : `all ${formatCount(count)} items ${fate}`;
    })
    .join(' and ');
  const sentence = delivered === 0 ? `nothing was delivered: ${lost}.` : `${lost}.`;
  return measured
    ? sentence[0]!.toUpperCase() + sentence.slice(1)
    : `In the prediction ${sentence}`;
}
