import { work } from './work.ts';

/** Pairs of turns and index, one after another; the answer has the indices. */
addEventListener('message', ({ data }: MessageEvent<number[]>) => {
  const results: number[] = [];
  for (let i = 0; i < data.length; i += 2) results.push(work(data[i]!, data[i + 1]!));
  postMessage(results);
});
