import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });

import type { Draw, StageDocument } from '../../src/pipeline/types.ts';

const expanding = (id: string, expand: Draw, more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  work: { kind: 'synthetic', phases: [{ cpu: 1 }], expand },
  ...more,
});

describe('lineage', () => {
  test('children compare numerically by segment, not as text', () => {
    const doc = document([expanding('a', 11), cpuStage('b', 1, { after: ['a'] })], {
      machine: { workers: 1 },
      source: count(1),
    });
    expect(lanes(doc).split('\n')[1]).toBe(
      'b: ' + Array.from({ length: 11 }, (_, i) => `0.${i}@${1 + i}-${2 + i}`).join(' '),
    );
  });

  test('children of children, and `all` takes them in item order', () => {
    const doc = document(
      [
        expanding('a', { perItem: [1, 2, 0] }),
        expanding('b', 2, { after: ['a'] }),
        cpuStage('c', 1, { after: ['b'], join: 'all' }),
      ],
      { machine: { workers: 8 }, source: count(3) },
    );
    const { trace } = simulateDocument(doc);
    // One output passes on: 0 keeps its number.
    expect(drawLanes(trace)).toBe(
      'a: 0@0-1 1@0-1 2@0-1\nb: 0@1-2 1.0@1-2 1.1@1-2\n' + 'c: 0.0+0.1+1.0.0+1.0.1+1.1.0+1.1.1@2-3',
    );
    expect(trace.meta.items).toMatchObject({ emitted: 3, delivered: 3 });
  });

  test('each: copies of copies', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        cpuStage('b', 1),
        cpuStage('d', 1, { after: ['a', 'b'], join: 'each' }),
        cpuStage('e', 1, { after: ['d'] }),
        cpuStage('f', 1, { after: ['d', 'a'], join: 'each' }),
      ],
      { machine: { workers: 8 }, source: count(1) },
    );
    expect(lanes(doc).split('\n').slice(2).join('\n')).toBe(
      'd: 0~a@1-2 0~b@1-2\ne: 0~a@2-3 0~b@2-3\nf: 0~a@1-2 0~a~d@2-3 0~b~d@2-3',
    );
  });

  test('each: one source item, counted once', () => {
    const doc = document(
      [cpuStage('a', 1), cpuStage('b', 1), cpuStage('d', 1, { after: ['a', 'b'], join: 'each' })],
      { machine: { workers: 8 }, source: count(2) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.items).toMatchObject({ emitted: 2, delivered: 2 });
    expect(meta.stages[2]).toMatchObject({ received: 4, tasks: 4, delivered: 4 });
  });

  test('each shares one buffer of its capacity', () => {
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1 }),
        cpuStage('b', 1, { permits: 1 }),
        cpuStage('d', 5, {
          after: ['a', 'b'],
          join: 'each',
          permits: 1,
          buffer: { capacity: 1 },
        }),
      ],
      { machine: { workers: 8 }, source: count(2) },
    );
    // At 1 both end: 0~a enters, 0~b stays with its task until 0~a has started, at once.
    expect(lanes(doc)).toBe(
      'a: 0@0-1 1@1-2~6\nb: 0@0-1 1@1-2~11\nd: 0~a@1-6 0~b@6-11 1~a@11-16 1~b@16-21',
    );
  });
});

