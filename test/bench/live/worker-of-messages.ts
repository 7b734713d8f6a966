import { startNumbers, type ManyDone, type ManyTasks, type Start } from './message-layout.ts';
import { nowMs, work } from './work.ts';

let start: Start = { waitMs: 0, isMoved: false };

addEventListener('message', ({ data }: MessageEvent<Start | ManyTasks>) => {
  if ('waitMs' in data) {
    start = data;
    return;
  }
  const { numbers, payloads } = data;
  const count = numbers.length / 3;
  const done = startNumbers(numbers.length);
  let left = count;
  const doOne = (at: number, startedMs: number): void => {
    const output = work(
      numbers[3 * at]!,
      numbers[3 * at + 1]!,
      payloads?.[at] ?? numbers[3 * at + 2]!,
    );
    if (typeof output === 'number') done[3 * at] = output;
    done[3 * at + 1] = startedMs;
    done[3 * at + 2] = nowMs();
    if (--left > 0) return;
    const moved = start.isMoved ? payloads!.map(({ buffer }) => buffer as ArrayBuffer) : [];
    postMessage({ numbers: done, payloads } satisfies ManyDone, { transfer: moved });
  };
  for (let at = 0; at < count; at++) {
    const startedMs = nowMs();
    if (start.waitMs > 0) setTimeout(() => doOne(at, startedMs), start.waitMs);
    else doOne(at, startedMs);
  }
});
