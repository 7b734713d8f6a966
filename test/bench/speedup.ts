import type { Page } from 'playwright';
import { callHeadless } from '../../src/cli/headless.ts';
import type { HeadlessRequest, HeadlessRun } from '../../src/cli/headless-contract.ts';
import { documentText } from '../../src/cli/read-document.ts';
import { sequentialPipeline } from '../../src/explore/sequential.ts';
import { amdahlSpeedup } from '../../src/measure/amdahl.ts';
import { pairedSpeedup, type Speedup } from '../../src/measure/speedup.ts';
import type { Pipeline } from '../../src/pipeline/types.ts';

/** One round: both sides and the machine itself, measured within seconds of each other. */
export interface SpeedupRound {
  sequentialMs: number;
  parallelMs: number;
  /**
   * What this machine's own two threads get done of this very work ÷ what one does: the sequential run
   * twice at the same time, with nothing shared. A bare loop would say 2; code that makes objects and
   * reads memory gets less, and that is no scheduler's doing.
   */
  twoWorkerRatio: number;
  /** Of the sequential run. */
  serialShare: number;
  speedup: number;
  /** Amdahl's limit for that serial share with that many effective workers. */
  allowed: number;
  /** speedup ÷ allowed. */
  achieved: number;
}

export interface SpeedupBench {
  rounds: SpeedupRound[];
  /** Medians of the rounds with 95 % intervals. */
  speedup: Speedup;
  allowed: Speedup;
  achieved: Speedup;
  /** Both sides delivered the very same outputs, in every round. */
  sameResults: boolean;
  environment: HeadlessRun['environment'];
}

const intervalSeed = 1;

/**
 * How near the live machine comes to what is possible: the pipeline against its own sequential baseline,
 * caches off, after one unrecorded run of each, in rounds whose order alternates (a machine drifts).
 */
export async function benchSpeedup(
  page: Page,
  pipeline: Pipeline,
  roundCount: number,
  onRound: (round: SpeedupRound) => void = () => undefined,
): Promise<SpeedupBench> {
  const parallel = documentText(pipeline);
  const sequential = documentText(sequentialPipeline(pipeline));
  await runOnce(page, sequential);
  const { environment } = await runOnce(page, parallel);

  const rounds: SpeedupRound[] = [];
  const digests = new Set<string | null>();
  for (let i = 0; i < roundCount; i++) {
    const first = await runOnce(page, i % 2 === 0 ? sequential : parallel);
    const sideBySide = await Promise.all([runOnce(page, sequential), runOnce(page, sequential)]);
    const second = await runOnce(page, i % 2 === 0 ? parallel : sequential);
    const [one, many] = i % 2 === 0 ? [first, second] : [second, first];
    const round = roundOf(one, many, sideBySide);
    for (const run of [one, many, ...sideBySide]) digests.add(run.summary.results);
    rounds.push(round);
    onRound(round);
  }
  const median = (pick: (round: SpeedupRound) => number): Speedup =>
    pairedSpeedup(rounds.map(pick), { seed: intervalSeed });
  return {
    rounds,
    speedup: median(({ speedup }) => speedup),
    allowed: median(({ allowed }) => allowed),
    achieved: median(({ achieved }) => achieved),
    sameResults: digests.size === 1 && !digests.has(null),
    environment,
  };
}

function roundOf(
  one: HeadlessRun,
  many: HeadlessRun,
  sideBySide: readonly HeadlessRun[],
): SpeedupRound {
  const sequentialMs = one.summary.makespan;
  const parallelMs = many.summary.makespan;
  const { serialShare } = one;
  const besideMs =
    sideBySide.reduce((sum, run) => sum + run.summary.makespan, 0) / sideBySide.length;
  const twoWorkerRatio = (sideBySide.length * sequentialMs) / besideMs;
  const speedup = sequentialMs / parallelMs;
  const allowed = amdahlSpeedup(serialShare, twoWorkerRatio);
  return {
    ...{ sequentialMs, parallelMs, twoWorkerRatio, serialShare, speedup, allowed },
    achieved: speedup / allowed,
  };
}

async function runOnce(page: Page, document: string): Promise<HeadlessRun> {
  const request: HeadlessRequest = { document, repeat: 1, cache: 'off' };
  const [run] = await callHeadless(page, 'run', request);
  if (run === undefined) throw new Error('The page ran nothing.');
  if (run.error !== null) throw new Error(run.error.message);
  return run;
}
