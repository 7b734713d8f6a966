import { describe, expect, it } from 'vitest';
import { pairsOf, suggestionsFrom, triedChanges } from '../../src/explore/suggestions.ts';
import { worthTrying, type Change } from '../../src/explore/changes.ts';
import { evaluateTrials } from '../../src/explore/evaluate-trials.ts';
import type { TrialOutcome } from '../../src/explore/trials.ts';
import { basedTrials } from '../../src/explore/what-if-basis.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { bottlenecks } from '../../src/measure/bottlenecks.ts';
import { lowerBound } from '../../src/measure/bound.ts';
import { holdingsOf } from '../../src/measure/holdings.ts';
import { RunLevels } from '../../src/measure/run-levels.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const cores = 2;

function suggest(document: PipelineDocument) {
  const pipeline = withDefaults(document);
  const { trace } = simulate(pipeline, { cores });
  const levels = new RunLevels(trace, pipeline);
  const holdings = holdingsOf(levels, lowerBound(trace, pipeline).terms);
  const changes = worthTrying(pipeline, bottlenecks(levels, holdings), cores);
  const tried = (list: readonly Change[]) => {
    const simulation = { document, sets: [], cores, overheads: idealOverheads };
    const trials = basedTrials(list, null, document, simulation);
    return suggestionsFrom(trials.flatMap((one) => triedChanges(one, evaluateTrials(one.request))));
  };
  return { changes, single: tried(changes), pairs: () => tried(pairsOf(changes)) };
}
const shipped = (id: string) => gallery.find((entry) => entry.id === id)!.load();

describe('suggestions', () => {
  it('of back pressure: a second permit for the slow stage, and no larger buffer', async () => {
    const { single, changes } = suggest(await shipped('back-pressure'));
    expect(single.map(({ change }) => change.set)).toEqual([{ '/stages/slow/permits': 2 }]);
    expect(single[0]!.change.name).toBe('Slow: 2 permits');
    expect(single[0]!.before.makespanMs).toBe(602);
    // 720 ms of CPU time on two cores is the least there is.
    expect(single[0]!.after.makespanMs).toBeGreaterThanOrEqual(360);
    expect(single[0]!.after.makespanMs).toBeLessThan(420);
    expect(changes.some(({ knob }) => knob === 'capacity:slow')).toBe(true);
  });

  it('of a limit inside a limit: more items in flight, as the inner one does not hold', async () => {
    const { single } = suggest(await shipped('nested-limits'));
    expect(single[0]!.change.set).toEqual({ '/machine/inFlight': 20 });
    expect(single.some(({ change }) => change.knob === 'permits:call')).toBe(false);
  });

  it('where only two at once help finds the two, each of another knob', () => {
    const { single, pairs } = suggest({
      format: 'millrace/1',
      source: { kind: 'count', count: 40 },
      stages: [
        {
          ...{ id: 'a', name: 'A', permits: 2, uses: { api: 1 } },
          work: { kind: 'synthetic', phases: [{ wait: 10 }] },
        },
      ],
      limits: { api: 2 },
      machine: { workers: 2, tasksPerWorker: 4 },
    });
    expect(single).toEqual([]);
    // A third at once needs a permit and room in the limit.
    expect(pairs()[0]!.change.set).toMatchObject({
      '/stages/a/permits': expect.any(Number),
      '/limits/api': expect.any(Number),
    });
    expect(pairs()[0]!.gain).toBeGreaterThan(0.02);
  });

  it('has none where the work itself is the limit', () => {
    const { single, pairs } = suggest({
      format: 'millrace/1',
      source: { kind: 'count', count: 12 },
      stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 10, per: 'item' }] } }],
      machine: { workers: 2, cores: 2 },
    });
    expect(single).toEqual([]);
    expect(pairs()).toEqual([]);
  });

  it('takes of each knob the smallest step that does, and nothing that loses items', () => {
    const change = (knob: string, value: number, price = 1): Change => ({
      ...{ name: `${knob} ${value}`, set: { [`/${knob}`]: value }, cost: '', knob, price },
    });
    const outcome = (makespanMs: number, lost = 0): TrialOutcome => ({
      ...{ makespanMs, lost, delivered: 10 - lost, latencyP95Ms: 0, memoryPeakBytes: 0 },
      problem: null,
    });
    const changes = [
      ...[change('a', 2), change('a', 4), change('a', 8)],
      ...[change('b', 2, 9), change('c', 2), change('d', 2), change('e', 2), change('f', 2)],
    ];
    const outcomes = [
      ...[outcome(70), outcome(52), outcome(50)],
      ...[outcome(52), outcome(99), outcome(10, 1), outcome(90), outcome(95)],
    ];
    const before = outcome(100);
    const tried = changes.map((one, at) => ({
      ...{ change: one, basis: 'document' as const, before, after: outcomes[at]! },
    }));
    expect(suggestionsFrom(tried).map(({ change: { name } }) => name)).toEqual([
      'a 4',
      'b 2',
      'e 2',
    ]);
    // One that starts from elsewhere is ranked by its share.
    const slow = {
      ...tried[0]!,
      change: change('z', 2),
      before: outcome(1000),
      after: outcome(400),
    };
    expect(suggestionsFrom([...tried, slow])[0]).toMatchObject({ change: slow.change, gain: 0.6 });
  });
});
