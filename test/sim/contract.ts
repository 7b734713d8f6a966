import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/runner.ts';
import { itemLabel } from '../../src/trace/item-label.ts';
import { Outcome, type Trace } from '../../src/trace/types.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { brokenLaws } from './checkers.ts';
import { cpuStage, document, waitStage } from './run.ts';

const perWorker = [
  'round-robin',
  'random',
  'least-loaded',
  'least-loaded-scan',
  'two-choices',
  'affinity',
] as const;

/** Runs a document on one of the two machines, with this many cores. */
export type RunOnMachine = (document: PipelineDocument) => Promise<RunReport>;

/**
 * What both machines must do with the same document. Nothing here depends on how long anything took:
 * which tasks there were, over which items, in which order where the order is settled, and the laws.
 */
export function schedulerContract(machine: string, run: RunOnMachine): void {
  async function traceOf(doc: PipelineDocument): Promise<Trace> {
    const { trace, error } = await run(doc);
    expect(error).toBeNull();
    expect(brokenLaws(doc, trace)).toEqual([]);
    return trace;
  }

  describe(`the ${machine} machine`, () => {
    test('one worker starts the oldest item first, then downstream by arrival', async () => {
      const doc = document([cpuStage('a', 1), cpuStage('b', 1, { after: ['a'] })], {
        machine: { workers: 1 },
        source: { kind: 'count', count: 3 },
      });
      expect(starts(await traceOf(doc))).toBe('a:0 a:1 a:2 b:0 b:1 b:2');
    });

    test('downstream first', async () => {
      const doc = document([cpuStage('a', 1), cpuStage('b', 1, { after: ['a'] })], {
        machine: { workers: 1, order: 'downstream-first' },
        source: { kind: 'count', count: 3 },
      });
      expect(starts(await traceOf(doc))).toBe('a:0 b:0 a:1 b:1 a:2 b:2');
    });

    test('a value is held once: no longer as an input when its output is held', async () => {
      const passing: StageDocument['work'] = { kind: 'synthetic', phases: [], output: 1000 };
      const doc = document([{ id: 'a', work: passing }, waitStage('b', 2, { after: ['a'] })], {
        source: { kind: 'count', count: 40, arrivals: { kind: 'all' }, bytes: 1000 },
        machine: { workers: 2 },
      });
      for (const stage of doc.stages) stage.buffer = { capacity: 40, whenFull: 'grow' };
      expect((await traceOf(doc)).meta.memoryPeak).toBe(40_000);
    });

    test('permits and shared limits hold with many workers', async () => {
      const doc = document(
        [
          waitStage('a', 2, { permits: 2, uses: { api: 1 } }),
          waitStage('b', 2, { after: ['a'], uses: { api: 2 } }),
        ],
        { limits: { api: 2 }, machine: { workers: 4 }, source: { kind: 'count', count: 12 } },
      );
      expect((await traceOf(doc)).meta.items).toMatchObject({ emitted: 12, delivered: 12 });
    });

    test('throttle blocks the producer and loses nothing', async () => {
      const doc = document(
        [
          cpuStage('fast', 0.2),
          waitStage('slow', 4, { after: ['fast'], permits: 1, buffer: { capacity: 1 } }),
        ],
        { machine: { workers: 2 }, source: { kind: 'count', count: 10 } },
      );
      const trace = await traceOf(doc);
      expect(trace.meta.items).toMatchObject({ emitted: 10, delivered: 10 });
      const { start, end, leave, stage, count } = trace.tasks;
      const blocked = Array.from({ length: count }, (_, row) => row).filter(
        (row) => stage[row] === 0 && leave[row]! > end[row]! && start[row]! >= 0,
      );
      expect(blocked.length).toBeGreaterThan(3);
    });

    test('batches are full but for the last', async () => {
      const doc = document([cpuStage('a', 1, { batch: { size: 4, linger: null } })], {
        machine: { workers: 1 },
        source: { kind: 'count', count: 10 },
      });
      expect(starts(await traceOf(doc))).toBe('a:0+1+2+3 a:4+5+6+7 a:8+9');
    });

    test('zip pairs the same item, each copies, all and fold give one result', async () => {
      const joined = (join: 'zip' | 'each' | 'all' | 'fold'): PipelineDocument =>
        document(
          [
            cpuStage('a', 0.5),
            cpuStage('b', 0.5, { after: ['a'] }),
            waitStage('c', 3, { after: ['a'] }),
            cpuStage('d', 0.5, { after: ['b', 'c'], join }),
          ],
          { machine: { workers: 2 }, source: { kind: 'count', count: 3 } },
        );
      expect(itemsOf(await traceOf(joined('zip')), 'd')).toEqual(['0', '1', '2']);
      expect(itemsOf(await traceOf(joined('each')), 'd')).toEqual(
        ['0~b', '0~c', '1~b', '1~c', '2~b', '2~c'].sort(),
      );
      expect(itemsOf(await traceOf(joined('all')), 'd')).toEqual(['0~b+0~c+1~b+1~c+2~b+2~c']);
      const fold = await traceOf(joined('fold'));
      expect(itemsOf(fold, 'd')).toEqual(['0~b', '0~c', '1~b', '1~c', '2~b', '2~c', 'd'].sort());
      expect(fold.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
    });

    test('children are numbered below their parent', async () => {
      const doc = document(
        [
          { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 0.2 }], expand: 2 } },
          cpuStage('b', 0.2, { after: ['a'] }),
        ],
        { machine: { workers: 2 }, source: { kind: 'count', count: 2 } },
      );
      expect(itemsOf(await traceOf(doc), 'b')).toEqual(['0.0', '0.1', '1.0', '1.1']);
    });

    test('failures are collected with the same items on both machines, and retried', async () => {
      const doc = document(
        [
          {
            id: 'a',
            work: { kind: 'synthetic', phases: [{ cpu: 0.2 }], failure: 0.4 },
            retry: { attempts: 2, backoff: 1 },
          },
        ],
        { machine: { workers: 2 }, source: { kind: 'count', count: 20 }, seed: 7 },
      );
      const trace = await traceOf(doc);
      // Which attempts fail is drawn from the seed alone.
      expect(itemsOf(trace, 'a', Outcome.failed)).toEqual(['19', '7']);
      expect(trace.meta.items).toMatchObject({ emitted: 20, delivered: 18, failed: 2 });
    });

    test('stop on error cancels what is left', async () => {
      const doc = document(
        [
          {
            id: 'a',
            work: { kind: 'synthetic', phases: [{ cpu: 0.2 }], failure: 1 },
            onError: 'stop',
          },
        ],
        { machine: { workers: 1 }, source: { kind: 'count', count: 5 } },
      );
      const { meta } = await traceOf(doc);
      expect(meta.ended).toBe('failed');
      expect(meta.items).toMatchObject({ emitted: 5, failed: 1, cancelled: 4 });
    });

    test('round-robin deals tasks out in turn, over all stages', async () => {
      const doc = document([cpuStage('a', 0.2), cpuStage('b', 0.2)], {
        machine: { workers: 3, routing: 'round-robin' },
        source: { kind: 'count', count: 6 },
      });
      // a0 b0 a1 b1 …: the n-th task of all goes to worker n modulo 3.
      const turns = ['0', '2', '1', '0', '2', '1'];
      const trace = await traceOf(doc);
      expect(workersOf(trace, 'a')).toEqual(turns);
      expect(workersOf(trace, 'b')).toEqual(['1', '0', '2', '1', '0', '2']);
    });

    test('random and two choices draw from the seed alone', async () => {
      const doc = (routing: 'random' | 'two-choices'): PipelineDocument =>
        document([cpuStage('a', 0.2)], {
          machine: { workers: 4, routing },
          source: { kind: 'count', count: 16 },
          seed: 5,
        });
      expect(workersOf(await traceOf(doc('random')), 'a').join('')).toBe('0012022231323020');
      // All are routed before the first ends, so the loads are settled too.
      expect(workersOf(await traceOf(doc('two-choices')), 'a').join('')).toBe('0102121032331020');
    });

    test('least-loaded counts what runs and what is routed', async () => {
      for (const routing of ['least-loaded', 'least-loaded-scan'] as const) {
        const doc = document([cpuStage('a', 1), cpuStage('b', 1)], {
          machine: { workers: 3, routing },
          source: { kind: 'count', count: 3 },
        });
        expect(workersOf(await traceOf(doc), 'a')).toEqual(['0', '2', '1']);
      }
    });

    test('affinity keeps an item on the worker of its first parent’s task', async () => {
      const doc = document(
        [
          cpuStage('a', 0.3),
          waitStage('b', 1, { after: ['a'] }),
          cpuStage('c', 0.2, { after: ['b', 'a'] }),
        ],
        { machine: { workers: 3, routing: 'affinity' }, source: { kind: 'count', count: 9 } },
      );
      const trace = await traceOf(doc);
      expect(workersOf(trace, 'a')).toEqual(['0', '1', '2', '0', '1', '2', '0', '1', '2']);
      expect(workersOf(trace, 'b')).toEqual(workersOf(trace, 'a'));
      expect(workersOf(trace, 'c')).toEqual(workersOf(trace, 'a'));
    });

    test('a worker is started when a task is routed to it', async () => {
      const doc = document([cpuStage('a', 0.2)], {
        machine: { workers: 3, warm: 1, routing: 'round-robin' },
        source: { kind: 'count', count: 6 },
      });
      const trace = await traceOf(doc);
      expect(workersOf(trace, 'a')).toEqual(['0', '1', '2', '0', '1', '2']);
    });

    test('a routed task without a permit lets its worker go on with others', async () => {
      const doc = document([waitStage('a', 5, { permits: 1 }), cpuStage('b', 0.2)], {
        machine: { workers: 2, routing: 'round-robin' },
        source: { kind: 'count', count: 4 },
      });
      const trace = await traceOf(doc);
      expect(workersOf(trace, 'a')).toEqual(['0', '0', '0', '0']);
      expect(workersOf(trace, 'b')).toEqual(['1', '1', '1', '1']);
    });

    test('every routing runs batches, back pressure and a fold to their ends', async () => {
      for (const routing of perWorker) {
        const doc = document(
          [
            cpuStage('a', 0.2, { batch: { size: 2, linger: 1 } }),
            cpuStage('b', 0.3, { after: ['a'], buffer: { capacity: 1 }, permits: 1 }),
            cpuStage('f', 0.1, { after: ['b'], join: 'fold' }),
          ],
          { machine: { workers: 3, routing }, source: { kind: 'count', count: 9 } },
        );
        const { meta } = await traceOf(doc);
        expect(meta.items, routing).toMatchObject({ emitted: 9, delivered: 9 });
        expect(meta.results, routing).toMatchObject({ emitted: 1, delivered: 1 });
      }
    });

    test('nothing from the source: all still gives its one result', async () => {
      const doc = document([cpuStage('a', 1), cpuStage('d', 0.1, { after: ['a'], join: 'all' })], {
        source: { kind: 'count', count: 0 },
      });
      const { meta } = await traceOf(doc);
      expect(meta.items).toMatchObject({ emitted: 0 });
      expect(meta.results).toMatchObject({ emitted: 1, delivered: 1 });
    });
  });
}

