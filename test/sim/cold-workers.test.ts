import { describe, expect, test } from 'vitest';
import type { Model, StageDocument } from '../../src/pipeline/types.ts';
import { Outcome } from '../../src/trace/types.ts';
import { cpuStage, document, simulateDocument } from './run.ts';

const codeStage = (id: string, model: Model, more: Partial<StageDocument> = {}): StageDocument => ({
  ...{ id, work: { kind: 'code', source: 'export default () => 1;', model } },
  ...more,
});

/** Outcome, start and end of every task of a stage on the one worker there is, in the order of their ends. */
function tasksOf(stages: StageDocument[], stage: string, items: number, tasksPerWorker: number) {
  const machine = { workers: 1, tasksPerWorker };
  const { trace } = simulateDocument(
    document(stages, { source: { kind: 'count', count: items }, machine }),
  );
  const index = trace.meta.stages.findIndex(({ id }) => id === stage);
  const rows = Array.from({ length: trace.tasks.count }, (_, row) => row).filter(
    (row) => trace.tasks.stage[row] === index,
  );
  const { outcome, start, end } = trace.tasks;
  return rows.map((row) => [outcome[row], start[row], end[row]]);
}

describe('code is compiled where it first runs', () => {
  test('a task that is over before its code has run leaves its worker cold', () => {
    const setup = { phases: [{ wait: { perItem: [10, 1] } }], when: 'task' as const };
    const stage = codeStage('a', { phases: [], cold: 3 }, { timeout: 5, setup });
    expect(tasksOf([stage], 'a', 2, 1)).toEqual([
      [Outcome.timedOut, 0, 5],
      [Outcome.ok, 5, 9],
    ]);
  });

  test('so does one whose thread never got to it', () => {
    const model: Model = { phases: [{ cpu: 1 }], cold: 6 };
    const retry = { attempts: 2, backoff: 0 };
    const stages = [cpuStage('z', 12), codeStage('a', model, { after: [], timeout: 10, retry })];
    expect(tasksOf(stages, 'a', 1, 2)).toEqual([
      [Outcome.retried, 10, 10],
      [Outcome.ok, 12, 19],
    ]);
  });

  test('of several that wait for a thread, the first compiles it for all', () => {
    const model: Model = { phases: [{ cpu: 1 }], cold: 10 };
    const stages = [cpuStage('z', 5), codeStage('a', model, { after: [] })];
    expect(tasksOf(stages, 'a', 2, 4)).toEqual([
      // It had the thread from 5 to 15, then waited for its turn again.
      [Outcome.ok, 20, 21],
      [Outcome.ok, 5, 22],
    ]);
  });

  test('also where it then only waits, or has nothing else to do', () => {
    const waiting: Model = { phases: [{ wait: 2 }], cold: 10 };
    const stages = (model: Model) => [cpuStage('z', 5), codeStage('a', model, { after: [] })];
    expect(tasksOf(stages(waiting), 'a', 2, 4).map(([, , end]) => end)).toEqual([17, 22]);
    expect(tasksOf(stages({ phases: [], cold: 10 }), 'a', 2, 4).map(([, , end]) => end)).toEqual([
      15, 20,
    ]);
  });
});
