import type { HeardFromWorker } from '../../src/live/coordinator/check-wire.ts';
import type { WireEnd } from '../../src/live/wire.ts';

/** The ends that were found in a message, each an object of its own; null: it is no such message. */
export function endsIn(heard: HeardFromWorker | null): WireEnd[] | null {
  if (heard?.type !== 'ends') return null;
  const ends: WireEnd[] = [];
  heard.ends.each((end) => ends.push({ ...end, values: [...end.values] }));
  return ends;
}
