import type { Page } from 'playwright';

/** What the page's own thread made somebody wait for while it was watched. ms. */
export interface InputWatch {
  /** Of each key and button pressed: from the press to the first of the page's code that heard of it. */
  delaysMs: number[];
  /** The same of every press, release and click that the browser itself timed: the longest. */
  longestDelayMs: number;
  /** The longest from any press, release or click to the frame that shows what it did; 0: all within a frame. */
  longestToPaintMs: number;
  /** The longest the thread was busy without a break; 0: never over 50 ms. */
  longestTaskMs: number;
}

interface Watching {
  watch: InputWatch;
  observers: PerformanceObserver[];
  listen: (event: Event) => void;
}

/** In the page. */
declare global {
  var inputWatching: Watching | undefined;
}

/** Watches from now on until `endWatch`. */
export async function beginWatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch: InputWatch = {
      ...{ delaysMs: [], longestDelayMs: 0, longestToPaintMs: 0, longestTaskMs: 0 },
    };
    // Event Timing names no event that is shown within 16 ms: a percentile of its own would be of the slow ones.
    const listen = (event: Event): void =>
      void watch.delaysMs.push(performance.now() - event.timeStamp);
    addEventListener('keydown', listen, true);
    addEventListener('pointerdown', listen, true);
    const began = performance.now();
    const observe = (
      type: string,
      take: (entry: PerformanceEntry) => void,
    ): PerformanceObserver => {
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (entry.startTime >= began) take(entry);
      });
      observer.observe({ type, durationThreshold: 16 } as PerformanceObserverInit);
      return observer;
    };
    const observers = [
      observe('event', (entry) => {
        const { startTime, processingStart, duration } = entry as PerformanceEventTiming;
        watch.longestDelayMs = Math.max(watch.longestDelayMs, processingStart - startTime);
        watch.longestToPaintMs = Math.max(watch.longestToPaintMs, duration);
      }),
      observe('longtask', ({ duration }) => {
        watch.longestTaskMs = Math.max(watch.longestTaskMs, duration);
      }),
    ];
    globalThis.inputWatching = { watch, observers, listen };
  });
}

/** What was seen since `beginWatch`. */
export async function endWatch(page: Page): Promise<InputWatch> {
  return page.evaluate(async () => {
    // What has happened is told a frame and a turn later.
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
    const { watch, observers, listen } = globalThis.inputWatching!;
    for (const observer of observers) observer.disconnect();
    watch.longestDelayMs = Math.max(watch.longestDelayMs, ...watch.delaysMs);
    removeEventListener('keydown', listen, true);
    removeEventListener('pointerdown', listen, true);
    globalThis.inputWatching = undefined;
    return watch;
  });
}
