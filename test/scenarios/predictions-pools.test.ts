import { describe, expect, test } from 'vitest';
import { makespan, summaryOf } from './predict.ts';
import { load, plainLoop } from './plain-loop.ts';
import { gallery } from '../../src/scenarios/index.ts';

const documentOf = (id: string) => gallery.find((entry) => entry.id === id)!.load();

describe('what the notes of the worker pools promise is what is predicted', () => {
  test('one request for a list, one for each entry: 55 s, 51 s, 2 s at a hundredth', async () => {
    expect(await makespan('collect-pools')).toBe(550);
    // Four of five answers are waited for along with the first.
    expect(await makespan('collect-pools', 'pools at once')).toBe(510);
    expect(await makespan('collect-pools', 'at once, in batches')).toBe(20.5);
    expect(await makespan('collect-pools', 'slow pools')).toBe(1000);
    expect(await makespan('collect-pools', 'slow pools, at once, in batches')).toBe(110.5);
    const { stages } = await summaryOf('collect-pools', 'at once, in batches');
    expect(stages['insert']).toMatchObject({ received: 500, tasks: 25 });
  });

  test('pools asked one by one: as many rounds as the limit leaves', async () => {
    expect(await makespan('list-pools')).toBe(500);
    expect(await makespan('list-pools', 'all at once')).toBe(50);
    expect(await makespan('list-pools', '100, ten at once')).toBe(500);
    expect(await makespan('list-pools', '100 at once')).toBe(50);
  });

  test('some pools fail: the others answer, and all do when they are asked again', async () => {
    const { items } = await summaryOf('list-pools', 'some fail');
    expect(items.failed).toBeGreaterThan(0);
    expect(items.delivered + items.failed).toBe(100);
    const alone = await summaryOf('list-pools', { '/stages/ask/work/failure': 0.1, '/seed': 4 });
    const { items: beside } = await summaryOf('list-pools', {
      '/stages/ask/work/failure': 0.1,
      '/seed': 4,
      '/stages/ask/permits': null,
    });
    expect([alone.items, beside]).toEqual([beside, alone.items]);
    expect((await summaryOf('list-pools', 'some fail, tried again')).items.failed).toBe(0);
  });

  test('searches: six of ten are found, which saves less than six tenths of the time', async () => {
    const kept = await summaryOf('search-cache');
    const none = await summaryOf('search-cache', 'no cache');
    const hits = kept.stages['search']!.cacheHits / 200;
    expect(hits).toBeGreaterThan(0.55);
    expect(hits).toBeLessThan(0.7);
    expect(none.stages['search']!.tasks).toBe(200);
    expect(kept.latency.mean).toBeLessThan(none.latency.mean / 2);
    expect(kept.latency.mean / none.latency.mean).toBeGreaterThanOrEqual(1 - hits - 0.01);
    const brief = await summaryOf('search-cache', 'kept for half a second');
    const alike = await summaryOf('search-cache', 'every query as likely');
    expect(brief.stages['search']!.cacheHits).toBeLessThan(hits * 200 * 0.5);
    expect(alike.stages['search']!.cacheHits).toBeLessThan(hits * 200 * 0.7);
  });

  test('routing: a look at the loads beats turns, two looks have more than half of it', async () => {
    const latency = async (variant?: string) => (await summaryOf('routing', variant)).latency.mean;
    const turns = await latency();
    const least = await latency('least loaded, by a heap');
    const two = await latency('two choices');
    expect(await latency('random')).toBeGreaterThan(turns);
    expect((turns - two) / (turns - least)).toBeGreaterThan(0.5);
    expect(await latency('least loaded, by a scan')).toBe(least);
    expect(await latency('shared queue')).toBeLessThan(least);
  });

  test('workflows: Little’s law, in flight ÷ latency', async () => {
    /** Workflows a minute of the original: 500 times slower. */
    const perMinute = async (variant?: string) =>
      ((await summaryOf('workflows', variant)).throughput * 60) / 500;
    expect(await perMinute()).toBeCloseTo(20, 0);
    expect(await perMinute('20 in flight')).toBeCloseTo(40, 0);
    expect(await perMinute('all of it')).toBeCloseTo(59.5, 0);
    const arriving = await summaryOf('workflows', 'arrivals');
    const flooded = await summaryOf('workflows', {
      '/machine/inFlight': 20,
      '/source/arrivals': { kind: 'poisson', rate: 400 },
    });
    expect(flooded.latency.mean).toBeGreaterThan(1.5 * arriving.latency.mean);
    // 40 a minute is all that 20 in flight can do.
    expect((flooded.throughput * 60) / 500).toBeLessThanOrEqual(40);
  });
});

test('a heap that keeps old entries sends everything to one pool; two choices spread it', async () => {
  const { same } = await plainLoop(await documentOf('routing-cost'), [
    { n: 10, times: 1 },
    { n: 100, times: 1 },
  ]);
  for (const [item, n] of [10, 100].entries()) {
    const { tasks, busiest } = same!.get(item) as {
      tasks: number;
      busiest: Record<string, number>;
    };
    expect(busiest['stale-heap']).toBe(tasks);
    expect(busiest['heap']).toBe(busiest['scan']);
    expect(busiest['scan']).toBeLessThan((1.6 * tasks) / n);
    expect(busiest['two-choices']).toBeLessThan((2.5 * tasks) / n);
  }
});

test('scan and heap that choose differently fail the item', async () => {
  const { stages } = await documentOf('routing-cost');
  const { work } = stages.find(({ id }) => id === 'same')!;
  const { default: same } = await load(work.kind === 'code' ? work.source : '');
  const chosen = { scan: [0, 1], heap: [0, 2], 'two-choices': [0, 0], 'stale-heap': [0, 0] };
  expect(() => same(chosen)).toThrow('The choices differ: 1 and 2 for task 1.');
});
