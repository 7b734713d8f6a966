import fc from 'fast-check';
import { describe, expect, it, test, vi } from 'vitest';
import { cutSet, scaledPhase } from '../../src/explore/cut-work.ts';
import { evaluateTrials } from '../../src/explore/evaluate-trials.ts';
import {
  replayDocument,
  replayOfPrediction,
  type Replay,
} from '../../src/explore/replay-document.ts';
import { wayMs } from '../../src/explore/replay-ways.ts';
import { gainAt, planWhatIf, rankedByHalf, readWhatIf } from '../../src/explore/what-if.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Draw, Pipeline, PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';
import { asciiTrace } from '../fixtures/ascii-trace.ts';

const cores = 2;
/** The aim is 0.1 %. */
const within = 0.001;

function parsed(document: PipelineDocument | string): Pipeline {
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(problems[0]?.message);
  return pipeline;
}

function traceOf(pipeline: Pipeline): Trace {
  const { trace, error } = simulate(pipeline, { cores });
  if (error) throw new Error(error.message);
  return trace;
}

function replayed(pipeline: Pipeline): Replay {
  const result = replayDocument(traceOf(pipeline), pipeline, {});
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** One stage's work really cut. */
function withCut(pipeline: Pipeline, id: string, cut: number): Pipeline {
  return {
    ...pipeline,
    stages: pipeline.stages.map((stage) =>
      stage.id === id && stage.work.kind === 'synthetic'
        ? {
            ...stage,
            work: {
              ...stage.work,
              phases: stage.work.phases.map((phase) => scaledPhase(phase, 1 - cut)),
            },
          }
        : stage,
    ),
  };
}

/** Replay with nothing changed, and every cut of every stage, against the same really simulated. */
function expectFaithful(pipeline: Pipeline, cutsAsked: readonly number[]): void {
  const replay = replayed(pipeline);
  const whole = traceOf(pipeline).meta.makespan;
  const plan = planWhatIf(replay, replay.document);
  const asked = plan.questions.flatMap((question, at) =>
    question.kind === 'cut' && cutsAsked.includes(question.cut) ? [{ ...question, at }] : [],
  );
  const sets = [plan.request.sets[0]!, ...asked.map(({ at }) => plan.request.sets[at + 1]!)];
  const outcomes = evaluateTrials({ ...plan.request, sets });
  expect(outcomes.map(({ problem }) => problem)).toEqual(outcomes.map(() => null));
  const error = (found: number, real: number) => Math.abs(found / real - 1);
  expect(error(outcomes[0]!.makespanMs, whole)).toBeLessThan(within);
  asked.forEach(({ stage, cut }, at) => {
    const real = traceOf(withCut(pipeline, stage, cut)).meta.makespan;
    const found = outcomes[at + 1]!.makespanMs;
    expect(error(found, real), `${stage} − ${cut * 100} %: ${found} for ${real}`).toBeLessThan(
      within,
    );
  });
}

// Nothing here is timed: it only must not wait for ever, however busy the machine is.
vi.setConfig({ testTimeout: 60_000 });

describe('a replay of a trace', () => {
  it('brings the very makespan, and that of every cut, for the gallery’s synthetic documents', async () => {
    let tested = 0;
    for (const entry of gallery) {
      const { pipeline } = parseDocument(await entry.load());
      if (!pipeline || pipeline.stages.some(({ work }) => work.kind !== 'synthetic')) continue;
      expectFaithful(pipeline, [0.5, 0.9]);
      tested++;
    }
    expect(tested).toBeGreaterThan(4);
  });

  it('does so for any of these', () => {
    const draw = fc.oneof(
      fc.integer({ min: 1, max: 20 }).map((ms): Draw => ms),
      fc.integer({ min: 1, max: 20 }).map((ms): Draw => ({ exponential: ms })),
      fc.integer({ min: 1, max: 20 }).map((ms): Draw => ({ lognormal: { mean: ms, cv: 0.7 } })),
    );
    const stage = fc.record({
      cpu: draw,
      wait: draw,
      waits: fc.boolean(),
      permits: fc.option(fc.integer({ min: 1, max: 3 })),
      batch: fc.constantFrom(1, 1, 4),
      capacity: fc.option(fc.integer({ min: 4, max: 8 })),
      expand: fc.constantFrom(1, 1, 2),
      failure: fc.constantFrom(0, 0, 0.2),
      setup: fc.constantFrom(0, 5),
    });
    const seed = 20261121;
    fc.assert(
      fc.property(
        fc.array(stage, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1, 3),
        (specs, workers, tasksPerWorker) => {
          const stages = specs.map((spec, at): StageDocument => ({
            id: `s${at}`,
            ...(at > 0 && { after: [`s${at - 1}`] }),
            work: {
              kind: 'synthetic',
              phases: [{ cpu: spec.cpu }, ...(spec.waits ? [{ wait: spec.wait }] : [])],
              expand: spec.expand,
              failure: spec.failure,
            },
            setup: { phases: spec.setup > 0 ? [{ wait: 2 }, { cpu: spec.setup }] : [] },
            retry: { attempts: 2, backoff: 3 },
            permits: spec.permits,
            batch: { size: spec.batch, linger: spec.batch > 1 ? 2 : 0 },
            buffer: { capacity: spec.capacity },
          }));
          expectFaithful(
            parsed({
              format: 'millrace/1',
              source: { kind: 'count', count: 25 },
              stages,
              machine: { cores, workers, tasksPerWorker },
            }),
            [0.5],
          );
        },
      ),
      { seed, numRuns: 20 },
    );
  });
});

/** Stages one after another, of which only times are known. */
const codeStages = (ids: readonly string[]): Pipeline =>
  parsed({
    format: 'millrace/1',
    source: { kind: 'count', count: 1 },
    stages: ids.map((id) => ({
      id,
      work: { kind: 'code', source: 'export default (item) => item;' },
    })),
    machine: { workers: 2 },
  });

/** The same as if it had been measured, and its stages were code of which only times are known. */
function asCode(pipeline: Pipeline): { code: Pipeline; trace: Trace } {
  const trace = traceOf(pipeline);
  trace.meta.machine = 'live';
  const stages = pipeline.stages.map((stage) => ({
    ...stage,
    work: { kind: 'code' as const, source: 'export default (item) => item;' },
  }));
  return { code: { ...pipeline, stages }, trace };
}

describe('a replay of stages of code', () => {
  const stages: StageDocument[] = [
    { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: { exponential: 4 } }, { wait: 3 }] } },
    {
      ...{ id: 'b', after: ['a'], permits: 1, buffer: { capacity: 2 } },
      work: { kind: 'synthetic', phases: [{ cpu: { exponential: 5 } }], failure: 0.1 },
    },
  ];
  const pipeline = parsed({
    format: 'millrace/1',
    source: { kind: 'count', count: 60 },
    stages,
    machine: { cores: 2, workers: 2 },
  });

  it('has nothing but the times of each item, and brings the same makespan and losses', () => {
    const { code, trace } = asCode(pipeline);
    const replay = replayDocument(trace, code, {});
    if (!replay.ok) throw new Error(replay.error);
    const { document, overheads } = replay.value;
    const cut = cutSet(document, 'b', 0.5, replay.value.uncut['b'])!;
    const [same, half] = evaluateTrials({ document, overheads, cores, sets: [{}, cut] });
    expect(same!.makespanMs / trace.meta.makespan).toBeCloseTo(1, 2);
    const real = traceOf(withCut(pipeline, 'b', 0.5)).meta.makespan;
    expect(half!.makespanMs / real).toBeCloseTo(1, 2);
  });

  it('takes a declared set-up once, however its wait is drawn', () => {
    const [stage] = stages;
    const setup = { phases: [{ wait: { uniform: [10, 10] as [number, number] } }] };
    const { code, trace } = asCode(
      parsed({
        format: 'millrace/1',
        source: { kind: 'count', count: 8 },
        stages: [{ ...stage!, setup }],
        machine: { cores: 2, workers: 2 },
      }),
    );
    const replay = replayDocument(trace, code, {});
    if (!replay.ok) throw new Error(replay.error);
    expect(replay.value.document.stages[0]!.setup!.phases).toEqual([...setup.phases, { cpu: 0 }]);
  });

  it('replays a run of very many items of which some failed', () => {
    const count = 150_000;
    const { code, trace } = asCode(
      parsed({
        format: 'millrace/1',
        source: { kind: 'count', count },
        stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 0.001 } }],
        machine: { cores: 2, workers: 2 },
      }),
    );
    const replay = replayDocument(trace, code, {});
    if (!replay.ok) throw new Error(replay.error);
    const work = replay.value.document.stages[0]!.work as { expand: { perItem: number[] } };
    const { failed } = trace.meta.items;
    expect(failed).toBeGreaterThan(0);
    expect(work.expand.perItem.filter((outputs) => outputs === 0)).toHaveLength(failed);
  });

  it('takes what messages took from the gaps between tasks, and never cuts it', () => {
    // 0.5 ms to the worker each time, and 0.3 ms until the next stage has what was put out.
    const trace = asciiTrace(`
      stages  a b
      w0       aaaa  aaaa  aaaa
      w1            bb    bb    bb
    `);
    trace.meta.machine = 'live';
    const { tasks } = trace;
    for (let row = 0; row < tasks.count; row++) {
      tasks.dispatch[row] = tasks.start[row]! - 0.5;
      if (tasks.stage[row] === 1) {
        const before = [...tasks.item].findIndex(
          (item, at) => item === tasks.item[row] && tasks.stage[at] === 0,
        );
        tasks.arrive[row] = tasks.ready[row] = tasks.end[before]! + 0.3;
      }
    }
    expect([...wayMs(trace)].map((ms) => Number(ms.toFixed(6)))).toEqual(new Array(6).fill(0.8));
    const replay = replayDocument(
      trace,
      {
        ...pipeline,
        stages: pipeline.stages.map((stage) => ({
          ...stage,
          permits: null,
          work: { kind: 'code' as const, source: '' },
        })),
      },
      {},
    );
    if (!replay.ok) throw new Error(replay.error);
    const set = cutSet(replay.value.document, 'a', 1, replay.value.uncut['a'])!;
    expect(set['/stages/a/work/phases']).toEqual([
      { cpu: { perItem: [0.8, 0.8, 0.8] } },
      { cpu: 0 },
    ]);
  });
});

