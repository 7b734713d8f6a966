import type { Page } from 'playwright';
import { SeededRandom } from '../../src/base/seeded-random.ts';
import { formatMs } from '../../src/base/units.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { medianOf } from '../../src/measure/median.ts';
import { withBenchPage } from './bench-page.ts';
import { readBenchArguments } from './live/arguments.ts';
import { plural, workers } from './live/job.ts';
import { contendersOf, runOnce } from './live/rounds.ts';
import { workloads, type Workload } from './live/workloads.ts';
import { cpuKinds, cpuOfTrace, type CpuMs, type TraceEvent } from './profile/cpu-of-trace.ts';
import { tellHost, writeFigures } from './write-figures.ts';

const defaultRounds = 5;
/** What tells code, compiling and garbage apart on each thread, and the mark of the clock. */
const categories = [
  ...['toplevel', 'v8', 'v8.execute', 'devtools.timeline', 'blink.worker', 'blink.user_timing'],
  ...['disabled-by-default-v8.compile', 'disabled-by-default-v8.gc'],
];

export interface Profile {
  name: string;
  /** Each a round. */
  rounds: ({ ms: number } & CpuMs)[];
}

/** Those with something to reach. */
export const profiled = workloads.filter(({ musts }) => musts.length > 0);

/** Millrace and the yardsticks at one workload in turns, the browser's trace on: it costs all of them some per cent. */
export async function profileOf(
  page: Page,
  workload: Workload,
  options: { rounds: number; seed: number; isQuick: boolean },
): Promise<{ boundMs: number; profiles: Profile[] }> {
  const { rounds, seed, isQuick } = options;
  const browser = page.context().browser()!;
  const all = await contendersOf(page, workload, {
    isQuick,
    takesPart: (_, kind) => kind === 'millrace' || kind === 'yardstick',
  });
  const running = all.filter(({ series }) => series.cannot === null);
  const profiles = running.map(({ series, job }) => ({
    ...{ name: series.name, job, rounds: [] as Profile['rounds'] },
  }));
  const random = new SeededRandom(seed);
  for (let round = isQuick ? 0 : -1; round < rounds; round++) {
    for (const one of random.shuffle([...profiles])) {
      await browser.startTracing(page, { categories });
      const { ms } = await runOnce(page, one.name, one.job);
      const text = (await browser.stopTracing()).toString();
      const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
      if (round >= 0) one.rounds.push({ ms, ...cpuOfTrace(traceEvents, ms, workers) });
    }
  }
  return {
    boundMs: running[0]!.series.boundMs,
    profiles: profiles.map(({ name, rounds }) => ({ name, rounds })),
  };
}

const ofMedian = (profile: Profile, what: 'ms' | keyof CpuMs): number =>
  medianOf(profile.rounds.map((round) => round[what]));

/** A row each: the clock, and the processor's time of all cores in it. ms. */
export function tellProfile(title: string, profiles: readonly Profile[]): string {
  const headings = [
    ...['', 'Clock', 'Workers', 'Handing out', 'Compiling', 'Garbage', 'Browser'],
    ...['Of the cores'],
  ];
  const rows = profiles.map((profile) => {
    const times = cpuKinds.map((kind) => ofMedian(profile, kind));
    const busy = times.reduce((sum, ms) => sum + ms, 0) / (workers * ofMedian(profile, 'ms'));
    const shown = [ofMedian(profile, 'ms'), ...times].map((ms) => ms.toFixed(ms < 100 ? 1 : 0));
    return [profile.name, ...shown, `${(100 * busy).toFixed(1)} %`];
  });
  const count = plural(profiles[0]!.rounds.length, 'round');
  return `${title}: ms of the processor while the clock runs, medians of ${count}\n${textTable(headings, rows)}`;
}

const legend = [
  'Workers: the two threads that tasks run on, with all they do around them. Handing out: all other threads of the page.',
  'Compiling and garbage: on all threads. Browser: its own threads, as far as they tell. Of the cores: of two, all the while.',
].join('\n');

/** `profile [--quick] [--rounds N] [--seed N] [workload…]`: what takes the time that is not work. */
export async function runProfileBench(args: readonly string[]): Promise<void> {
  const { chosen, ...options } = readBenchArguments(args, { defaultRounds });
  const wanted = profiled.filter((workload) => chosen.includes(workload));
  if (wanted.length === 0) {
    const names = profiled.map(({ name }) => name).join(', ');
    throw new Error(`Nothing is to be seen in a profile of these workloads; it is of ${names}.`);
  }
  const figures = await withBenchPage('live', 'liveBench', async (page) => {
    const found = [];
    for (const workload of wanted) {
      const { boundMs, profiles } = await profileOf(page, workload, options);
      console.log(tellProfile(`${workload.title} (${formatMs(boundMs)} at least)`, profiles));
      found.push({ name: workload.name, boundMs, profiles });
    }
    return found;
  });
  console.log(legend);
  console.log(tellHost());
  writeFigures('profile', figures);
}
