import { describe, expect, it } from 'vitest';
import { worthTrying, type Change } from '../../src/explore/changes.ts';
import { evaluateTrials } from '../../src/explore/evaluate-trials.ts';
import {
  replayDocument,
  replayOfPrediction,
  type Replay,
} from '../../src/explore/replay-document.ts';
import { triedChanges, type TriedChange } from '../../src/explore/suggestions.ts';
import { basedTrials } from '../../src/explore/what-if-basis.ts';
import { planWhatIf, readWhatIf, type WhatIf } from '../../src/explore/what-if.ts';
import { scaledPhase } from '../../src/explore/cut-work.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import type { Result } from '../../src/base/result.ts';
import { lowerBound } from '../../src/measure/bound.ts';
import { bottlenecks } from '../../src/measure/bottlenecks.ts';
import { holdingsOf } from '../../src/measure/holdings.ts';
import { RunLevels } from '../../src/measure/run-levels.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { Pipeline, PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';

const cores = 2;
const simulationOf = (document: PipelineDocument) => ({
  ...{ document, sets: [], cores, overheads: idealOverheads },
});

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function traceOf(pipeline: Pipeline): Trace {
  const { trace, error } = simulate(pipeline, { cores });
  if (error) throw new Error(error.message);
  return trace;
}

/** What the document does not say: on the day, all work took 30 % longer. */
function slowRun(pipeline: Pipeline): Trace {
  const stages = pipeline.stages.map((stage) => {
    if (stage.work.kind !== 'synthetic') return stage;
    const phases = stage.work.phases.map((phase) => scaledPhase(phase, 1.3));
    return { ...stage, work: { ...stage.work, phases } };
  });
  return traceOf({ ...pipeline, stages });
}

/** As What if finds it. */
function whatIf(replay: Replay, document: PipelineDocument): WhatIf {
  const plan = planWhatIf(replay, document);
  const found = readWhatIf(replay, plan, evaluateTrials(plan.request));
  if (found === null || typeof found === 'string') throw new Error(String(found));
  return found;
}

/** As Why tries it. */
function why(
  changes: readonly Change[],
  replay: Replay | null,
  document: PipelineDocument,
): TriedChange[] {
  const trials = basedTrials(changes, replay, document, simulationOf(document));
  return trials.flatMap((one) => triedChanges(one, evaluateTrials(one.request)));
}

function suggestedBy(trace: Trace, pipeline: Pipeline): Change[] {
  const levels = new RunLevels(trace, pipeline);
  const holdings = holdingsOf(levels, lowerBound(trace, pipeline).terms);
  return worthTrying(pipeline, bottlenecks(levels, holdings), cores);
}

const change = (name: string, set: Change['set']): Change => ({
  ...{ name, set, cost: '', knob: name, price: 0 },
});

/** What a change comes to in What if; undefined: it is none of its steps. */
const stepOf = ({ steps }: WhatIf, { set }: Change) => {
  const [[pointer, value] = [], ...more] = Object.entries(set);
  return more.length > 0
    ? undefined
    : steps.find((step) => step.pointer === pointer && step.to === value);
};

const batched: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 60 },
  stages: [
    {
      ...{ id: 'pack', permits: 1, batch: { size: 4, linger: 3 } },
      work: { kind: 'synthetic', phases: [{ wait: 6 }, { cpu: 1, per: 'item' }] },
    },
    {
      ...{ id: 'send', after: ['pack'], permits: 2, uses: { api: 1 }, buffer: { capacity: 3 } },
      work: { kind: 'synthetic', phases: [{ cpu: { exponential: 2 } }, { wait: 4 }] },
    },
  ],
  limits: { api: 2 },
  machine: { workers: 2, tasksPerWorker: 2, inFlight: 16 },
};
const shipped = (id: string) => gallery.find((entry) => entry.id === id)!.load();

