import { childrenOf, turnsOf } from './job.ts';
import { Head, push, type RingJob } from './ring-layout.ts';
import { inputOf } from './sheet.ts';
import { nowMs, work } from './work.ts';

addEventListener('message', ({ data }: MessageEvent<RingJob>) => {
  const { ring, lane } = data;
  const { job, head, slots, missing, outputs, queuedMs, startedMs, endedMs, worker } = ring;
  const stages = job.after.length;
  const children = childrenOf(job);
  const bytes = job.payload?.bytes ?? 0;
  for (;;) {
    const at = Atomics.add(head, Head.taken, 1);
    if (at >= slots.length) break;
    let entry = Atomics.load(slots, at);
    while (entry === 0) {
      Atomics.wait(slots, at, 0);
      entry = Atomics.load(slots, at);
    }
    const task = entry - 1;
    const stage = task % stages;
    const row = task - stage;
    const item = row / stages;
    startedMs[task] = nowMs();
    const input =
      bytes > 0
        ? ring.payloads.subarray(item * bytes, (item + 1) * bytes)
        : inputOf(item, job.after[stage]!, outputs, row);
    const output = work(stage, turnsOf(job, item, stage), input);
    if (typeof output === 'number') outputs[task] = output;
    const endMs = nowMs();
    endedMs[task] = endMs;
    worker[task] = lane;
    for (const child of children[stage]!) {
      if (Atomics.sub(missing, row + child, 1) > 1) continue;
      queuedMs[row + child] = endMs;
      push(ring, row + child);
    }
  }
  postMessage(null);
});
