import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);

describe('one stage', () => {
  test('one worker runs items one after the other', () => {
    const doc = document([cpuStage('a', 2)], { machine: { workers: 1 } });
    expect(lanes(doc)).toBe('a: 0@0-2 1@2-4 2@4-6 3@6-8');
  });

  test('two workers run two at a time', () => {
    const doc = document([cpuStage('a', 2)], { machine: { workers: 2 } });
    expect(lanes(doc)).toBe('a: 0@0-2 1@0-2 2@2-4 3@2-4');
  });

  test('permits bound what runs, whatever the workers', () => {
    const doc = document([cpuStage('a', 2, { permits: 1 })], { machine: { workers: 4 } });
    expect(lanes(doc)).toBe('a: 0@0-2 1@2-4 2@4-6 3@6-8');
  });

  test('a worker with two open tasks overlaps waits but not CPU', () => {
    const machine = { workers: 1, tasksPerWorker: 2 };
    expect(lanes(document([waitStage('a', 2)], { machine }))).toBe('a: 0@0-2 1@0-2 2@2-4 3@2-4');
    expect(lanes(document([cpuStage('a', 2)], { machine }))).toBe('a: 0@0-2 1@2-4 2@4-6 3@6-8');
  });

  test('more threads than cores share the cores equally', () => {
    const doc = document([cpuStage('a', 2)], { machine: { workers: 4 } });
    expect(lanes(doc, 2)).toBe('a: 0@0-4 1@0-4 2@0-4 3@0-4');
  });

  test('nothing to do ends at once', () => {
    const doc = document([cpuStage('a', 2)], { source: { kind: 'count', count: 0 } });
    const { trace } = simulateDocument(doc);
    expect(trace.meta).toMatchObject({ ended: 'done', makespan: 0 });
  });
});

describe('shared limits', () => {
  test('are taken together or not at all, and a task that lacks one is passed over', () => {
    const doc = document(
      [cpuStage('a', 3, { uses: { api: 2 } }), cpuStage('b', 1, { uses: { api: 1 } })],
      { limits: { api: 2 }, machine: { workers: 4 }, source: { kind: 'count', count: 2 } },
    );
    expect(lanes(doc)).toBe('a: 0@0-3 1@4-7\nb: 0@3-4 1@3-4');
  });
});

