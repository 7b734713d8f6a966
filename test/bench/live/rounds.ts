import type { Page } from 'playwright';
import { SeededRandom } from '../../../src/base/seeded-random.ts';
import type { RunEnvironment } from '../../../src/engine/runner.ts';
import type { Job, JobResult, Kind } from './job.ts';
import type { LiveBenchPage } from './page.ts';
import { boundMs, type Workload } from './workloads.ts';

/** A contender that takes longer than this for one round is broken. */
const patienceMs = 60_000;

/** All rounds of one contender at one workload. */
export interface Series {
  name: string;
  kind: Kind;
  items: number;
  /** What no machine of so many cores can fall below, ms; 0: next to nothing. */
  boundMs: number;
  /** Why it was not run; null: it was. */
  cannot: string | null;
  rounds: JobResult[];
}

export interface LiveFigures {
  environment: RunEnvironment | null;
  turnsPerMs: number;
  seed: number;
  rounds: number;
  workloads: { name: string; series: Series[] }[];
}

export interface LiveBenchOptions {
  rounds: number;
  seed: number;
  /** Few items and no round to warm up: whether it runs, not how fast. */
  isQuick: boolean;
  /** Who takes part; absent: all but Millrace without one of its tricks. */
  contenders?(name: string, kind: Kind): boolean;
  /** After each workload. */
  onWorkload?(workload: Workload, series: readonly Series[]): void;
}

/** All contenders in one tab, in turns: one unrecorded round, then rounds in an order that the seed shuffles. */
export async function measureLive(
  page: Page,
  workloads: readonly Workload[],
  options: LiveBenchOptions,
): Promise<LiveFigures> {
  const { rounds, seed, isQuick, onWorkload } = options;
  const takesPart = options.contenders ?? ((_, kind) => kind !== 'trick');
  const turnsPerMs = await page.evaluate(
    () => (globalThis as unknown as { liveBench: LiveBenchPage }).liveBench.turnsPerMs,
  );
  const figures: LiveFigures = {
    ...{ environment: null, turnsPerMs, seed, rounds, workloads: [] },
  };
  const random = new SeededRandom(seed);
  for (const workload of workloads) {
    const all = await contendersOf(page, workload, { isQuick, takesPart });
    const series = all.map((one) => one.series);
    const jobs = new Map(all.map((one) => [one.series, one.job]));
    const running = series.filter(({ cannot }) => cannot === null);
    for (let round = isQuick ? 0 : -1; round < rounds; round++) {
      for (const one of random.shuffle([...running])) {
        const { environment, ...result } = await runOnce(page, one.name, jobs.get(one)!);
        if (environment) figures.environment ??= environment;
        if (round >= 0) one.rounds.push(result);
      }
    }
    figures.workloads.push({ name: workload.name, series });
    onWorkload?.(workload, series);
  }
  return figures;
}

/** Those who take part in a workload, with what each of them is given. */
export async function contendersOf(
  page: Page,
  workload: Workload,
  { isQuick, takesPart }: { isQuick: boolean; takesPart(name: string, kind: Kind): boolean },
): Promise<{ series: Series; job: Job }[]> {
  const { turnsPerMs, contenders, cores } = await page.evaluate(() => {
    const { liveBench } = globalThis as unknown as { liveBench: LiveBenchPage };
    const { turnsPerMs, contenders } = liveBench;
    return { turnsPerMs, contenders, cores: navigator.hardwareConcurrency };
  });
  const found: { series: Series; job: Job }[] = [];
  for (const { name, kind } of contenders) {
    if (!takesPart(name, kind)) continue;
    const items = isQuick
      ? workload.quickItems
      : workload.items[kind === 'trick' ? 'millrace' : kind];
    const job = workload.job(items, turnsPerMs);
    const cannot = await inPage(page, 'cannot', name, job);
    const one = { name, kind, items, boundMs: boundMs(job, turnsPerMs, cores) };
    found.push({ series: { ...one, cannot, rounds: [] }, job });
  }
  return found;
}

/** One run of one contender. @throws when it takes too long, or its work is wrong. */
export async function runOnce(page: Page, name: string, job: Job): Promise<JobResult> {
  // What the one before left on the page's thread is collected on nobody's clock; workers do it when they will.
  await page.requestGC();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = new Error(`It did not end within ${patienceMs / 1000} s.`);
    timer = setTimeout(reject, patienceMs, why);
  });
  try {
    return await Promise.race([inPage(page, 'run', name, job), late]);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function inPage<What extends 'run' | 'cannot'>(
  page: Page,
  what: What,
  name: string,
  job: Job,
): Promise<Awaited<ReturnType<LiveBenchPage[What]>>> {
  return page.evaluate(
    ({ what, name, job }) => {
      const { liveBench } = globalThis as unknown as { liveBench: LiveBenchPage };
      return liveBench[what](name, job) as never;
    },
    { what, name, job },
  );
}
