import { describe, expect, test } from 'vitest';
import { PageTimes, serviceItem } from '../../src/engine/service-source.ts';
import { defaultService } from '../../src/pipeline/defaults.ts';
import { code, runLive, synthetic } from './run-live.ts';

const values = (list: unknown[]) => ({ kind: 'values' as const, values: list });
const two = { workers: 2 };

describe('a run on real workers', () => {
  test('a synthetic chain delivers every item', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 20 },
      stages: [synthetic('a', [{ cpu: 1 }]), synthetic('b', [{ wait: 2 }], { after: ['a'] })],
      machine: two,
    });
    expect(report.error).toBe(null);
    expect(report.trace.meta.ended).toBe('done');
    expect(report.trace.meta.items).toMatchObject({ emitted: 20, delivered: 20 });
    expect(report.trace.tasks.count).toBe(40);
    expect(report.results).toHaveLength(20);
    for (let row = 0; row < 40; row++) {
      const { start, end, ready, waited, stage } = report.trace.tasks;
      expect(start[row]).toBeGreaterThanOrEqual(ready[row]! - 1e-6);
      expect(end[row]).toBeGreaterThanOrEqual(start[row]!);
      if (stage[row] === 1) expect(waited[row]).toBeGreaterThanOrEqual(1.9);
    }
    expect(report.environment).toMatchObject({ isolated: true });
  });

  test('code with types, several stages, results with their items', async () => {
    const report = await runLive({
      source: values([1, 2, 3]),
      stages: [
        code('double', 'export default (n: number): number => n * 2;'),
        code(
          'add',
          'export default async (n: number, ctx) => { await ctx.wait(1); return n + ctx.item; };',
          {
            after: ['double'],
          },
        ),
      ],
      machine: two,
    });
    expect(report.error).toBe(null);
    expect(report.results.map(({ item, value }) => [item, value]).sort()).toEqual([
      ['0', 2],
      ['1', 5],
      ['2', 8],
    ]);
    expect(Object.keys(report.models)).toEqual(['double', 'add']);
    expect(report.models['add']!.phases).toHaveLength(2);
  });

  test('the digest of results does not depend on the schedule', async () => {
    const document = {
      source: values([5, 6, 7, 8]),
      stages: [code('a', 'export default (n, ctx) => ({ n, r: ctx.random() });')],
    };
    const one = await runLive({ ...document, machine: { workers: 1 } });
    const more = await runLive({ ...document, machine: { workers: 2 } });
    expect(one.resultsDigest).toMatch(/^[0-9a-f]{32}$/);
    expect(more.resultsDigest).toBe(one.resultsDigest);
  });

  test('zip, each, all and fold', async () => {
    const branch = (id: string, f: string) => code(id, `export default (n) => ${f};`);
    const after = ['a', 'b'];
    const report = await runLive({
      source: values([1, 2, 3]),
      stages: [
        branch('a', 'n * 10'),
        branch('b', 'n * 100'),
        code('pair', 'export default ({ a, b }) => a + b;', { after }),
        code('every', 'export default (n) => n;', { after, join: 'each' }),
        code('list', 'export default (list) => list;', { after: ['pair'], join: 'all' }),
        code(
          'sum',
          'export const init = () => 0;\nexport default (sum, n) => sum + n;\nexport const finish = (sum) => ({ sum });',
          { after: ['every'], join: 'fold' },
        ),
        code('both', 'export default (list) => list.length;', { after, join: 'all' }),
      ],
      machine: two,
    });
    expect(report.error).toBe(null);
    const found = Object.fromEntries(report.results.map(({ stage, value }) => [stage, value]));
    expect(found).toEqual({ list: [110, 220, 330], sum: { sum: 660 }, both: 6 });
  });

  test('children by many and by generators, none, and modules', async () => {
    const report = await runLive({
      source: values(['a b', '', 'c']),
      modules: { words: 'export const split = (t: string) => t.split(" ").filter(Boolean);' },
      stages: [
        code(
          'split',
          'import { split } from "words";\nexport default (t, ctx) => ctx.many(split(t));',
        ),
        code('twice', 'export default function* (t) { yield t; yield t + t; }', {
          after: ['split'],
        }),
        code('drop', 'export default (t, ctx) => (t === "bb" ? ctx.none : t);', {
          after: ['twice'],
        }),
      ],
      machine: two,
    });
    expect(report.error).toBe(null);
    expect(report.results.map(({ item, value }) => `${item}=${String(value)}`).sort()).toEqual([
      '0.0.0=a',
      '0.0.1=aa',
      '0.1.0=b',
      '2.0.0=c',
      '2.0.1=cc',
    ]);
    expect(report.trace.meta.items).toMatchObject({ emitted: 3, delivered: 3 });
  });

  test('a batch gets arrays, and an Error entry fails one item', async () => {
    const report = await runLive({
      source: values([1, 2, 3, 4]),
      stages: [
        code(
          'batch',
          'export default (list) => list.map((n) => (n === 3 ? new Error("no threes") : n));',
          {
            batch: { size: 4, linger: null },
          },
        ),
      ],
    });
    expect(report.results.map((one) => one.value)).toEqual([1, 2, 4]);
    expect(report.failures).toMatchObject([
      { item: '2', stage: 'batch', message: 'no threes', input: '3' },
    ]);
    expect(report.trace.meta.items).toMatchObject({ delivered: 3, failed: 1 });
  });

  test('a source of code', async () => {
    const report = await runLive({
      source: {
        kind: 'code',
        code: 'export default function* () { for (let i = 0; i < 200; i++) yield i; }',
      },
      stages: [code('a', 'export default (n) => n;')],
      machine: two,
    });
    expect(report.error).toBe(null);
    expect(report.results).toHaveLength(200);
  });

  test('a paged service brings the same items at the times the simulation says', async () => {
    const source = {
      kind: 'service' as const,
      service: {
        items: 6,
        pageSize: 2,
        latency: { uniform: [10, 30] as [number, number] },
        failure: 0.3,
      },
    };
    const stages = [code('a', 'export default (item) => item;')];
    const report = await runLive({ source, stages, machine: two });
    expect(report.error).toBe(null);
    // Two workers may end the items of a page in either order.
    const values = report.results.map(({ value }) => value as { index: number });
    expect(values.sort((a, b) => a.index - b.index)).toEqual(
      Array.from({ length: 6 }, (_, i) =>
        serviceItem({ ...defaultService, ...source.service }, 1, i),
      ),
    );
    const pages = new PageTimes({ ...defaultService, ...source.service }, 1);
    const { arrive } = report.trace.items;
    expect([...arrive.subarray(0, 6)]).toEqual(Array.from({ length: 6 }, () => pages.next()));
  });

  test('timed arrivals keep their times', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 5, arrivals: { kind: 'uniform', rate: 100 } },
      stages: [synthetic('a', [{ wait: 1 }])],
      machine: two,
    });
    expect([...report.trace.items.arrive.subarray(0, 5)]).toEqual([0, 10, 20, 30, 40]);
    expect(report.trace.meta.makespan).toBeGreaterThanOrEqual(40);
  });

  test('set-up once a worker, before its first task', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 4 },
      stages: [
        code(
          'a',
          'export const setup = () => ({ n: 7 });\nexport default (item, ctx) => ctx.setup.n;',
          {
            setup: { phases: [{ wait: 5 }], when: 'worker' },
          },
        ),
      ],
      machine: { workers: 1 },
    });
    expect(report.results.map((one) => one.value)).toEqual([7, 7, 7, 7]);
    const { setup } = report.trace.tasks;
    expect([...setup.subarray(0, 4)].filter((ms) => ms > 4)).toHaveLength(1);
  });

  test('log lines carry stage and item', async () => {
    const report = await runLive({
      source: values(['x']),
      stages: [code('a', 'export default (t, ctx) => { ctx.log("got", { t }); return t; };')],
    });
    expect(report.log).toMatchObject([{ stage: 'a', item: '0', text: 'got {"t":"x"}' }]);
  });

  test('files are read in the page; binary ones come as bytes', async () => {
    const files = [
      { path: 'a.txt', file: new File(['héllo'], 'a.txt') },
      { path: 'b.bin', file: new File([new Uint8Array([0, 255, 1])], 'b.bin') },
    ];
    const report = await runLive(
      {
        source: { kind: 'files', files: {} },
        stages: [
          code('a', 'export default ({ path, text, bytes }) => text ?? `${path}:${bytes.length}`;'),
        ],
      },
      { files },
    );
    expect(report.results.map((one) => one.value).sort()).toEqual(['b.bin:3', 'héllo']);
  });

  test('an empty source ends at once and says so', async () => {
    const report = await runLive({ source: values([]), stages: [synthetic('a', [{ cpu: 1 }])] });
    expect(report.error).toBe(null);
    expect(report.trace.meta.ended).toBe('done');
    expect(report.notices).toEqual(['The source brought no items, so there was nothing to do.']);
  });
});
