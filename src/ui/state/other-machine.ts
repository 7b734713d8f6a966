import { same } from '../../base/same-json.ts';
import { idealOverheads, type Overheads } from '../../engine/runner.ts';

/**
 * What a prediction says of itself when another machine is predicted by now: "of another machine: …", a part of a
 * sentence. null: it is of this one.
 */
export function otherMachine(of: Overheads, now: Overheads): string | null {
  if (same(of, now)) return null;
  const [isIdeal, wasIdeal] = [now, of].map((one) => same(one, idealOverheads));
  if (wasIdeal)
    return 'of another machine: the ideal one, while predictions are of this browser now';
  return isIdeal
    ? 'of another machine: this browser, while predictions are of the ideal one now'
    : 'of another machine: this browser as an earlier measurement found it';
}
