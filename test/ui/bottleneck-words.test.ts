import { describe, expect, it } from 'vitest';
import { lowerBound } from '../../src/measure/bound.ts';
import { bottlenecks } from '../../src/measure/bottlenecks.ts';
import { holdingsOf } from '../../src/measure/holdings.ts';
import { queueTrend } from '../../src/measure/queue-trend.ts';
import { RunLevels } from '../../src/measure/run-levels.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import {
  bottleneckName,
  causeName,
  causeSentence,
  effectSentences,
  trendWords,
  whenWords,
} from '../../src/ui/why/bottleneck-words.ts';
import { canLightUp, lightUp } from '../../src/ui/why/light-up.ts';
import {
  basisWords,
  besides,
  nothingHelps,
  predictedWords,
  runsAlike,
} from '../../src/ui/why/suggestion-words.ts';
import { whyFindings, noFindings } from '../../src/ui/why/why-analysis.ts';
import type { Tried } from '../../src/ui/why/suggestion-store.svelte.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import type { Suggestion } from '../../src/explore/suggestions.ts';
import type { Basis } from '../../src/explore/what-if-basis.ts';
import type { TrialOutcome } from '../../src/explore/trials.ts';
import type { App } from '../../src/ui/state/app.svelte.ts';
import type { ScheduleFocus, Shown } from '../../src/ui/timeline/schedule-focus.ts';

const wait = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ wait: ms }] });
const cpu = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ cpu: ms }] });

function first(document: Omit<PipelineDocument, 'format'>, cores = 2) {
  const pipeline = withDefaults({ format: 'millrace/1', ...document });
  const { trace } = simulate(pipeline, { cores });
  const levels = new RunLevels(trace, pipeline);
  const [one] = bottlenecks(levels, holdingsOf(levels, lowerBound(trace, pipeline).terms));
  return {
    ...{ one: one!, pipeline, trace },
    name: bottleneckName(one!, pipeline),
    why: causeSentence(one!, pipeline, trace),
    effects: effectSentences(one!, pipeline),
  };
}
const source = { kind: 'count' as const, count: 40 };
const machine = { workers: 2, tasksPerWorker: 8 };

describe('a bottleneck in words', () => {
  it('says what was out, and how much of it there is', () => {
    const stage = { id: 'a', name: 'Ask', work: wait(10) };
    expect(first({ source, machine, stages: [{ ...stage, permits: 3 }] })).toMatchObject({
      name: 'Ask: its permits',
      why: 'All 3 permits of Ask were taken.',
      effects: ['2.47 s of waiting', 'Ask busy 100 % of the run'],
    });
    const limited = { source, machine, limits: { api: 2 } };
    expect(first({ ...limited, stages: [{ ...stage, uses: { api: 1 } }] })).toMatchObject({
      name: 'limit “api”',
      why: 'The shared limit “api” was taken: 2 at once, no more.',
    });
    expect(first({ source, machine: { workers: 1 }, stages: [stage] })).toMatchObject({
      name: 'workers',
      why: 'The one worker was taken.',
    });
    expect(
      first({ source, machine: { workers: 4 }, stages: [{ ...stage, work: cpu(10) }] }),
    ).toMatchObject({
      name: 'cores',
      why: 'All 2 cores were taken by CPU work: more workers would only share them.',
    });
    expect(first({ source, machine: { ...machine, inFlight: 3 }, stages: [stage] })).toMatchObject({
      name: 'items in flight',
      why: '3 items were in flight, and no more may be; inside nothing waited.',
    });
    expect(
      first({ source, machine, stages: [{ ...stage, after: [], join: 'fold' }] }),
    ).toMatchObject({
      name: 'Ask: one step at a time',
      why: 'Ask folds one item at a time, the others wait.',
    });
  });

  it('names whom it held back and whom it left idle', () => {
    const { effects, one } = first({
      ...{ source, machine },
      stages: [
        { id: 'a', name: 'A', permits: 1, work: wait(1) },
        { id: 'b', name: 'B', after: ['a'], permits: 1, work: wait(10), buffer: { capacity: 1 } },
        { id: 'c', name: 'C', after: ['b'], work: wait(1) },
      ],
    });
    expect(effects[0]).toMatch(/^held back A \(blocked 8\d % of the run\)$/);
    expect(effects[1]).toMatch(/^left idle C \(nothing to do 8\d % of the run\)$/);
    expect(whenWords(one)).toMatch(/^\d\d % of the run$/);
    expect(whenWords({ ...one, isChronic: false, when: { fromMs: 3, toMs: 70 } })).toMatch(
      /of the run, 3 ms – 70 ms$/,
    );
  });

  it('tells whether a queue recovers', () => {
    /** A queue that goes through these levels, one a second, while items come for ten seconds. */
    const trend = (levels: number[], capacity: number | null = null) =>
      trendWords(
        queueTrend(
          { time: Float64Array.from(levels, (_, i) => i * 1000), value: Float64Array.from(levels) },
          ...([{ fromMs: 0, toMs: 10_000 }, 12_000, capacity] as const),
        ),
      );
    expect(trend([0, 1, 1, 0])).toBeNull();
    expect(trend([0, 2, 4, 6, 8, 10, 12, 14, 16, 18])).toEqual({
      isRecovering: false,
      text: 'queue grew by 2 a second, to 18, as long as items came',
    });
    expect(trend([2, 4, 4, 4, 4, 4, 4, 4, 4, 4], 4)!.text).toBe(
      'queue full at 4 as long as items came',
    );
    expect(trend([20, 18, 16, 14, 12, 10, 9, 8, 7, 6])).toMatchObject({ isRecovering: true });
    expect(trend([9, 12, 5, 2, 0, 0, 0, 0, 0, 0])).toEqual({
      isRecovering: true,
      text: 'queue was up to 12 and was gone again',
    });
    expect(trend([8, 8, 8, 8, 8, 8, 8, 8, 8, 8])).toMatchObject({ isRecovering: false });
  });

  it('has a name for every bound and semaphore of a pipeline', () => {
    const { pipeline } = first({
      source,
      machine,
      stages: [{ id: 'a', name: 'A', work: wait(1) }],
    });
    const keys =
      'permits:a buffer:a limit:x in-flight memory arrivals critical-path retry:a work:a';
    for (const key of keys.split(' ')) expect(causeName(key, pipeline)).not.toBe(key);
    expect(causeName('work', pipeline)).toBe('the work itself');
  });
});

