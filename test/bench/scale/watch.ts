import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright';

/** One look at the browser's processes while they work. */
export interface Look {
  /** ms since the epoch. */
  atMs: number;
  /** CPU time of the coordinator's thread since it began, ms. */
  coordinatorMs: number;
  /** Resident memory of the page's process and of the sandbox's, bytes. */
  pageBytes: number;
  sandboxBytes: number;
}

const everyMs = 10;
/** Part of a run that may lie behind the last look. */
const lateMost = 0.02;
/** Of every worker's thread; the name is cut by the system. */
const workerThread = 'DedicatedWorker';

/**
 * Looks at the processes of page and sandbox until `work` is done. A worker's CPU time is told by Linux alone, and by no
 * protocol of the browser: elsewhere there are no looks.
 */
export async function watch<T>(page: Page, work: () => Promise<T>): Promise<[T, Look[]]> {
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  await browser.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const looks: Look[] = [];
  const watcher = setInterval(() => {
    const look = lookAt(renderers);
    if (look) looks.push(look);
  }, everyMs);
  try {
    return [await work(), looks];
  } finally {
    clearInterval(watcher);
  }
}

/** Null: there is no sandbox with workers in it, or nobody tells. */
function lookAt(renderers: readonly number[]): Look | null {
  // The sandbox has a coordinator and stage workers; the page has one that compiles, a spare process none.
  const [sandbox, page] = renderers
    .map((process) => ({ process, workers: workersOf(process) }))
    .sort((a, b) => b.workers.length - a.workers.length);
  if (!sandbox || !page || sandbox.workers.length < 2) return null;
  try {
    // The first to be started of them.
    const coordinator = Math.min(...sandbox.workers);
    const [ranNs] = readFileSync(
      `/proc/${sandbox.process}/task/${coordinator}/schedstat`,
      'utf8',
    ).split(' ');
    return {
      atMs: performance.timeOrigin + performance.now(),
      coordinatorMs: Number(ranNs) / 1e6,
      pageBytes: residentOf(page.process),
      sandboxBytes: residentOf(sandbox.process),
    };
  } catch {
    // A thread or a process has just ended.
    return null;
  }
}

/** Threads of workers. */
function workersOf(process: number): number[] {
  try {
    return readdirSync(`/proc/${process}/task`)
      .filter((thread) =>
        readFileSync(`/proc/${process}/task/${thread}/comm`, 'utf8').startsWith(workerThread),
      )
      .map(Number);
  } catch {
    return [];
  }
}

const pageOfMemoryBytes = 4096;
const residentOf = (process: number): number =>
  Number(readFileSync(`/proc/${process}/statm`, 'utf8').split(' ')[1]) * pageOfMemoryBytes;

/** CPU time of the coordinator between two moments (ms since the epoch), between looks in proportion; null: not seen. */
export function coordinatorBetween(
  looks: readonly Look[],
  fromMs: number,
  toMs: number,
): number | null {
  const first = looks[0];
  const last = looks.at(-1);
  // A look late at either end would leave out what was done there.
  if (!first || !last || first.atMs > fromMs || last.atMs < toMs - lateMost * (toMs - fromMs))
    return null;
  const at = (ms: number): number => {
    const next = looks.findIndex(({ atMs }) => atMs >= ms);
    if (next < 0) return last.coordinatorMs;
    if (next === 0) return first.coordinatorMs;
    const [before, after] = [looks[next - 1]!, looks[next]!];
    const share = (ms - before.atMs) / (after.atMs - before.atMs);
    return before.coordinatorMs + share * (after.coordinatorMs - before.coordinatorMs);
  };
  return at(toMs) - at(fromMs);
}

/** The most of it at once; null: not seen. */
export const peakOf = (
  looks: readonly Look[],
  what: 'pageBytes' | 'sandboxBytes',
): number | null => (looks.length === 0 ? null : Math.max(...looks.map((look) => look[what])));
