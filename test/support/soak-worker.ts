import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { arbitraryCase } from '../sim/arbitrary-case.ts';
import { reached } from '../sim/coverage.ts';
import { judgeText } from '../share/hostile/judge-text.ts';
import { hostileText } from '../share/hostile/spoilt-text.ts';
import { judge } from '../sim/laws.ts';
import { tellFailure } from '../sim/print-case.ts';

export interface SoakOrder {
  /** Random documents on failing machines, or texts from outside that are broken in some way. */
  what: 'runs' | 'files';
  seed: number;
  runs: number;
}

export interface SoakAnswer {
  what: SoakOrder['what'];
  runs: number;
  tasks: number;
  /** What was reached → in how many runs. */
  reached: Map<string, number>;
  /** What broke, ready to be printed; null: nothing did. */
  failure: string | null;
}

/** Shared with whoever gives the orders: runs of this order that have begun. A run that never ends stands still. */
const begun = new Int32Array(workerData as SharedArrayBuffer);

function soakRuns({ seed, runs }: SoakOrder): SoakAnswer {
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
  return { what: 'runs', runs: done, tasks, reached: counts, failure };
}

async function soakFiles({ seed, runs }: SoakOrder): Promise<SoakAnswer> {
  const counts = new Map<string, number>();
  let done = 0;
  Atomics.store(begun, 0, 0);
  const details = await fc.check(
    fc.asyncProperty(hostileText, async (text) => {
      Atomics.add(begun, 0, 1);
      for (const what of await judgeText(text)) {
        const reader = `read: ${what}`;
        counts.set(reader, (counts.get(reader) ?? 0) + 1);
      }
      done++;
    }),
    { numRuns: runs, seed },
  );
  const failure = details.failed
    ? `Seed ${seed}: ${String(details.errorInstance)}\n\n${JSON.stringify(details.counterexample?.[0])}`
    : null;
  return { what: 'files', runs: done, tasks: 0, reached: counts, failure };
}

const soak = async (order: SoakOrder): Promise<SoakAnswer> =>
  order.what === 'files' ? soakFiles(order) : soakRuns(order);

parentPort?.on('message', (order: SoakOrder | null) => {
  if (order) void soak(order).then((answer) => parentPort?.postMessage(answer));
  else parentPort?.close();
});
// Asks for the first order.
parentPort?.postMessage(null);
