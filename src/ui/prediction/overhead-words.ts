import { formatMs, formatPercent } from '../../base/units.ts';
import type { Overheads } from '../../engine/runner.ts';

/** A cost of this browser, as it is shown. */
export interface OverheadWords {
  name: keyof Overheads;
  title: string;
  /** What it is and how it was measured, for a student. */
  text: string;
  format: (value: number) => string;
}

/** Costs that are a few µs each, nothing included: what was too little to tell is no other unit. */
const formatCost = (ms: number): string => (ms === 0 ? '0 µs' : formatMs(ms));
const perMegabyte = (ms: number): string => `${formatMs(ms * 1_000_000)} / MB`;

/** In the order of a task's way. */
export const overheadWords: readonly OverheadWords[] = [
  {
    ...{ name: 'startWorkerMs', title: 'Start a worker', format: formatMs },
    text: 'From the order to start a worker until it takes tasks: the faster of two starts.',
  },
  {
    ...{ name: 'dispatchMs', title: 'Dispatch a task', format: formatCost },
    text: 'CPU time of the coordinator for each task: it notes an end, chooses the next task and writes it down. Measured on 600 tasks of a rehearsal.',
  },
  {
    ...{ name: 'turnMs', title: 'Handle a message', format: formatCost },
    text: 'CPU time of the coordinator for each message from a worker. Measured on 400 messages sent at once.',
  },
  {
    ...{ name: 'messageMs', title: 'Message on its way', format: formatCost },
    text: 'From one thread’s sending until the other thread hears it. Half a round trip of a bare message, less the handling of it.',
  },
  {
    ...{ name: 'startTaskMs', title: 'Start a task', format: formatCost },
    text: 'CPU time of a worker for each task beside its work. Measured on 200 empty tasks in one message.',
  },
  {
    ...{ name: 'perByteMs', title: 'Copy data', format: perMegabyte },
    text: 'Inputs and results are copied from thread to thread; predictions count this also where stage code moves buffers. Measured with 2 MB there and back.',
  },
  {
    ...{ name: 'wakeMs', title: 'A wait ends late', format: formatMs },
    text: 'How much longer than asked for a wait lasts. Lower quartile of 24 waits.',
  },
  {
    ...{ name: 'timerStepMs', title: 'Timer step', format: formatMs },
    text: 'Waits that share a thread are rounded up to whole steps of this.',
  },
  {
    ...{ name: 'contention', title: 'Core contention', format: formatPercent },
    text: 'What a second busy core takes from each: they share memory, caches and power. Two workers that compute at once, against one alone.',
  },
  {
    ...{ name: 'helperShare', title: 'Helpers of cold code', format: formatPercent },
    text: 'While code runs for the first time, the browser compiles it in threads of its own: what they take of a core, for each worker. Free while cores are idle. New workers on all cores at once, against one alone.',
  },
];
