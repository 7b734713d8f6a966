import { parentPort } from 'node:worker_threads';
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

function soak({ seed, runs }: SoakOrder): SoakAnswer {
  const counts = new Map<string, number>();
  let done = 0;
  let tasks = 0;
  const details = fc.check(
    fc.property(arbitraryCase, (found) => {
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

// Resolves when the main thread has no more orders; the module runner closes after that.
await new Promise<void>((resolve) => {
  parentPort?.on('message', (order: SoakOrder | null) => {
    if (order) parentPort?.postMessage(soak(order));
    else resolve();
  });
  parentPort?.postMessage(null);
});
parentPort?.close();