test('workers beyond the cores do not fill the gaps that messages leave', () => {
  const trace = asciiTrace(`
    stages  a
    w0       aaaa aaaa aaaa aaaa
    w1       aaaa aaaa aaaa aaaa
  `);
  trace.meta.machine = 'live';
  const { tasks } = trace;
  for (let row = 0; row < tasks.count; row++) tasks.dispatch[row] = tasks.start[row]! - 1;
  const replay = replayDocument(trace, codeStages(['a']), {});
  if (!replay.ok) throw new Error(replay.error);
  const { document, overheads } = replay.value;
  const sets = [1, 2, 4].map((workers) => ({ '/machine/workers': workers }));
  const [one, two, four] = evaluateTrials({ document, overheads, cores: 2, sets });
  expect(one!.makespanMs / two!.makespanMs).toBeCloseTo(2, 6);
  expect(four!.makespanMs).toBeCloseTo(two!.makespanMs, 6);
});

const twoStages: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 50 },
  stages: [
    { id: 'parse', work: { kind: 'synthetic', phases: [{ cpu: 10 }] }, permits: 1 },
    { id: 'score', after: ['parse'], work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
  ],
  machine: { cores: 2, workers: 2 },
};

test('a cut of code takes along what it costs while it is cold', () => {
  const model = { phases: [{ cpu: 4 }], cold: 10 };
  const work = { kind: 'code' as const, source: 'export default () => 1;', model };
  expect(cutSet({ format: 'millrace/1', stages: [{ id: 'a', work }] }, 'a', 0.5)).toEqual({
    '/stages/a/work/model/phases': [{ cpu: 2 }],
    '/stages/a/work/model/cold': 5,
  });
});

