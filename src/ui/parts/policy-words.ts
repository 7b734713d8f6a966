import type { Order, Routing } from '../../pipeline/types.ts';

/** What each choice is called where it is chosen. */
export const orderNames: readonly (readonly [Order, string])[] = [
  ['fifo', 'first in, first out (fifo)'],
  ['lifo', 'last in, first out (lifo)'],
  ['priority', 'largest priority first'],
  ['shortest', 'shortest tasks first'],
  ['critical-path', 'longest way to the end first'],
  ['downstream-first', 'downstream first'],
];
export const routingNames: readonly (readonly [Routing, string])[] = [
  ['shared-queue', 'one shared queue'],
  ['round-robin', 'round robin'],
  ['random', 'random'],
  ['least-loaded', 'least loaded'],
  ['least-loaded-scan', 'least loaded, by scan'],
  ['two-choices', 'two choices'],
  ['affinity', 'affinity'],
];

/** What each choice does, one plain sentence or two, shown under the one that is chosen. */
export const orderWords: Record<Order, string> = {
  fifo: 'First in, first out: what became ready first goes first, whatever its stage.',
  lifo: 'Last in, first out: the newest goes first and old items may wait long. Items that came at one moment go by number, and batches of the shared queue are filled oldest first: there it does the same as fifo.',
  priority:
    'The stage with the largest priority goes first. Between tasks of one stage nothing changes.',
  shortest:
    'The stage whose tasks take the least time on average goes first. It compares stages, not tasks: with one stage it does the same as fifo.',
  'critical-path':
    'The stage with the longest way still to go goes first: the sum of the average times from it to the end. It compares stages, not tasks.',
  'downstream-first':
    'The stage nearest to the end goes first, so that items get out before new ones get in.',
};

export const routingWords: Record<Routing, string> = {
  'shared-queue':
    'One queue for all: whichever worker is free takes the next task, so nobody idles while a task waits.',
  'round-robin':
    'Each worker in turn gets the next task, without a look at how much it has to do already.',
  random: 'A worker drawn at random: some get many tasks while others idle.',
  'least-loaded':
    'The worker with the fewest tasks, found with a heap. It counts tasks, not how long they take.',
  'least-loaded-scan':
    'The same worker as least-loaded, found by looking at all: the same schedule, for comparison.',
  'two-choices':
    'Of two workers drawn at random the one with fewer tasks: nearly as even as looking at all of them.',
  affinity:
    'The worker that ran the item’s task before this one, where its data are near. It may be busy while others idle.',
};
