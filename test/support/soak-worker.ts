import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { arbitraryCase } from '../sim/arbitrary-case.ts';
import { reached } from '../sim/coverage.ts';
import { judge } from '../sim/laws.ts';
import { tellFailure } from '../sim/print-case.ts';

export interface SoakOrder {
  seed: number;
  runs: number;
}

export interface SoakAnswer {
  runs: number;
  tasks: number;
  /** What was reached → in how many runs. */
  reached: Map<string, number>;
  /** What broke, ready to be printed; null: nothing did. */
  failure: string | null;
}

/** Shared with whoever gives the orders: runs of this order that have begun. A run that never ends stands still. */
const begun = new Int32Array(workerData as SharedArrayBuffer);

function soak({ seed, runs }: SoakOrder): SoakAnswer {
  const counts = new Map<string, number>();
  let done = 0;
  let tasks = 0;
  Atomics.store(begun, 0, 0);
  const details = fc.check(
    fc.property(arbitraryCase, (found) => {
      Atomics.add(begun, 0, 1);
      const run = judge(found);
      done++;
      tasks += run.trace.tasks.count;
      for (const what of reached(found, run)) counts.set(what, (counts.get(what) ?? 0) + 1);
    }),
    { numRuns: runs, seed },
  );
  const failure = details.failed ? tellFailure(details) : null;
  return { runs: done, tasks, reached: counts, failure };
}

parentPort?.on('message', (order: SoakOrder | null) => {
  if (order) parentPort?.postMessage(soak(order));
  else parentPort?.close();
});
// Asks for the first order.
parentPort?.postMessage(null);
