import type { CDPSession, Page } from 'playwright';
import { compiledBytes } from './compiled-code.ts';
import type { SoakPage } from './page.ts';

/** What the page holds at one moment, garbage collected. */
export interface Sample {
  /** Since the soak began. */
  atMs: number;
  /** Bytes of the page's own thread, but for compiled code. */
  pageHeap: number;
  /** Bytes of code of that thread: engines compile more and more of what goes on being used. */
  compiledCode: number;
  /** Bytes but for that code: of page, sandbox (with a coordinator that has driven several runs) and all workers, as the browser adds them up; null: it does not. */
  allMemory: number | null;
  domNodes: number;
  eventListeners: number;
  documents: number;
  frames: number;
  workers: number;
  storedEntries: number;
}

/** The browser measures memory when it is asked, and not some time later. */
export const samplingFlags = ['--enable-blink-features=ForceEagerMeasureMemory'];

export async function takeSample(page: Page, session: CDPSession, atMs: number): Promise<Sample> {
  const own = await metricsOf(session);
  const compiledCode = await compiledBytes(session);
  const all = await allMemory(page);
  return {
    atMs,
    pageHeap: own['JSHeapUsedSize']! - compiledCode,
    compiledCode,
    allMemory: all === null ? null : all - compiledCode,
    domNodes: own['Nodes']!,
    eventListeners: own['JSEventListeners']!,
    documents: own['Documents']!,
    frames: page.frames().length,
    workers: page.workers().length,
    storedEntries: await page.evaluate(() =>
      (globalThis as unknown as { soak: SoakPage }).soak.storedEntries(),
    ),
  };
}

async function metricsOf(session: CDPSession): Promise<Record<string, number>> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

type Measured = { bytes: number };
const allMemory = (page: Page): Promise<number | null> =>
  page.evaluate(async () => {
    const { performance } = globalThis as unknown as {
      performance: { measureUserAgentSpecificMemory?(): Promise<Measured> };
    };
    return (await performance.measureUserAgentSpecificMemory?.())?.bytes ?? null;
  });
