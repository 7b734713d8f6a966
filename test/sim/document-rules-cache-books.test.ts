import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });
const uniform = (n: number, rate: number) => ({
  ...count(n),
  arrivals: { kind: 'uniform' as const, rate },
});

import type { StageDocument } from '../../src/pipeline/types.ts';

const keyed = (
  keys: number[],
  ms: number[],
  more: Partial<StageDocument> = {},
  expand: number[] = [1],
): StageDocument => ({
  id: 'a',
  work: {
    kind: 'synthetic',
    phases: [{ wait: { perItem: ms } }],
    key: { perItem: keys },
    expand: { perItem: expand },
  },
  cache: {},
  ...more,
});
const failing = (id: string, more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
  ...more,
});
const starts = (text: string): string[] => text.split(/[: ]+/).slice(1);

describe('cache', () => {
  test('one computation for concurrent askers of a key; followers hold nothing', () => {
    const doc = document([keyed([1, 1, 2, 1], [5])], { machine: { workers: 1 } });
    const { trace } = simulateDocument(doc);
    const ran = starts(drawLanes(trace)).filter((task) => !task.endsWith('*'));
    expect(ran).toEqual(['0@0-5', '2@5-10']);
    expect(trace.meta.stages[0]).toMatchObject({ received: 4, delivered: 4, cacheHits: 2 });
    expect(trace.meta.makespan).toBe(10);
  });

  test('a later asker is answered at once, before permits', () => {
    const doc = document(
      [keyed([1, 1, 2, 1], [5], { permits: 1 }), cpuStage('b', 0, { after: ['a'] })],
      { machine: { workers: 4 }, source: uniform(4, 100) },
    );
    // 0 at 0, 1 (hit) at 10, 2 at 20, 3 (hit) at 30.
    expect(lanes(doc)).toBe('a: 0@0-5 1@10-10* 2@20-25 3@30-30*\nb: 0@5-5 1@10-10 2@25-25 3@30-30');
  });

  test('if the leader fails the oldest follower leads', () => {
    const doc = document([keyed([7], [100, 5, 5], { timeout: 10 })], {
      machine: { workers: 4 },
      source: count(3),
    });
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0@0-10% 2@0-15* 1@10-15');
    expect(trace.meta.items).toMatchObject({ delivered: 2, failed: 1 });
  });

  test('if all leaders fail each is tried once', () => {
    const doc = document([keyed([7], [100], { timeout: 10 })], {
      machine: { workers: 4 },
      source: count(3),
    });
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0@0-10% 1@10-20% 2@20-30%');
    expect(trace.meta.items).toMatchObject({ delivered: 0, failed: 3 });
  });

  test('entries live for their ttl', () => {
    const doc = document([keyed([1], [1], { cache: { ttl: 2.5 } })], {
      machine: { workers: 4 },
      source: uniform(4, 500),
    });
    // Computed at 1, asked at 2 (age 1) and 4 (age 3: too old), computed again at 5, asked at 6.
    expect(lanes(doc)).toBe('a: 0@0-1 1@2-2* 2@4-5 3@6-6*');
  });

  test('a hit repeats all outputs of what was computed', () => {
    const doc = document([keyed([1], [2], {}, [2, 1]), cpuStage('b', 1, { after: ['a'] })], {
      machine: { workers: 8 },
      source: count(2),
    });
    expect(starts(lanes(doc).split('\n')[1]!).sort()).toEqual([
      '0.0@2-3',
      '0.1@2-3',
      '1.0@2-3',
      '1.1@2-3',
    ]);
  });

  test('hits meet a full buffer like any other output, and nothing is lost', () => {
    const doc = document(
      [
        keyed([1], [2], { permits: 1 }),
        cpuStage('b', 5, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 2 }, source: count(4) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace).split('\n')[1]).toBe('b: 0@2-7 1@7-12 2@12-17 3@17-22');
    expect(trace.meta.items).toMatchObject({ emitted: 4, delivered: 4 });
  });

  test('followers take no room in the buffer', () => {
    const doc = document(
      [keyed([1], [5], { permits: 1, buffer: { capacity: 1, whenFull: 'drop-newest' } })],
      { machine: { workers: 4 }, source: uniform(4, 1000) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.items).toMatchObject({ emitted: 4, delivered: 4, dropped: 0 });
  });

  // The look-up happens inside the buffer: what finds no room there is dropped unasked.
  for (const whenFull of ['drop-newest', 'drop-oldest'] as const) {
    test(`who finds the buffer full is dropped before it is looked up (${whenFull})`, () => {
      const doc = document(
        [keyed([0, 1, 1], [5], { permits: 1, buffer: { capacity: 1, whenFull } })],
        { machine: { workers: 4 }, source: uniform(3, 1000) },
      );
      const { meta } = simulateDocument(doc).trace;
      expect(meta.items).toMatchObject({ emitted: 3, delivered: 2, dropped: 1 });
    });
  }

  test('only misses are batched', () => {
    const doc = document([keyed([1, 1, 2, 2], [5], { batch: { size: 2, linger: null } })], {
      machine: { workers: 4 },
    });
    const { trace } = simulateDocument(doc);
    const ran = starts(drawLanes(trace)).filter((task) => !task.endsWith('*'));
    expect(ran).toEqual(['0+2@0-5']);
    expect(trace.meta.stages[0]).toMatchObject({ cacheHits: 2, delivered: 4 });
  });

  test('a batch is not kept waiting for followers that will never join it', () => {
    const doc = document([keyed([1], [5], { batch: { size: 4, linger: null } })], {
      machine: { workers: 4, inFlight: 4 },
      source: count(6),
    });
    const { meta } = simulateDocument(doc).trace;
    expect(meta).toMatchObject({ ended: 'done' });
    expect(meta.items).toMatchObject({ emitted: 6, delivered: 6 });
  });
});

describe('the books', () => {
  test('a run counts an item once, by its worst branch', () => {
    const drop = { capacity: 0, whenFull: 'drop-newest' as const };
    const doc = document(
      [
        cpuStage('fine', 1),
        cpuStage('drops', 1, { permits: 1, buffer: drop }),
        {
          id: 'fails',
          timeout: 5,
          work: { kind: 'synthetic', phases: [{ wait: { perItem: [1, 1, 9] } }] },
        },
      ],
      { machine: { workers: 16 }, source: count(3) },
    );
    // 0 is delivered, 1 dropped, 2 dropped and failed.
    const { meta } = simulateDocument(doc).trace;
    expect(meta.items).toEqual({ emitted: 3, delivered: 1, failed: 1, dropped: 1, cancelled: 0 });
    expect(meta.stages[1]).toMatchObject({ received: 3, delivered: 1, dropped: 2 });
    expect(meta.stages[2]).toMatchObject({ received: 3, delivered: 2, failed: 1 });
  });

  test('one failed child makes the source item a failed one', () => {
    const doc = document(
      [
        { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }], expand: 3 } },
        failing('b', { after: ['a'], permits: 1, retry: { attempts: 2 } }),
      ],
      { machine: { workers: 4 }, source: count(2) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.items).toMatchObject({ emitted: 2, failed: 2 });
    expect(meta.stages[1]).toMatchObject({ received: 6, failed: 6, retried: 6, tasks: 12 });
  });

  test('the clock stops with the last task', () => {
    const doc = document([cpuStage('a', 1), failing('b')], { source: uniform(3, 100) });
    expect(simulateDocument(doc).trace.meta.makespan).toBe(21);
  });
});

