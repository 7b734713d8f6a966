import { endsIn } from './ends-in.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../src/engine/plan.ts';
import { checkFromFrame, type BorderBounds } from '../../src/live/check-border.ts';
import { checkFromWorker } from '../../src/live/coordinator/check-wire.ts';
import { packEnds } from '../../src/live/packing.ts';
import { limits } from '../../src/live/border.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { SimulatedMachine } from '../../src/simulate/simulated-machine.ts';
import { TraceBuilder, type TraceChunk } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';

const bounds: BorderBounds = {
  stageIds: ['a', 'b'],
  workers: 2,
  units: 1,
  tasks: 0,
  members: 0,
  items: 0,
  marks: 0,
};

/** A real trace, as a run would send it, with batches, drops and results. */
function realChunk(): TraceChunk {
  const pipeline = withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: 30 },
    stages: [
      {
        id: 'a',
        work: { kind: 'synthetic', phases: [{ cpu: 2 }], failure: 0.2 },
        batch: { size: 3, linger: 1 },
        retry: { attempts: 2 },
      },
      { id: 'b', after: ['a'], join: 'all', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    ],
    machine: { workers: 2 },
  });
  const plan = compilePlan(pipeline, { cores: 2, cache: 'off' });
  const trace = new TraceBuilder(emptyMeta('live'));
  new SimulatedMachine(plan, trace, 30, idealOverheads).run();
  return trace.chunk();
}

const beat = (chunk: unknown) => ({
  type: 'beat',
  chunk,
  queued: [0, 0],
  running: [0, 0],
  blocked: [0, 0],
  silent: [],
});