it('lights up the tasks that waited and selects their stage', () => {
  const stages = [{ id: 'a', name: 'A', permits: 1, work: wait(10) }];
  const { one, pipeline, trace } = first({
    ...{ source: { ...source, count: 5 }, machine, stages },
  });
  expect(canLightUp(one)).toBe(true);
  let selected: readonly string[] = [];
  let lens: ((shown: Shown) => ScheduleFocus) | null = null;
  lightUp(
    {
      doc: { document: pipeline },
      graph: { select: (ids: readonly string[]) => (selected = ids) },
      timeline: { focus: { look: (asked: typeof lens) => (lens = asked) } },
    } as unknown as App,
    one,
    pipeline,
  );
  expect(selected).toEqual(['a']);
  const { summary, lit, steps } = lens!({ trace, raw: trace, pipeline });
  // 0, 10, 20, 30 and 40 ms.
  expect(summary).toBe('4 tasks waited 100 ms in all, the longest 40 ms.');
  expect([...lit].sort()).toEqual([1, 2, 3, 4]);
  expect(steps.map(({ waits }) => waits[0]!.ms)).toEqual([10, 20, 30, 40]);
});

it('works a run out bit by bit, and says what is left where nothing helps', () => {
  const stages = [
    { id: 'a', name: 'Cheap', work: wait(1) },
    { id: 'b', name: 'Dear', after: ['a'], work: wait(9) },
  ];
  const { pipeline, trace } = first({ ...{ source: { ...source, count: 1 }, machine, stages } });
  let findings = noFindings;
  for (const bit of whyFindings(trace, pipeline)) findings = { ...findings, ...bit };
  expect(Object.values(findings)).not.toContain(null);
  expect(findings.figures!.perSecond).toBeCloseTo(100);
  expect(nothingHelps(findings, trace, 7)).toBe(
    'No single change helps: of 7 tried none shortens the run by 2 % or more. The work itself is the limit. Make Dear cheaper: it is 90\u00a0% of the critical path.',
  );
});

it('does not call the work itself the limit where the run lies far above its bound', () => {
  const { trace, pipeline } = first({ source, machine, stages: [{ id: 'a', work: wait(10) }] });
  const bound = { ...lowerBound(trace, pipeline), valueMs: trace.meta.makespan * 0.66 };
  const said = nothingHelps({ path: null, bound }, trace, 7);
  expect(said).toContain('34 % of it lies above the bound all the same');
  expect(said).not.toContain('The work itself is the limit');
});

