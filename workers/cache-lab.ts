/** Replays traces on a thread of its own, so that no replay stops the page. */
import { expose } from 'comlink';
import { runCacheLab, type LabRequest, type LabResult } from '../src/explore/cache-lab.ts';

/** How often the page hears of it, ms. */
const tellEveryMs = 100;

const lab = {
  /** @param tell which share is done; a Comlink proxy. */
  async run(request: LabRequest, tell: (share: number) => unknown): Promise<LabResult> {
    const steps = runCacheLab(request);
    let toldMs = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (performance.now() - toldMs < tellEveryMs) continue;
      await tell(step.value.done / step.value.cells);
      toldMs = performance.now();
    }
  },
};

export type CacheLabApi = typeof lab;
expose(lab);
