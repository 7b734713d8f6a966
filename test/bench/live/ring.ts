import RingWorker from './worker-of-ring.ts?worker';
import { rootsOf, workers, type Contender, type Job, type JobResult } from './job.ts';
import { push, type Ring, type RingJob } from './ring-layout.ts';
import { payloadsOf, Sheet } from './sheet.ts';
import { nowMs, startClock } from './work.ts';

/** The least there can be: a ring in shared memory, no messages but the first and the last. */
export function makeRing(): Contender {
  const lanes = Array.from({ length: workers }, () => new RingWorker());
  return {
    name: 'ring in shared memory',
    kind: 'yardstick',
    cannot: ({ waitMs }) =>
      waitMs > 0 ? 'a worker that sleeps until the ring has a task hears no timer' : null,
    run: (job) => runRing(lanes, job),
  };
}

const int32 = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length));

function runRing(lanes: readonly Worker[], job: Job): Promise<JobResult> {
  const sheet = new Sheet(job, true);
  const { outputs, queuedMs, startedMs, endedMs, worker: lane } = sheet;
  const stages = job.after.length;
  const rows = job.items * stages;
  const bytes = job.payload?.bytes ?? 0;
  const ring: Ring = {
    ...{ job, head: int32(2), slots: int32(rows) },
    missing: int32(rows),
    ...{ outputs, queuedMs, startedMs, endedMs, worker: lane },
    payloads: new Uint8Array(new SharedArrayBuffer(job.items * bytes)),
  };
  // `map` would make a copy that nobody shares.
  for (let task = 0; task < rows; task++) ring.missing[task] = job.after[task % stages]!.length;
  const payloads = payloadsOf(job);
  const copies = job.payload?.isMoved === false;
  // Payloads that may be moved are made where the workers see them.
  if (!copies) payloads?.forEach((payload, item) => ring.payloads.set(payload, item * bytes));
  const roots = rootsOf(job);
  let working = lanes.length;
  const startMs = startClock();
  return new Promise((resolve, reject) => {
    lanes.forEach((worker, at) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = () => {
        if (--working > 0) return;
        for (let item = 0; item < job.items && bytes > 0; item++) {
          const shared = ring.payloads.subarray(item * bytes, (item + 1) * bytes);
          sheet.payloads[item] = copies ? shared.slice() : shared;
        }
        const ms = performance.now() - startMs;
        sheet.countWritten(rows);
        try {
          sheet.check();
          resolve({ ms, wholeMs: ms });
        } catch (error) {
          reject(error as Error);
        }
      };
      worker.postMessage({ ring, lane: at } satisfies RingJob);
    });
    for (let item = 0; item < job.items; item++) {
      if (copies) ring.payloads.set(payloads![item]!, item * bytes);
      for (const root of roots) {
        queuedMs[item * stages + root] = nowMs();
        push(ring, item * stages + root);
      }
    }
  });
}