describe('back pressure', () => {
  test('throttle: an output that finds no room stays with its task, which keeps its permit', () => {
    const doc = document(
      [
        cpuStage('fast', 1, { permits: 1 }),
        cpuStage('slow', 4, { after: ['fast'], permits: 1, buffer: { capacity: 1 } }),
      ],
      { machine: { workers: 2 } },
    );
    expect(lanes(doc)).toBe('fast: 0@0-1 1@1-2 2@2-3~5 3@5-6~9\nslow: 0@1-5 1@5-9 2@9-13 3@13-17');
  });

  test('capacity 0: the next stage takes the item from its producer', () => {
    const doc = document(
      [
        cpuStage('fast', 1, { permits: 1 }),
        cpuStage('slow', 4, { after: ['fast'], permits: 1, buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 2 }, source: { kind: 'count', count: 3 } },
    );
    expect(lanes(doc)).toBe('fast: 0@0-1 1@1-2~5 2@5-6~9\nslow: 0@1-5 1@5-9 2@9-13');
  });

  test('drop-newest and drop-oldest lose different items', () => {
    const drop = (whenFull: 'drop-newest' | 'drop-oldest') =>
      lanes(
        document(
          [
            cpuStage('fast', 1, { permits: 1 }),
            cpuStage('slow', 10, {
              after: ['fast'],
              permits: 1,
              buffer: { capacity: 1, whenFull },
            }),
          ],
          { machine: { workers: 2 } },
        ),
      );
    expect(drop('drop-newest')).toBe('fast: 0@0-1 1@1-2 2@2-3 3@3-4\nslow: 0@1-11 1@11-21');
    expect(drop('drop-oldest')).toBe('fast: 0@0-1 1@1-2 2@2-3 3@3-4\nslow: 0@1-11 3@11-21');
  });

  test('grow never blocks', () => {
    const doc = document(
      [
        cpuStage('fast', 1, { permits: 1 }),
        cpuStage('slow', 4, {
          after: ['fast'],
          permits: 1,
          buffer: { capacity: 1, whenFull: 'grow' },
        }),
      ],
      { machine: { workers: 2 }, source: { kind: 'count', count: 3 } },
    );
    expect(lanes(doc)).toBe('fast: 0@0-1 1@1-2 2@2-3\nslow: 0@1-5 1@5-9 2@9-13');
  });
});

describe('batches', () => {
  test('wait until full, or until the input ends', () => {
    const doc = document([cpuStage('a', 2, { batch: { size: 3, linger: null } })], {
      machine: { workers: 2 },
    });
    expect(lanes(doc)).toBe('a: 0+1+2@0-2 3@0-2');
  });

  test('linger sends a partial batch', () => {
    const doc = document([cpuStage('a', 1, { batch: { size: 3, linger: 5 } })], {
      machine: { workers: 1 },
      source: { kind: 'count', count: 4, arrivals: { kind: 'uniform', rate: 250 } },
    });
    // Items come at 0, 4, 8 and 12.
    expect(lanes(doc)).toBe('a: 0+1@5-6 2+3@12-13');
  });
});

describe('joins', () => {
  const fork = (join: 'zip' | 'each' | 'all' | 'fold') =>
    document(
      [
        cpuStage('a', 1),
        cpuStage('b', 2, { after: ['a'] }),
        cpuStage('c', 5, { after: ['a'] }),
        cpuStage('d', 1, { after: ['b', 'c'], join }),
      ],
      { machine: { workers: 8 }, source: { kind: 'count', count: 2 } },
    );

  test('zip waits for the same item from all parents', () => {
    expect(lanes(fork('zip')).split('\n').at(-1)).toBe('d: 0@6-7 1@6-7');
  });

  test('each: every output is an item', () => {
    expect(lanes(fork('each')).split('\n').at(-1)).toBe('d: 0~b@3-4 1~b@3-4 0~c@6-7 1~c@6-7');
  });

  test('all: one task over everything, in item order', () => {
    const { trace } = simulateDocument(fork('all'));
    expect(drawLanes(trace).split('\n').at(-1)).toBe('d: 0~b+0~c+1~b+1~c@6-7');
    expect(trace.meta.items).toMatchObject({ emitted: 2, delivered: 2 });
    expect(trace.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
  });

  test('all over nothing still runs once', () => {
    const doc = document([cpuStage('a', 1), cpuStage('d', 1, { after: ['a'], join: 'all' })], {
      source: { kind: 'count', count: 0 },
    });
    expect(lanes(doc)).toBe('a:\nd: @0-1');
  });

  test('fold: one step at a time, one result', () => {
    const { trace } = simulateDocument(fork('fold'));
    expect(drawLanes(trace).split('\n').at(-1)).toBe('d: 0~b@3-4 1~b@4-5 0~c@6-7 1~c@7-8 d@8-8');
    expect(trace.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
  });

  test('a half whose partner failed is let go', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        {
          id: 'b',
          after: ['a'],
          work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
        },
        cpuStage('c', 5, { after: ['a'] }),
        cpuStage('d', 1, { after: ['b', 'c'] }),
        cpuStage('e', 1, { after: ['d', 'a'] }),
      ],
      { machine: { workers: 8 }, source: { kind: 'count', count: 2 } },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.ended).toBe('done');
    expect(meta.items).toMatchObject({ emitted: 2, failed: 2, delivered: 0 });
    expect(meta.stages.map((stage) => stage.dropped)).toEqual([0, 0, 0, 2, 2]);
  });
});

describe('failure', () => {
  const failing = (onError: 'collect' | 'stop', attempts: number) =>
    document(
      [
        {
          id: 'a',
          work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
          retry: { attempts, backoff: 2 },
          onError,
        },
      ],
      { machine: { workers: 1 }, source: { kind: 'count', count: 3 } },
    );

  test('collect goes on', () => {
    const { trace } = simulateDocument(failing('collect', 1));
    expect(trace.meta.items).toMatchObject({ emitted: 3, failed: 3 });
  });

  test('stop cancels what is left', () => {
    const { trace } = simulateDocument(failing('stop', 1));
    expect(trace.meta.ended).toBe('failed');
    expect(trace.meta.items).toMatchObject({ emitted: 3, failed: 1, cancelled: 2 });
  });

  test('retries wait their backoff without a worker and rejoin the tail', () => {
    expect(lanes(failing('collect', 2))).toBe('a: 0@0-1? 1@1-2? 2@2-3? 0@3-4! 1@4-5! 2@5-6!');
  });
});

describe('the outer semaphore', () => {
  test('bounds the items inside, and the smaller limit wins', () => {
    const doc = document([cpuStage('a', 1), cpuStage('b', 1, { after: ['a'] })], {
      machine: { workers: 8, inFlight: 1 },
      source: { kind: 'count', count: 3 },
    });
    expect(lanes(doc)).toBe('a: 0@0-1 1@2-3 2@4-5\nb: 0@1-2 1@3-4 2@5-6');
  });
});