describe('stop', () => {
  test('cancels what runs and counts only what the source had put out', () => {
    const doc = document(
      [waitStage('a', 100), waitStage('b', 100, { timeout: 9, onError: 'stop' })],
      {
        machine: { workers: 16 },
        source: uniform(9, 250),
      },
    );
    // Items at 0, 4 and 8; at 9 b fails for 0.
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0@0-9x 1@4-9x 2@8-9x\nb: 0@0-9% 1@4-9x 2@8-9x');
    expect(trace.meta).toMatchObject({ ended: 'failed', makespan: 9 });
    expect(trace.meta.items).toEqual({
      emitted: 3,
      delivered: 0,
      failed: 1,
      dropped: 0,
      cancelled: 2,
    });
  });

  test('waits until no attempt is left', () => {
    const doc = document(
      [failing('a', { onError: 'stop', retry: { attempts: 3, backoff: 2, factor: 1 } })],
      {
        source: count(1),
      },
    );
    expect(lanes(doc)).toBe('a: 0@0-1? 0@3-4? 0@6-7!');
  });

  test('everything inside is cancelled: queued, blocked, backing off, half, lingering, following', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        failing('backing', { retry: { attempts: 2, backoff: 1000 } }),
        cpuStage('slow', 500, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
        cpuStage('linger', 1, { batch: { size: 50, linger: 999 } }),
        waitStage('late', 800),
        cpuStage('pair', 1, { after: ['a', 'late'] }),
        { ...keyed([1], [700]), id: 'cached' },
        cpuStage('all', 1, { after: ['late'], join: 'all' }),
        waitStage('fold', 300, { after: ['a'], join: 'fold' }),
        waitStage('end', 100, { timeout: 40, onError: 'stop' }),
      ],
      { machine: { workers: 64 }, source: count(3) },
    );
    const { meta } = simulateDocument(doc, 64).trace;
    expect(meta).toMatchObject({ ended: 'failed', makespan: 40 });
    for (const stage of meta.stages) {
      expect(stage.inside, stage.id).toBe(0);
      expect(stage.received, stage.id).toBe(
        stage.delivered + stage.failed + stage.dropped + stage.cancelled,
      );
    }
    const { emitted, delivered, failed, dropped, cancelled } = meta.items;
    expect(emitted).toBe(delivered + failed + dropped + cancelled);
  });
});
