import { describe, expect, it } from 'vitest';
import { startExperiment, type ExperimentState } from '../../src/explore/experiment.ts';
import { sequentialPipeline, speedupContenders } from '../../src/explore/sequential.ts';
import type { RunReport, RunRequest, Runner } from '../../src/engine/runner.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { Pipeline } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

/** The simulated machine as a runner; each run draws from another seed, as no two live runs are alike. */
class SeedingRunner implements Runner {
  readonly runs: string[] = [];
  clockMs = 0;
  private readonly change: (report: RunReport, run: number) => RunReport;

  constructor(change: (report: RunReport, run: number) => RunReport = (report) => report) {
    this.change = change;
  }

  run(request: RunRequest) {
    const run = this.runs.push(`${request.pipeline.machine.workers}/${request.cache}`);
    const report = simulate({ ...request.pipeline, seed: run }, { cores: 4, cache: request.cache });
    this.clockMs += report.trace.meta.makespan;
    const done = Promise.resolve(this.change(report, run));
    return { done, stop() {}, pause() {}, resume() {} };
  }
}

const pipeline = withDefaults({
  format: 'millrace/1',
  name: 'four at once',
  source: { kind: 'count', count: 60 },
  stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: { exponential: 5 } }] } }],
  machine: { workers: 4 },
});
const request = (of: Pipeline): RunRequest => ({
  pipeline: of,
  cache: 'on',
  cacheNamespace: 'test',
});

async function conduct(runner: SeedingRunner, budgetMs: number, stopAfter = Infinity) {
  const states: ExperimentState[] = [];
  const experiment = startExperiment({
    runner,
    contenders: speedupContenders(request(pipeline)),
    seed: 3,
    budgetMs,
    now: () => runner.clockMs,
    onUpdate(state) {
      states.push(state);
      if (runner.runs.length >= stopAfter) experiment.stop();
    },
  });
  return { states, final: await experiment.done };
}

describe('an experiment', () => {
  it('interleaves a shuffled pair a round after one warm-up each, with the cache off', async () => {
    const runner = new SeedingRunner();
    await conduct(runner, 0);
    expect(runner.runs).toHaveLength(2 + 2 * 12);
    expect(runner.runs.slice(0, 2)).toEqual(['1/off', '4/off']);
    const rounds = Array.from({ length: 12 }, (_, round) =>
      runner.runs.slice(2 + round * 2, 4 + round * 2),
    );
    for (const round of rounds) expect([...round].sort()).toEqual(['1/off', '4/off']);
    const first = rounds.map((round) => round[0]);
    expect(new Set(first).size).toBe(2);
  });
  it('finds the speedup with its interval and stops when the budget is spent', async () => {
    const { final, states } = await conduct(new SeedingRunner(), 0);
    const { speedup, ratios } = final.comparisons[0]!;
    expect(final.ended).toBe('budget');
    expect(ratios).toHaveLength(12);
    expect(speedup!.verdict).toBe('faster');
    expect(speedup!.low).toBeGreaterThan(2);
    expect(speedup!.high).toBeLessThan(6);
    expect(
      states.some((state) => state.rounds === 5 && state.comparisons[0]!.speedup === null),
    ).toBe(true);
  });
  it('goes on while there is time and the interval is wide, and narrows it', async () => {
    const { final, states } = await conduct(new SeedingRunner(), Infinity);
    const widths = states
      .map((state) => state.comparisons[0]!.speedup)
      .filter((speedup) => speedup !== null)
      .map((speedup) => speedup.high - speedup.low);
    expect(final.rounds).toBe(96);
    expect(final.ended).toBe('looks');
    expect(widths.at(-1)).toBeLessThan(widths[0]!);
  });
  it('shows no speedup where the two did different work', async () => {
    const runner = new SeedingRunner((report, run) => ({
      ...report,
      resultsDigest: run % 2 ? 'aa' : 'bb',
    }));
    const { final } = await conduct(runner, 1e9);
    expect(final.ended).toBe('different work');
    expect(final.comparisons[0]!.speedup).toBeNull();
    expect(final.note).toBe(
      '"four at once" did different work than "sequential": their results differ, so there is no speedup to show.',
    );
  });
  it('says which contender did not run and why', async () => {
    const broken = new SeedingRunner((report, run) =>
      run === 2 ? { ...report, error: { message: 'Stage "a" does not compile.' } } : report,
    );
    const { final } = await conduct(broken, 1e9);
    expect([final.ended, final.note]).toEqual([
      'failed',
      '"four at once" did not run: Stage "a" does not compile.',
    ]);
  });
  it('compares nobody who delivered nothing', async () => {
    const failing = new SeedingRunner((report) => {
      const items = { ...report.trace.meta.items, delivered: 0, failed: 40, emitted: 40 };
      const trace = { ...report.trace, meta: { ...report.trace.meta, items } };
      return { ...report, trace };
    });
    const { final } = await conduct(failing, 1e9);
    expect([final.ended, final.note]).toEqual([
      'failed',
      '"sequential" delivered nothing: all of its 40 items failed.',
    ]);
  });
  it('of one alone takes the first planned rounds, and says nothing of an interval', async () => {
    const runner = new SeedingRunner();
    const final = await startExperiment({
      ...{ runner, contenders: [{ name: 'alone', request: request(pipeline) }] },
      ...{ seed: 3, budgetMs: Infinity, now: () => runner.clockMs },
    }).done;
    expect(final).toMatchObject({ ended: 'looks', rounds: 12, comparisons: [] });
  });
  it('stops when asked and keeps complete rounds', async () => {
    const { final } = await conduct(new SeedingRunner(), 1e9, 9);
    expect(final.ended).toBe('stopped');
    expect(final.rounds).toBeGreaterThanOrEqual(3);
    expect(final.comparisons[0]!.ratios).toHaveLength(final.rounds);
    // What targets are held against is known of every complete round, stages too.
    for (const [index, times] of final.targetTimes.entries()) {
      expect(times.map(({ totalMs }) => totalMs)).toEqual(final.makespansMs[index]);
      expect(times.every(({ stagesMs }) => stagesMs['a']! > 0)).toBe(true);
      expect(new Set(times.map(({ stagesMs }) => stagesMs['a'])).size).toBeGreaterThan(1);
    }
  });
});

describe('the sequential baseline', () => {
  it('is the same document with one worker, one task, all warm', () => {
    const { machine, ...rest } = sequentialPipeline(pipeline);
    expect(machine).toEqual({ ...pipeline.machine, workers: 1, tasksPerWorker: 1, warm: 'all' });
    const { machine: _, ...same } = pipeline;
    expect(rest).toEqual(same);
  });
});