describe('what comes out of the frame', () => {
  test('an error that nothing caught passes with what is known of it', () => {
    const stray = {
      message: 'late',
      stage: 'a',
      item: '0',
      place: { unit: 0, line: 3, column: 1 },
    };
    const check = (more: object) =>
      checkFromFrame({ type: 'stray', stray: { ...stray, ...more } }, bounds);
    expect(check({})).toEqual({ type: 'stray', stray });
    expect(check({ stage: 'z', place: { unit: 7, line: 1, column: 1 }, item: 3 })).toEqual({
      type: 'stray',
      stray: { message: 'late', stage: null, item: null, place: null },
    });
    expect(check({ message: 3 })).toBe(null);
  });

  test('the log comes with a count of what it leaves out', () => {
    const lines = [{ timeMs: 1, stage: 'a', item: '0', text: 'x' }];
    const log = { type: 'log', lines, omitted: 7 };
    expect(checkFromFrame(log, bounds)).toEqual(log);
    expect(checkFromFrame({ ...log, omitted: -1 }, bounds)).toBe(null);
  });

  test('a real chunk passes unchanged', () => {
    const chunk = realChunk();
    const checked = checkFromFrame(beat(chunk), bounds);
    expect(checked).toMatchObject({ type: 'beat' });
    expect((checked as { chunk: TraceChunk }).chunk).toEqual(chunk);
  });

  const spoils: [string, (chunk: TraceChunk) => void][] = [
    ['a stage out of range', (chunk) => (chunk.tasks.stage[0] = 2)],
    ['a worker out of range', (chunk) => (chunk.tasks.worker[0] = 2)],
    ['an item out of range', (chunk) => (chunk.tasks.item[0] = 1_000_000)],
    ['a member range past the end', (chunk) => (chunk.tasks.memberCount[0] = 1_000_000)],
    ['an unknown outcome', (chunk) => (chunk.tasks.outcome[0] = 99)],
    ['a time that is none', (chunk) => (chunk.tasks.start[0] = NaN)],
    ['a parent that comes later', (chunk) => (chunk.items.parent[0] = 5)],
    ['an unknown mark', (chunk) => (chunk.marks.kind[0] = 99)],
    ['an ended item that never came', (chunk) => (chunk.endedItems = new Int32Array([3]))],
    ['a short column', (chunk) => (chunk.tasks.start = new Float64Array(1))],
    ['a column of another type', (chunk) => (chunk.tasks.start = [] as never)],
    ['a wrong count', (chunk) => (chunk.tasks.count = 1)],
    ['another stage id', (chunk) => (chunk.meta.stages[0]!.id = 'x')],
    ['negative books', (chunk) => (chunk.meta.items.delivered = -1)],
    ['an unknown ending', (chunk) => (chunk.meta.ended = 'fine' as never)],
  ];
  test.each(spoils)('a chunk with %s is refused', (_, spoil) => {
    const chunk = realChunk();
    spoil(chunk);
    expect(checkFromFrame(beat(chunk), bounds)).toBe(null);
  });

  test('failures of unknown stages, too many, and places outside the code', () => {
    const failure = { item: '1', stage: 'a', attempt: 1, message: 'm', place: null, input: '' };
    const failures = (list: unknown[]) =>
      checkFromFrame({ type: 'failures', failures: list, omitted: 0 }, bounds);
    expect(failures([failure])).not.toBe(null);
    expect(failures([{ ...failure, stage: 'zz' }])).toBe(null);
    expect(failures(new Array(limits.failures + 1).fill(failure))).toBe(null);
    const outside = failures([{ ...failure, place: { unit: 7, line: 1, column: 1 } }]);
    expect(outside).toMatchObject({ failures: [{ place: null }] });
  });

  test('models are rebuilt: unknown stages and fields are left out', () => {
    const finished = checkFromFrame(
      {
        type: 'finished',
        resultsDigest: 'ab',
        resultsOmitted: 0,
        timerStepMs: 0.005,
        error: null,
        models: { a: { phases: [{ cpu: { perItem: [1, 2] }, evil: 1 }], more: 2 }, zz: {} },
      },
      bounds,
    );
    expect(finished).toMatchObject({ models: { a: { phases: [{ cpu: { perItem: [1, 2] } }] } } });
    expect((finished as { models: object }).models).toEqual({
      a: { phases: [{ cpu: { perItem: [1, 2] } }] },
    });
  });

  test('nothing at all makes the checks throw', () => {
    const types = [
      'beat',
      'want',
      'failures',
      'log',
      'notice',
      'results',
      'finished',
      'calibrated',
      'not-calibrated',
    ];
    const names = ['chunk', 'queued', 'failures', 'lines', 'models', 'error', 'results', 'count'];
    const message = fc
      .tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...names), fc.anything()))
      .map(([type, fields]) => ({ ...fields, type }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), message), (data) => {
        checkFromFrame(data, bounds);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what stage workers say', () => {
  const end = {
    task: 0,
    number: 0,
    startMs: 1,
    endMs: 2,
    setupMs: 0,
    waitedMs: 0,
    fault: null,
    codes: [-1, 2, -2, 0],
    values: [1, 2, 3],
    entryFaults: [{ message: 'm', stack: '' }],
  };
  test('an end passes when its lists agree', () => {
    const told = { type: 'ends', ends: packEnds([end]) };
    expect(endsIn(checkFromWorker(told))).toEqual([end]);
  });
  test.each([
    ['too few values', { values: [1] }],
    ['a negative number of children', { codes: [-3, -1, -1, -1] }],
    ['half a child', { codes: [0.5] }],
    ['a missing fault', { entryFaults: [] }],
    ['no time', { startMs: NaN }],
    ['a fault that is none', { fault: 3 }],
  ])('an end with %s is refused', (_, wrong) => {
    const told = { type: 'ends', ends: packEnds([end, { ...end, ...wrong } as typeof end]) };
    expect(checkFromWorker(told)).toBe(null);
  });
  test('nothing at all makes the check throw', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (data, inner) => {
        checkFromWorker(data);
        checkFromWorker({ type: 'ends', ends: inner });
        const packed = packEnds([end, end]);
        for (const part of Object.keys(packed)) {
          checkFromWorker({ type: 'ends', ends: { ...packed, [part]: inner } });
        }
      }),
      { numRuns: 300 },
    );
  });
});
