import { turnsOf } from './job.ts';
import { inputOf } from './sheet.ts';
import type { SplitDone, SplitJob } from './split.ts';
import { nowMs, work } from './work.ts';

addEventListener('message', ({ data }: MessageEvent<SplitJob>) => {
  const { job, from, to, payloads } = data;
  const { after, waitMs, open } = job;
  const stages = after.length;
  const rows = (to - from) * stages;
  const done: SplitDone = {
    outputs: new Float64Array(rows),
    startedMs: new Float64Array(rows),
    endedMs: new Float64Array(rows),
    payloads,
  };
  const doOne = (item: number, stage: number): void => {
    const first = (item - from) * stages;
    const given = payloads
      ? payloads[item - from]!
      : inputOf(item, after[stage]!, done.outputs, first);
    const output = work(stage, turnsOf(job, item, stage), given);
    if (typeof output === 'number') done.outputs[first + stage] = output;
    done.endedMs[first + stage] = nowMs();
  };
  const start = (item: number, stage: number): void => {
    done.startedMs[(item - from) * stages + stage] = nowMs();
  };
  const tell = (): void => {
    const { outputs, startedMs, endedMs } = done;
    const moved: ArrayBuffer[] = [outputs.buffer, startedMs.buffer, endedMs.buffer];
    if (job.payload?.isMoved) for (const { buffer } of payloads!) moved.push(buffer);
    postMessage(done, { transfer: moved });
  };

  if (waitMs === 0) {
    for (let item = from; item < to; item++) {
      for (let stage = 0; stage < stages; stage++) {
        start(item, stage);
        doOne(item, stage);
      }
    }
    tell();
    return;
  }
  // So many lines, each with one item under way.
  let next = from;
  let left = rows;
  const waitFor = (item: number, stage: number): void => {
    start(item, stage);
    setTimeout(() => {
      doOne(item, stage);
      if (--left === 0) tell();
      else if (stage + 1 < stages) waitFor(item, stage + 1);
      else if (next < to) waitFor(next++, 0);
    }, waitMs);
  };
  while (next < Math.min(to, from + open)) waitFor(next++, 0);
});
