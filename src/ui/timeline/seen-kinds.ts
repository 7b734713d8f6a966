import type { SwatchKind } from '../../charts/canvas/schedule-swatch.ts';
import { Outcome, type Trace } from '../../trace/types.ts';

const kindOf: [Outcome, SwatchKind][] = [
  [Outcome.hit, 'hit'],
  [Outcome.failed, 'failed'],
  [Outcome.retried, 'retried'],
  [Outcome.timedOut, 'timedOut'],
  [Outcome.cancelled, 'cancelled'],
  [Outcome.lost, 'lost'],
];

/** Which signs the schedule of this trace has: the legend explains those and no others. O(tasks). */
export function seenKinds({ tasks, meta }: Trace): SwatchKind[] {
  const outcomes = new Uint8Array(16);
  let [waited, setup, blocked] = [false, false, false];
  for (let row = 0; row < tasks.count; row++) {
    outcomes[tasks.outcome[row]!] = 1;
    waited ||= tasks.waited[row]! > 0;
    setup ||= tasks.setup[row]! > 0;
    blocked ||= tasks.leave[row]! > tasks.end[row]!;
  }
  const kinds: SwatchKind[] = ['busy'];
  if (waited) kinds.push('waiting');
  if (setup) kinds.push('setup');
  if (blocked) kinds.push('blocked');
  for (const [outcome, kind] of kindOf) if (outcomes[outcome] === 1) kinds.push(kind);
  if (meta.stages.some(({ dropped }) => dropped > 0)) kinds.push('dropped');
  return kinds;
}
