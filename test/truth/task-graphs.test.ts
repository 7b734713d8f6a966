import { describe, expect, test } from 'vitest';
import type { ImportFormat } from '../../src/share/import/import-text.ts';
import type { Trace } from '../../src/trace/types.ts';
import { scheduleFaults } from './check-schedule.ts';
import { describeTruth, instances, readTruth } from './ground-truth.ts';
import { importInstance, orders, scheduleOf } from './import-instance.ts';
import {
  criticalPath,
  readJobShop,
  readPatterson,
  readPsplib,
  readStg,
  type PublishedProblem,
} from './published-problem.ts';

const secondsMax = 120_000;
const shownFaults = 5;

/** Every order on one instance: what the checker finds, and makespans below the proven bound. */
function faultsOf(
  file: string,
  format: ImportFormat,
  text: string,
  problem: PublishedProblem,
  lower: number,
  machine: { workers?: number } = {},
): string[] {
  const pipeline = importInstance(format, text);
  return orders.flatMap((order) => {
    const trace = scheduleOf(pipeline, { ...machine, order });
    const faults = scheduleFaults(trace, problem);
    const { makespan } = trace.meta;
    if (makespan < lower) faults.push(`makespan ${makespan}, proven to be at least ${lower}`);
    return faults.slice(0, shownFaults).map((fault) => `${file}, ${order}: ${fault}`);
  });
}

describeTruth('psplib', 'projects with resources (RCPSP), every order', () => {
  test.each([
    ['j30', readPsplib],
    ['j60', readPsplib],
    ['patterson', readPatterson],
  ])(
    'all of %s: precedence and resources hold, nothing idles, never below the optimum',
    (family, read) => {
      const rows = instances('psplib', 'optimum.csv').filter(({ file }) =>
        file!.startsWith(`${family}/`),
      );
      expect(rows.length).toBeGreaterThan(10);
      const faults = rows.flatMap(({ file, lower }) => {
        const text = readTruth(`psplib/${file!}`);
        return faultsOf(file!, 'psplib', text, read(text), Number(lower));
      });
      expect(faults).toEqual([]);
    },
    secondsMax,
  );
});

describeTruth('jobshop', 'job shops, every order', () => {
  test(
    'all instances: precedence and machines hold, nothing idles, never below the optimum',
    () => {
      const rows = instances('jobshop', 'optimum.csv');
      expect(rows.length).toBeGreaterThan(30);
      const faults = rows.flatMap(({ file, lower }) => {
        const text = readTruth(`jobshop/${file!}`);
        return faultsOf(file!, 'job-shop', text, readJobShop(text), Number(lower));
      });
      expect(faults).toEqual([]);
    },
    secondsMax,
  );
});

/** The best bounds proven by either table: `file,processors` → lower. */
function stgBounds(): Map<string, { file: string; processors: number; lower: number }> {
  const bounds = new Map<string, { file: string; processors: number; lower: number }>();
  for (const table of ['optimum.csv', 'cpsat.csv']) {
    for (const row of instances('stg', table)) {
      const key = `${row['file']!},${row['processors']!}`;
      const lower = Math.max(Number(row['lower']), bounds.get(key)?.lower ?? 0);
      bounds.set(key, { file: row['file']!, processors: Number(row['processors']), lower });
    }
  }
  return bounds;
}

describeTruth('stg', 'standard task graphs, every order', () => {
  test.each(['rnc50', 'rnc100', 'rnc300'])(
    'all of %s on 2, 4, 8 and 16 processors: precedence and processors hold, nothing idles, never below the optimum',
    (family) => {
      const rows = [...stgBounds().values()].filter(({ file }) => file.startsWith(`${family}/`));
      expect(rows.length).toBeGreaterThan(10);
      const faults = rows.flatMap(({ file, processors, lower }) => {
        const text = readTruth(`stg/${file}`);
        const problem = readStg(text, processors);
        return faultsOf(file, 'stg', text, problem, lower, { workers: processors });
      });
      expect(faults).toEqual([]);
    },
    secondsMax,
  );

  test(
    'with a processor for every task the makespan is the published longest path',
    () => {
      const files = new Set([...stgBounds().values()].map(({ file }) => file));
      for (const file of files) {
        const text = readTruth(`stg/${file}`);
        const published = Number(/CP Length\s*:\s*(\d+)/.exec(text)![1]);
        const trace = scheduleOf(importInstance('stg', text), { workers: 400 });
        expect(trace.meta.makespan, file).toBe(published);
      }
    },
    secondsMax,
  );
});

describe('the checker itself', () => {
  // 0 → 1, and 2 beside them; one resource of 2, of which 0 and 2 take one each and 1 takes two.
  const problem: PublishedProblem = {
    durations: [2, 3, 4],
    predecessors: [[], [0], []],
    demands: [[1], [2], [1]],
    capacities: [2],
  };
  const text = '3 1\n2\n2 1 1 2\n3 2 0\n4 1 0\n';

  test('finds nothing in a right schedule', () => {
    const trace = scheduleOf(importInstance('psplib', text), {});
    expect(trace.meta.makespan).toBe(7);
    expect(criticalPath(problem)).toBe(5);
    expect(scheduleFaults(trace, problem)).toEqual([]);
  });

  const move = (trace: Trace, stage: number, start: number, end: number): void => {
    const row = [...trace.tasks.stage.subarray(0, trace.tasks.count)].indexOf(stage);
    trace.tasks.start[row] = start;
    trace.tasks.end[row] = end;
    trace.meta.makespan = Math.max(...trace.tasks.end.subarray(0, trace.tasks.count));
  };
  test.each([
    ['a predecessor ignored', 1, 1, 4, 'task 1 began at 1, task 0 ended at 2'],
    ['a resource overdrawn', 1, 2, 5, '3 of resource 0 in use at 2, of 2'],
    ['a wrong duration', 1, 4, 8, 'task 1 took 4, not 3'],
    ['a start too late', 1, 6, 9, 'task 1 could have begun at 4, and did at 6'],
  ])('finds %s', (_, stage, start, end, fault) => {
    const trace = scheduleOf(importInstance('psplib', text), {});
    move(trace, stage, start, end);
    expect(scheduleFaults(trace, problem)).toContain(fault);
  });
  test('finds a task that never ran, and one that ran twice', () => {
    const trace = scheduleOf(importInstance('psplib', text), {});
    trace.tasks.stage[0] = trace.tasks.stage[1]!;
    const faults = scheduleFaults(trace, problem).join('; ');
    expect(faults).toMatch(/task \d ran twice; task \d never ran/);
  });
});
