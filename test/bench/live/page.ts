/** The page of the live bench: all contenders in one tab, run one at a time. */
import { makeHandWritten } from './hand-written.ts';
import type { Contender, Job, JobResult } from './job.ts';
import { makeLibraries } from './libraries.ts';
import { makeMillrace } from './millrace.ts';
import { measureTurnsPerMs } from './work.ts';

export interface LiveBenchPage {
  turnsPerMs: number;
  contenders: { name: string; kind: Contender['kind'] }[];
  run(name: string, job: Job): Promise<JobResult>;
}

const contenders = [makeMillrace(), ...makeLibraries(), ...makeHandWritten()];

const page: LiveBenchPage = {
  turnsPerMs: measureTurnsPerMs(),
  contenders: contenders.map(({ name, kind }) => ({ name, kind })),
  run: (name, job) => contenders.find((one) => one.name === name)!.run(job),
};
(globalThis as unknown as { liveBench: LiveBenchPage }).liveBench = page;
