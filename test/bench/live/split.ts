import SplitWorker from './worker-of-split.ts?worker';
import { workers, type Contender, type Job, type JobResult } from './job.ts';
import { payloadsOf, Sheet } from './sheet.ts';
import { nowMs, startClock } from './work.ts';

/** One message a worker, with its half of all items. */
export interface SplitJob {
  job: Job;
  from: number;
  to: number;
  payloads: Uint8Array<ArrayBuffer>[] | null;
}

/** Rows of those items. */
export interface SplitDone {
  outputs: Float64Array<ArrayBuffer>;
  startedMs: Float64Array<ArrayBuffer>;
  endedMs: Float64Array<ArrayBuffer>;
  payloads: Uint8Array<ArrayBuffer>[] | null;
}

/** Everything is shared out beforehand: no better where all tasks are alike, and no worse than nothing. */
export function makeSplit(): Contender {
  const lanes = Array.from({ length: workers }, () => new SplitWorker());
  return { name: 'one static split', kind: 'yardstick', run: (job) => runSplit(lanes, job) };
}

function runSplit(lanes: readonly Worker[], job: Job): Promise<JobResult> {
  const stages = job.after.length;
  const sheet = new Sheet(job);
  const payloads = payloadsOf(job);
  const startMs = startClock();
  sheet.queuedMs.fill(nowMs());
  let working = lanes.length;
  return new Promise((resolve, reject) => {
    lanes.forEach((worker, lane) => {
      const from = Math.floor((job.items * lane) / lanes.length);
      const to = Math.floor((job.items * (lane + 1)) / lanes.length);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<SplitDone>) => {
        const row = from * stages;
        sheet.startedMs.set(data.startedMs, row);
        sheet.endedMs.set(data.endedMs, row);
        sheet.outputs.set(data.outputs, row);
        sheet.worker.fill(lane, row, to * stages);
        data.payloads?.forEach((payload, at) => (sheet.payloads[from + at] = payload));
        sheet.countWritten((to - from) * stages);
        if (--working > 0) return;
        const ms = performance.now() - startMs;
        try {
          sheet.check();
          resolve({ ms, wholeMs: ms });
        } catch (error) {
          reject(error as Error);
        }
      };
      const own = payloads && payloads.slice(from, to);
      const moved = own && job.payload!.isMoved ? own.map(({ buffer }) => buffer) : [];
      worker.postMessage({ job, from, to, payloads: own } satisfies SplitJob, moved);
    });
  });
}