describe('all', () => {
  test('starts when everything has arrived, over several parents', () => {
    const doc = document(
      [
        expanding('a', { perItem: [0, 1] }),
        cpuStage('b', 4),
        cpuStage('c', 2, { permits: 1 }),
        cpuStage('d', 1, { after: ['a', 'b', 'c'], join: 'all' }),
      ],
      { machine: { workers: 8 }, source: count(2) },
    );
    expect(lanes(doc).split('\n')[3]).toBe('d: 0~b+0~c+1~a+1~b+1~c@4-5');
  });

  test('runs over what survived', () => {
    const doc = document(
      [
        {
          id: 'a',
          timeout: 5,
          work: { kind: 'synthetic', phases: [{ wait: { perItem: [1, 9, 2] } }] },
        },
        cpuStage('d', 1, { after: ['a'], join: 'all' }),
      ],
      { machine: { workers: 8 }, source: count(3) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0@0-1 2@0-2 1@0-5%\nd: 0+2@5-6');
    expect(trace.meta.items).toMatchObject({ emitted: 3, delivered: 2, failed: 1 });
    expect(trace.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
  });

  test('all after all: one task over one result', () => {
    const doc = document(
      [
        cpuStage('a', 1, { join: 'all' }),
        cpuStage('b', 1, { after: ['a'], join: 'all' }),
        cpuStage('c', 1, { after: ['b'] }),
      ],
      { machine: { workers: 2 }, source: count(2) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0+1@0-1\nb: a@1-2\nc: b@2-3');
    expect(trace.meta.results).toMatchObject({ emitted: 2, delivered: 2 });
  });

  test('takes no capacity and holds no permit or place in flight while it waits', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        cpuStage('d', 1, { after: ['a'], join: 'all', permits: 1, buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 8, inFlight: 2 }, source: count(4) },
    );
    expect(lanes(doc)).toBe('a: 0@0-1 1@0-1 2@1-2 3@1-2\nd: 0+1+2+3@2-3');
  });

  test('waits for retries on the way', () => {
    const doc = document(
      [
        {
          id: 'a',
          retry: { attempts: 2, backoff: 10 },
          work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
        },
        cpuStage('d', 1, { after: ['a'], join: 'all' }),
      ],
      { machine: { workers: 2 }, source: count(1) },
    );
    expect(lanes(doc)).toBe('a: 0@0-1? 0@11-12!\nd: @12-13');
  });

  test('may fail: its own result fails, what it took in stays delivered', () => {
    const doc = document(
      [
        {
          id: 'd',
          join: 'all',
          work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
        },
        cpuStage('e', 1, { after: ['d'], join: 'all' }),
      ],
      { machine: { workers: 2 }, source: count(2) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('d: 0+1@0-1!\ne: @1-2');
    expect(trace.meta.items).toMatchObject({ emitted: 2, delivered: 2 });
    expect(trace.meta.results).toMatchObject({ emitted: 2, delivered: 1, failed: 1 });
  });
});

describe('fold', () => {
  test('one step at a time in arrival order, whatever the item numbers', () => {
    const doc = document(
      [
        { id: 'a', work: { kind: 'synthetic', phases: [{ wait: { perItem: [3, 1, 2] } }] } },
        cpuStage('f', 1, { after: ['a'], join: 'fold' }),
      ],
      { machine: { workers: 8 }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 1@0-1 2@0-2 0@0-3\nf: 1@1-2 2@2-3 0@3-4 f@4-4');
  });

  test('steps stay on one worker', () => {
    const { tasks } = simulateDocument(
      document([cpuStage('f', 1, { join: 'fold' }), cpuStage('g', 1)], {
        machine: { workers: 3 },
        source: count(6),
      }),
    ).trace;
    const workers = new Set<number>();
    for (let row = 0; row < tasks.count; row += 1) {
      if (tasks.stage[row] === 0) workers.add(tasks.worker[row]!);
    }
    expect(workers.size).toBe(1);
  });

  test('fold after fold', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        cpuStage('f', 1, { after: ['a'], join: 'fold' }),
        cpuStage('g', 1, { after: ['f'], join: 'fold' }),
      ],
      { machine: { workers: 4 }, source: count(3) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe(
      'a: 0@0-1 1@0-1 2@0-1\nf: 0@1-2 1@2-3 2@3-4 f@4-4\ng: f@4-5 g@5-5',
    );
    expect(trace.meta.items).toMatchObject({ emitted: 3, delivered: 3 });
    expect(trace.meta.results).toMatchObject({ emitted: 2, delivered: 2 });
  });

  test('over nothing gives one result', () => {
    const { meta } = simulateDocument(
      document([cpuStage('f', 1, { join: 'fold' })], { source: count(0) }),
    ).trace;
    expect(meta.ended).toBe('done');
    expect(meta.results).toMatchObject({ emitted: 1, delivered: 1 });
  });

  test('what it took in is no longer in flight', () => {
    const doc = document([cpuStage('a', 1), cpuStage('f', 1, { after: ['a'], join: 'fold' })], {
      machine: { workers: 4, inFlight: 1 },
      source: count(3),
    });
    const { trace } = simulateDocument(doc);
    expect(trace.meta).toMatchObject({ ended: 'done' });
    expect(trace.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
    expect(trace.meta.makespan).toBeLessThanOrEqual(6);
  });

  test('its buffer throttles', () => {
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1 }),
        cpuStage('f', 4, { after: ['a'], join: 'fold', buffer: { capacity: 1 } }),
      ],
      { machine: { workers: 4 }, source: count(4) },
    );
    expect(lanes(doc)).toBe(
      'a: 0@0-1 1@1-2 2@2-3~5 3@5-6~9\nf: 0@1-5 1@5-9 2@9-13 3@13-17 f@17-17',
    );
  });

  test('if its own timeout kills its worker the fold fails, and the rest goes on', () => {
    const doc = document(
      [
        cpuStage('f', 100, { join: 'fold', timeout: 10 }),
        cpuStage('g', 1, { after: ['f'], join: 'all' }),
      ],
      { machine: { workers: 1 }, source: count(3) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.ended).toBe('done');
    expect(meta.results).toMatchObject({ emitted: 2, failed: 1, delivered: 1 });
  });

  test('if its worker dies with what it has taken in the fold fails', () => {
    const doc = document(
      [
        waitStage('f', 40, { join: 'fold' }),
        cpuStage('kill', 100, { timeout: 10, permits: 1 }),
        cpuStage('end', 1, { after: ['f'], join: 'all' }),
      ],
      { machine: { workers: 1, tasksPerWorker: 2 }, source: count(2) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.ended).toBe('done');
    expect(meta.results).toMatchObject({ failed: 1 });
  });
});
