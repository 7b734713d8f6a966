import type { CDPSession, Page } from 'playwright';
import { quantileSorted } from '../../../src/measure/distribution.ts';

/** One line of figures. */
export interface BenchRow {
  what: string;
  medianMs: number;
  p95Ms: number;
  p99Ms: number;
  samples: number;
  /** What the median must not exceed; null: nothing, the figure explains another one. */
  aimMs: number | null;
}

export function rowOf(what: string, samples: readonly number[], aimMs: number | null): BenchRow {
  const sorted = Float64Array.from(samples).sort();
  return {
    ...{ what, aimMs, samples: samples.length },
    medianMs: quantileSorted(sorted, 0.5),
    p95Ms: quantileSorted(sorted, 0.95),
    p99Ms: quantileSorted(sorted, 0.99),
  };
}

/** Until the page has done all that belongs to its next frame. */
export const frame = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

/** Script that the page's thread has run so far, ms; `Performance.enable` first. */
export async function scriptMs(client: CDPSession): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN);
}