describe('what if', () => {
  const pipeline = parsed(twoStages);
  const replay = replayed(pipeline);
  const plan = planWhatIf(replay, twoStages);
  const answers = evaluateTrials(plan.request);
  const found = readWhatIf(replay, plan, answers);
  if (found === null || typeof found === 'string') throw new Error(String(found));

  it('finds the stage where work pays, and the one where it does not', () => {
    const ranked = rankedByHalf(found.curves);
    expect(ranked.map(({ stage }) => stage)).toEqual(['parse', 'score']);
    expect(ranked[0]!.gain).toBeCloseTo(0.49, 1);
    expect(ranked[1]!.gain).toBeLessThan(0.01);
  });
  it('ranks one more and one less of every bound that is set', () => {
    expect(found.steps[0]).toMatchObject({ kind: 'permits', of: 'parse', from: 1, to: 2 });
    expect(found.steps[0]!.gain).toBeGreaterThan(0.4);
    const workers = found.steps.filter(({ kind }) => kind === 'workers').map(({ to }) => to);
    expect(workers.sort()).toEqual([1, 3]);
  });
  it('says how wrong the replay itself is', () => {
    expect(Math.abs(found.replayError)).toBeLessThan(within);
  });
  it('reads what is there while the rest is worked out', () => {
    const part = readWhatIf(replay, plan, answers.slice(0, 3));
    if (part === null || typeof part === 'string') throw new Error('no reading');
    expect(gainAt(part.curves[0]!, 0.2)).toBeGreaterThan(0);
    expect(gainAt(part.curves[0]!, 0.9)).toBeNaN();
    expect(readWhatIf(replay, plan, [])).toBeNull();
  });
  it('takes a prediction as its own replay', () => {
    const own = replayOfPrediction(traceOf(pipeline), pipeline, idealOverheads);
    if (!own.ok) throw new Error(own.error);
    const ownPlan = planWhatIf(own.value, twoStages);
    const ownAnswers = evaluateTrials(ownPlan.request);
    expect(ownAnswers[0]!.makespanMs).toBe(traceOf(pipeline).meta.makespan);
    expect(ownAnswers.map(({ makespanMs }) => Math.round(makespanMs))).toEqual(
      answers.map(({ makespanMs }) => Math.round(makespanMs)),
    );
  });
  it('refuses a run that did not come to its end', () => {
    const trace = traceOf(pipeline);
    trace.meta.ended = 'stopped';
    expect(replayDocument(trace, pipeline, {}).ok).toBe(false);
  });
});
