/** The page of the live bench: all contenders in one tab, run one at a time. */
import type { Contender, Job, JobResult } from './job.ts';
import { makeLibraries } from './libraries.ts';
import { makeMessageLoops } from './messages.ts';
import { makeMillrace, makeTrickContenders } from './millrace.ts';
import { makeRing } from './ring.ts';
import { makeSplit } from './split.ts';
import { measureTurnsPerMs } from './work.ts';

export interface LiveBenchPage {
  turnsPerMs: number;
  contenders: { name: string; kind: Contender['kind'] }[];
  /** Why it cannot do this job; null: it can. */
  cannot(name: string, job: Job): string | null;
  run(name: string, job: Job): Promise<JobResult>;
}

/** Before anybody's workers are there. */
const turnsPerMs = measureTurnsPerMs();

const contenders = [
  makeMillrace(),
  ...makeTrickContenders(),
  ...makeLibraries(),
  ...makeMessageLoops(),
  makeRing(),
  makeSplit(),
];
const contender = (name: string): Contender => contenders.find((one) => one.name === name)!;

const page: LiveBenchPage = {
  turnsPerMs,
  contenders: contenders.map(({ name, kind }) => ({ name, kind })),
  cannot: (name, job) => contender(name).cannot?.(job) ?? null,
  run: (name, job) => contender(name).run(job),
};
(globalThis as unknown as { liveBench: LiveBenchPage }).liveBench = page;
