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
   * What this machine's own two workers make of this very work: the time one worker takes for all items ÷
   * the time two take for half of them each, split by hand and sharing nothing, without the stages that
   * wait for all. A bare loop would say 2; code that is compiled while it runs, makes objects and reads
   * memory gets less, and that is no scheduler's doing.
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
  items: readonly unknown[],
  roundCount: number,
  onRound: (round: SpeedupRound) => void = () => undefined,
): Promise<SpeedupBench> {
  const parallel = documentText(pipeline);
  const sequential = documentText(sequentialPipeline(pipeline));
  const parts = splitByHand(sequentialPipeline(pipeline), items);
  await runOnce(page, sequential);
  const { environment } = await runOnce(page, parallel);

  const rounds: SpeedupRound[] = [];
  const digests = new Set<string | null>();
  for (let i = 0; i < roundCount; i++) {
    const first = await runOnce(page, i % 2 === 0 ? sequential : parallel);
    const whole = await runOnce(page, parts.whole);
    const halves = await Promise.all(parts.halves.map((half) => runOnce(page, half)));
    const second = await runOnce(page, i % 2 === 0 ? parallel : sequential);
    const [one, many] = i % 2 === 0 ? [first, second] : [second, first];
    const round = roundOf(one, many, whole, halves);
    for (const run of [one, many]) digests.add(run.summary.results);
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
  whole: HeadlessRun,
  halves: readonly HeadlessRun[],
): SpeedupRound {
  const sequentialMs = one.summary.makespan;
  const parallelMs = many.summary.makespan;
  const { serialShare } = one;
  const halfMs = halves.reduce((sum, half) => sum + half.summary.makespan, 0) / halves.length;
  const twoWorkerRatio = whole.summary.makespan / halfMs;
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

/** The part of a pipeline that needs no other items: all of it on one worker, and each half of it. */
function splitByHand(
  pipeline: Pipeline,
  items: readonly unknown[],
): { whole: string; halves: string[] } {
  const alone = pipeline.stages.filter(({ join }) => join !== 'all' && join !== 'fold');
  const kept = new Set<string>();
  for (const stage of alone) {
    if (stage.after.every((id) => kept.has(id))) kept.add(stage.id);
  }
  const stages = pipeline.stages.filter(({ id }) => kept.has(id));
  const over = (values: readonly unknown[]): string =>
    documentText({
      ...pipeline,
      stages,
      variants: [],
      sweep: {},
      source: { kind: 'values', values: [...values], bytes: 0, arrivals: pipeline.source.arrivals },
    } as Pipeline);
  const half = (rest: number): unknown[] => items.filter((_, index) => index % 2 === rest);
  return { whole: over(items), halves: [over(half(0)), over(half(1))] };
}
