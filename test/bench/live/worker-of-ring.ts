import { Head, type RingJob } from './ring-layout.ts';
import { work } from './work.ts';

addEventListener('message', ({ data }: MessageEvent<RingJob>) => {
  const { head, slots, sums, lane, stages, items } = data;
  const total = items * stages.length;
  let sum = 0;
  let count = 0;
  for (;;) {
    const at = Atomics.add(head, Head.taken, 1);
    if (at >= total) break;
    let entry = Atomics.load(slots, at);
    while (entry === 0) {
      Atomics.wait(slots, at, 0);
      entry = Atomics.load(slots, at);
    }
    const stage = (entry - 1) % stages.length;
    const index = work(stages[stage]!, (entry - 1 - stage) / stages.length);
    if (stage === stages.length - 1) {
      sum += index;
      count++;
    } else {
      const next = Atomics.add(head, Head.filled, 1);
      Atomics.store(slots, next, entry + 1);
      Atomics.notify(slots, next);
    }
  }
  sums[2 * lane] = count;
  sums[2 * lane + 1] = sum;
  postMessage(null);
});
