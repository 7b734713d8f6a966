import MessageWorker from './worker-of-messages.ts?worker';
import RingWorker from './worker-of-ring.ts?worker';
import { checkSum, workers, type Contender, type Job, type JobResult } from './job.ts';
import { Head, type RingJob } from './ring-layout.ts';

/** Messages under way to one worker: it finds the next one when it is done. */
const messagesAhead = 2;

/** What somebody writes who needs no library: two message loops, some tasks a message, oldest first. */
function messageLoop(tasksPerMessage: number): Contender {
  const lanes = Array.from({ length: workers }, () => new MessageWorker());
  const plural = tasksPerMessage === 1 ? '1 task' : `${tasksPerMessage} tasks`;
  return {
    name: `messages of ${plural}`,
    kind: 'hand',
    run: (job) => runMessages(lanes, job, tasksPerMessage),
  };
}

function runMessages(
  lanes: readonly Worker[],
  job: Job,
  tasksPerMessage: number,
): Promise<JobResult> {
  const { items, stages } = job;
  /** Stage → indices that wait there; of stage 0: those from `next` on. */
  const waiting: number[][] = stages.map(() => []);
  let next = 0;
  let count = 0;
  let sum = 0;
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    const sentStages = lanes.map((): number[] => []);
    const fill = (lane: number): void => {
      while (sentStages[lane]!.length < messagesAhead) {
        // What is nearest its end goes first, so that little is under way.
        let stage = stages.length - 1;
        while (stage > 0 && waiting[stage]!.length === 0) stage--;
        const left = stage > 0 ? waiting[stage]!.length : items - next;
        const share = Math.ceil(left / lanes.length);
        const size = Math.min(tasksPerMessage, share);
        if (size === 0) return;
        const message: number[] = [];
        if (stage === 0) for (let i = 0; i < size; i++) message.push(stages[0]!, next++);
        else
          for (const index of waiting[stage]!.splice(0, size)) message.push(stages[stage]!, index);
        sentStages[lane]!.push(stage);
        lanes[lane]!.postMessage(message);
      }
    };
    lanes.forEach((worker, lane) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<number[]>) => {
        const stage = sentStages[lane]!.shift()!;
        if (stage < stages.length - 1) {
          for (const index of data) waiting[stage + 1]!.push(index);
        } else {
          count += data.length;
          for (const index of data) sum += index;
        }
        if (count < items) {
          for (let one = 0; one < lanes.length; one++) fill(one);
          return;
        }
        const ms = performance.now() - startMs;
        try {
          checkSum(job, count, sum);
          resolve({ ms, wholeMs: ms });
        } catch (error) {
          reject(error as Error);
        }
      };
    });
    for (let lane = 0; lane < lanes.length; lane++) fill(lane);
  });
}

/** The least there can be: a ring in shared memory, no messages but the first and the last. */
function ring(): Contender {
  const lanes = Array.from({ length: workers }, () => new RingWorker());
  return {
    name: 'ring in shared memory',
    kind: 'hand',
    run: (job) => runRing(lanes, job),
  };
}

function runRing(lanes: readonly Worker[], job: Job): Promise<JobResult> {
  const { items, stages } = job;
  const head = new Int32Array(new SharedArrayBuffer(8));
  const slots = new Int32Array(new SharedArrayBuffer(4 * items * stages.length));
  const sums = new Float64Array(new SharedArrayBuffer(16 * lanes.length));
  let working = lanes.length;
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    lanes.forEach((worker, lane) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = () => {
        if (--working > 0) return;
        const ms = performance.now() - startMs;
        try {
          checkSum(job, sums[0]! + sums[2]!, sums[1]! + sums[3]!);
          resolve({ ms, wholeMs: ms });
        } catch (error) {
          reject(error as Error);
        }
      };
      worker.postMessage({ head, slots, sums, lane, stages, items } satisfies RingJob);
    });
    for (let item = 0; item < items; item++) {
      const at = Atomics.add(head, Head.filled, 1);
      Atomics.store(slots, at, item * stages.length + 1);
      Atomics.notify(slots, at);
    }
  });
}

export const makeHandWritten = (): Contender[] => [messageLoop(1), messageLoop(64), ring()];