function rowsByStart(trace: Trace): number[] {
  const { start, count } = trace.tasks;
  return Array.from({ length: count }, (_, row) => row).sort((a, b) => start[a]! - start[b]!);
}

function labelOf(trace: Trace, row: number): string {
  const { tasks, members } = trace;
  const from = tasks.memberStart[row]!;
  if (from < 0) return itemLabel(trace, tasks.item[row]!);
  return Array.from({ length: tasks.memberCount[row]! }, (_, i) =>
    itemLabel(trace, members.item[from + i]!),
  ).join('+');
}

/** "stage:items" of every task in the order of their starts (ties by row). */
function starts(trace: Trace): string {
  return rowsByStart(trace)
    .map((row) => `${trace.meta.stages[trace.tasks.stage[row]!]!.id}:${labelOf(trace, row)}`)
    .join(' ');
}

/** The worker of each item's task at a stage, in item order. */
function workersOf(trace: Trace, stage: string): string[] {
  const { tasks, meta } = trace;
  const index = meta.stages.findIndex((candidate) => candidate.id === stage);
  return Array.from({ length: tasks.count }, (_, row) => row)
    .filter((row) => tasks.stage[row] === index)
    .sort((a, b) => tasks.item[a]! - tasks.item[b]!)
    .map((row) => String(tasks.worker[row]));
}

function itemsOf(trace: Trace, stage: string, outcome: Outcome = Outcome.ok): string[] {
  const index = trace.meta.stages.findIndex((candidate) => candidate.id === stage);
  return rowsByStart(trace)
    .filter((row) => trace.tasks.stage[row] === index && trace.tasks.outcome[row] === outcome)
    .map((row) => labelOf(trace, row))
    .sort();
}