describe('what a change is predicted from', () => {
  it.each([
    ['back pressure', () => shipped('back-pressure')],
    ['nested limits', () => shipped('nested-limits')],
    ['batches', async () => batched],
  ])('after a run of %s Why and What if give the same change the same figures', async (_, load) => {
    const document = await load();
    const pipeline = withDefaults(document);
    const trace = slowRun(pipeline);
    const replay = valueOf(replayDocument(trace, pipeline, {}));
    const found = whatIf(replay, document);
    const asSteps = found.steps.map(({ pointer, to }) =>
      change(`${pointer} ${to}`, { [pointer]: to }),
    );
    const tried = why([...asSteps, ...suggestedBy(trace, pipeline)], replay, document);
    let shared = 0;
    for (const { change: one, basis, before, after } of tried) {
      const step = stepOf(found, one);
      if (!step) continue;
      shared++;
      expect([one.name, basis, before.makespanMs, after.makespanMs]).toEqual([
        ...[one.name, 'run', found.baseMs, step.makespanMs],
      ]);
    }
    // Each of What if's, and the suggestions that are one of them.
    expect(shared).toBeGreaterThan(found.steps.length);
    // It is the run that is replayed: simulating the document would say otherwise.
    const documentMs = traceOf(pipeline).meta.makespan;
    expect(Math.abs(found.baseMs / trace.meta.makespan - 1)).toBeLessThan(0.001);
    expect(Math.abs(found.baseMs / documentMs - 1)).toBeGreaterThan(0.1);
  });

  it('before any run it is the document, with the same figures in both, whatever is changed', () => {
    const pipeline = withDefaults(batched);
    const trace = traceOf(pipeline);
    const replay = valueOf(replayOfPrediction(trace, pipeline, idealOverheads));
    const found = whatIf(replay, batched);
    const changes = [
      change('order', { '/machine/order': 'shortest' }),
      ...found.steps.map(({ pointer, to }) => change(`${pointer} ${to}`, { [pointer]: to })),
    ];
    const tried = why(changes, null, batched);
    expect(tried).toHaveLength(changes.length);
    for (const one of tried) {
      expect(one.basis).toBe('document');
      expect(one.before.makespanMs).toBe(trace.meta.makespan);
      const step = stepOf(found, one.change);
      if (step) expect(one.after.makespanMs).toBe(step.makespanMs);
    }
  });

  it('what the replay cannot express is simulated from the document, against the document as it is', () => {
    const pipeline = withDefaults(batched);
    const replay = valueOf(replayDocument(slowRun(pipeline), pipeline, {}));
    const permits = change('permits', { '/stages/pack/permits': 4 });
    const documents = [
      change('order', { '/machine/order': 'shortest' }),
      change('linger', { '/stages/pack/batch/linger': 0 }),
      change('both', { '/stages/pack/permits': 4, '/machine/order': 'shortest' }),
      // From one item to a list: nobody has said what the second in a call costs.
      change('batch', { '/stages/send/batch/size': 2 }),
    ];
    const tried = why([permits, ...documents], replay, batched);
    const basisOf = new Map(tried.map((one) => [one.change.name, one.basis]));
    expect(Object.fromEntries(basisOf)).toEqual({
      ...{ permits: 'run', order: 'document', linger: 'document' },
      ...{ both: 'document', batch: 'document' },
    });
    const documentMs = traceOf(pipeline).meta.makespan;
    for (const { basis, before } of tried)
      if (basis === 'document') expect(before.makespanMs).toBe(documentMs);
      else expect(before.makespanMs).toBeGreaterThan(documentMs * 1.1);
  });

  it('a batch of which the run tells no cost of a call apart is simulated from the document', () => {
    const code: PipelineDocument = {
      ...batched,
      stages: [{ ...batched.stages[0]!, work: { kind: 'code', source: 'export const run = 1' } }],
    };
    const batch = change('batch', { '/stages/pack/batch/size': 8 });
    const replay: Replay = {
      ...valueOf(replayDocument(slowRun(withDefaults(batched)), withDefaults(batched), {})),
      fixedBatches: new Set(['pack']),
    };
    const basisIn = (of: Replay) =>
      basedTrials([batch], of, code, simulationOf(code)).map(({ basis }) => basis);
    expect(basisIn(replay)).toEqual(['document']);
    expect(basisIn({ ...replay, fixedBatches: new Set() })).toEqual(['run']);
  });
});
