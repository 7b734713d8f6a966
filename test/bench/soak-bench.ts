import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { formatCount, formatMs } from '../../src/base/units.ts';
import { withBenchPage } from './bench-page.ts';
import type { SoakPage, SoakRun } from './soak/page.ts';
import { samplingFlags, takeSample, type Sample } from './soak/samples.ts';
import { simulateDay, type SimulatedDay } from './soak/simulated-day.ts';
import { tellSoak } from './soak/tell.ts';
import { writeFigures } from './write-figures.ts';

const defaultMinutes = 30;
const simulatedHours = 24;
/** Enough for an interval, few enough that the soak is runs and not garbage collections. */
const samplesWanted = 120;
/** Samples are this far apart at least. ms. */
const sampleEveryMsMin = 2000;

export interface SoakFigures {
  minutes: number;
  runs: number;
  totals: Omit<SoakRun, 'wrong'>;
  /** What must not be, with the run in which it was. */
  wrong: string[];
  samples: Sample[];
}

/** Live runs one after another for so long, with a sample now and then. */
export async function soakLive(page: Page, minutes: number): Promise<SoakFigures> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate(() => (globalThis as unknown as { soak: SoakPage }).soak.fill());
  const totals = { retried: 0, timedOut: 0, workersReplaced: 0, cacheHits: 0, cacheMisses: 0 };
  const figures: SoakFigures = { minutes, runs: 0, totals, wrong: [], samples: [] };
  const startMs = performance.now();
  const elapsedMs = (): number => performance.now() - startMs;
  const sampleEveryMs = Math.max(sampleEveryMsMin, (minutes * 60_000) / samplesWanted);
  let nextSampleMs = 0;
  do {
    const number = figures.runs++;
    const { wrong, ...counts } = await page.evaluate(
      (number) => (globalThis as unknown as { soak: SoakPage }).soak.run(number),
      number,
    );
    for (const sentence of wrong) figures.wrong.push(`Run ${number}: ${sentence}`);
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += counts[key];
    if (elapsedMs() < nextSampleMs) continue;
    figures.samples.push(await takeSample(page, session, elapsedMs()));
    nextSampleMs = elapsedMs() + sampleEveryMs;
  } while (elapsedMs() < minutes * 60_000);
  return figures;
}

/**
 * `npm run soak -- [--minutes 30] [--hours 24]`: live runs in which everything goes wrong that can be made good again,
 * and as many hours of simulated time. Fails if anything was lost, or if what the page
 * holds is seen to grow; where the interval leaves it open it does not.
 */
export async function runSoak(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: String(defaultMinutes) },
      hours: { type: 'string', default: String(simulatedHours) },
    },
  });
  const minutes = positive('minutes', values.minutes);
  const day = simulateDay(positive('hours', values.hours));
  tellDay(day);
  const figures = await withBenchPage('soak', 'soak', (page) => soakLive(page, minutes), {
    args: samplingFlags,
  });
  const { text, isSteady } = tellSoak(figures);
  console.log(text);
  writeFigures('soak', { ...figures, day });
  if (!isSteady || day.wrong.length > 0) process.exitCode = 1;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} takes a number above 0, not "${text}".`);
}

function tellDay({ hours, items, tasks, retried, timedOut, wrong }: SimulatedDay): void {
  const faults = `${formatCount(retried)} retried, ${formatCount(timedOut)} over their time`;
  console.log(
    `Simulated: ${formatMs(hours * 3_600_000)}, ${formatCount(items)} items, ${formatCount(tasks)} tasks, ${faults}.`,
  );
  console.log(wrong.length > 0 ? wrong.slice(0, 10).join('\n') : 'No law was broken.');
}
