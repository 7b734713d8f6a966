import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signInterval } from '../../src/measure/sign-interval.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { RunReport } from '../../src/engine/runner.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { OwnRuns } from '../../src/ui/embed/own-runs.ts';

const at = '2026-11-21T19:35:42.000Z';
const { pipeline } = parseDocument({
  format: 'millrace/1',
  source: { kind: 'count', count: 3 },
  stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }],
});
const environment = { browser: 'Test 1', cores: 2, isolated: true, timerStepMs: 0, hidden: false };

/** A run as it ends, of so many ms. */
function ran(makespan: number, more: Partial<RunReport> = {}): RunReport {
  const request = { pipeline: pipeline!, cache: 'on' as const, cacheNamespace: 'a' };
  const report = simulate(request.pipeline, { cores: 2 });
  report.trace.meta.makespan = makespan;
  return { ...report, environment, resultsDigest: 'ab'.repeat(16), ...more };
}

it('tells median and exact interval of what was measured, and claims just that', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 30 }), (makespans) => {
      const own = new OwnRuns();
      for (const makespan of makespans) own.note(ran(makespan), at);
      const { runs, medianMs, intervalMs } = own.figures();
      expect(runs).toBe(makespans.length);
      expect(own.claim(null)?.makespans ?? []).toEqual(makespans);
      const sorted = Float64Array.from(makespans).sort();
      if (runs > 0)
        expect(sorted.filter((one) => one <= medianMs!).length * 2).toBeGreaterThanOrEqual(runs);
      if (runs < 6) expect(intervalMs).toBeNull();
      else expect(intervalMs).toEqual(signInterval(sorted, 0.05));
    }),
    { numRuns: 30 },
  );
});

it('leaves out what is not the time of the work', () => {
  const own = new OwnRuns();
  const stopped = ran(5);
  stopped.trace.meta.ended = 'stopped';
  const fromCache = ran(1);
  fromCache.trace.meta.stages[0]!.cacheHits = 3;
  for (const report of [stopped, fromCache, ran(5, { error: { message: 'broken' } })])
    own.note(report, at);
  expect(own.figures()).toEqual({ runs: 0, medianMs: null, intervalMs: null });
  expect(own.claim({ digest: '0f'.repeat(32), cores: 2 })).toBeNull();
});

it('claims no results where they changed, and that a tab was hidden in any of its runs', () => {
  const own = new OwnRuns();
  own.note(ran(5, { environment: { ...environment, hidden: true } }), at);
  own.note(ran(6), at);
  expect(own.claim(null)).toMatchObject({
    results: 'ab'.repeat(16),
    environment: { hidden: true },
  });
  own.note(ran(6, { resultsDigest: 'cd'.repeat(16) }), at);
  own.note(ran(6), at);
  expect(own.claim(null)).toMatchObject({ results: null, measuredAt: at });
});