it('says beside any bound that the machine was busy with other things, and beside none twice', () => {
  const busy = (permits: number | null) => {
    const document = {
      ...{ source, machine: { workers: 2, cores: 2 } },
      stages: [{ id: 'a', name: 'A', permits, work: cpu(10) }],
    };
    const { trace } = first(document);
    // It declares a third of what it took.
    const declared = withDefaults({
      ...{ format: 'millrace/1' as const, ...document },
      stages: [{ ...document.stages[0]!, work: cpu(3) }],
    });
    const live = { ...trace, meta: { ...trace.meta, machine: 'live' as const } };
    return { ...noFindings, ...whyFindings(live, declared).next().value };
  };
  const byPermits = busy(1);
  expect(byPermits.bound!.by).toBe('permits:a');
  expect(byPermits.remark).toMatch(
    /declare 120 ms of CPU work and took 400 ms: the machine was busy/,
  );
  const byCores = busy(null);
  expect(byCores.bound!.sentence).toContain('the machine was busy');
  expect(byCores.remark).toBe('');
});

describe('a suggestion in words', () => {
  const outcome = (makespanMs: number, memoryPeakBytes: number): TrialOutcome => ({
    ...{ makespanMs, latencyP95Ms: makespanMs / 2, memoryPeakBytes, lost: 0, delivered: 5 },
    problem: null,
  });
  const suggestion = (basis: Basis, before: TrialOutcome, after: TrialOutcome): Suggestion => ({
    ...{ basis, before, after, gain: 1 - after.makespanMs / before.makespanMs },
    change: { name: 'Slow: 2 permits', set: {}, cost: '', knob: 'permits:slow', price: 3 },
  });

  it('says what its gain is predicted from, where there are two ways', () => {
    const [before, after] = [outcome(600, 0), outcome(300, 0)];
    expect([
      predictedWords(suggestion('run', before, after), true),
      predictedWords(suggestion('document', before, after), true),
      predictedWords(suggestion('document', before, after), false),
    ]).toEqual([
      'predicted from this run 600 ms → 300 ms',
      'predicted from the document 600 ms → 300 ms',
      'predicted 600 ms → 300 ms',
    ]);
  });

  it('says how they all were tried', () => {
    const document: PipelineDocument = { format: 'millrace/1', stages: [] };
    const run = simulate(withDefaults(document), { cores: 2 }).trace;
    const words = (tried: Partial<Tried>) =>
      basisWords({
        ...{ document, run, overheads: idealOverheads, notReplayed: null, suggestions: [] },
        ...{ count: 12, replayed: 9, replayError: 0.02, problem: null, ...tried },
      });
    expect(words({ run: null, replayed: 0 })).toContain(
      '12 changes tried by simulating the document;',
    );
    expect(words({ replayed: 12 })).toContain(
      '12 changes tried in a replay of this run, as What if',
    );
    expect(words({})).toContain(
      '12 changes tried: 9 in a replay of this run, as What if does, 3 by simulating the document;',
    );
    expect(words({})).not.toContain('With nothing changed');
    expect(words({ replayError: -0.39 })).toContain(
      'With nothing changed the replay takes 39 % less than the run did, so measure',
    );
    expect(words({ replayed: 0, notReplayed: 'It was stopped.' })).toMatch(
      /as this run cannot be replayed;.*It was stopped\.$/,
    );
  });

  it('says what it does to latency and memory', () => {
    const of = (before: TrialOutcome, after: TrialOutcome) =>
      besides(suggestion('run', before, after));
    expect(of(outcome(600, 2048), outcome(300, 4096))).toBe(
      'Latency p95 300 ms → 150 ms; memory 2 KiB → 4 KiB.',
    );
    expect(of(outcome(600, 2048), outcome(600, 2048))).toBe(
      'Latency p95 stays at 300 ms; memory stays at 2 KiB.',
    );
    expect(of(outcome(600, 0), outcome(300, 0))).toBe('Latency p95 300 ms → 150 ms.');
    expect(of({ ...outcome(600, 0), delivered: 0 }, outcome(300, 0))).toBe('');
  });
});

it('knows what changes a run from what does not', () => {
  const document: PipelineDocument = { format: 'millrace/1', stages: [] };
  expect(runsAlike(document, { ...document, name: 'Other' })).toBe(true);
  expect(runsAlike(document, { ...document, machine: { workers: 3 } })).toBe(false);
});
