import { expect, test } from 'vitest';
import { TaskKind } from '../../src/engine/task-table.ts';
import { packTasks } from '../../src/live/packing.ts';
import { Runtime } from '../../src/live/runtime/runtime.ts';
import type { FromWorker, WireTask } from '../../src/live/wire.ts';
import { defaultService } from '../../src/pipeline/defaults.ts';

/** A task that waits so long, and does nothing else. */
const waits = (task: number, ms: number): WireTask => ({
  ...{ task, number: task, stage: 0, kind: TaskKind.item, attempt: 1, item: task, itemKey: task },
  ...{ setup: null, input: undefined },
  synthetic: { segments: [-ms], fails: false, outputs: [{ code: -1, bytes: [0] }] },
});

/** A worker's runtime in this thread, with a stage that waits. */
async function started(
  slots: number,
  load: {
    practice?: number;
    moves?: boolean;
    counted?: boolean;
    progress?: Int32Array<ArrayBuffer>;
  } = {},
) {
  const { practice = 0, moves = false, counted = false, progress = null } = load;
  const told: FromWorker[] = [];
  const runtime = new Runtime((message) => told.push(structuredClone(message)));
  const stage = { id: 'a', unit: -1, batched: false, counted, moves };
  runtime.hear({
    ...{ type: 'load', seed: 1, urls: [], slots, sourceUnit: -1, progress, turnsPerMs: 0 },
    ...{ practice, service: defaultService },
    stages: [{ ...stage, setupAtStart: null, timeoutMs: null }],
  });
  // As whoever looks for signs of life does.
  if (practice > 0) runtime.hear({ type: 'ping', sent: 0 });
  await expect.poll(() => told.at(-1)?.type).toBe('ready');
  const send = (tasks: readonly WireTask[]) =>
    runtime.hear({ type: 'tasks', tasks: packTasks(tasks), tellEveryMs: 3 });
  const endsTold = () =>
    told.flatMap((message) =>
      message.type === 'ends' ? [message.ends.values.length + message.ends.others.length] : [],
    );
  return { runtime, told, send, endsTold };
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

test('of many tasks that wait at once, all ends are told, several in a message', async () => {
  const { send, endsTold } = await started(400);
  send(Array.from({ length: 400 }, (_, task) => waits(task, 30)));
  await expect.poll(() => sum(endsTold()), { timeout: 5000 }).toBe(400);
  expect(endsTold().length).toBeLessThan(400);
});

test('asked for a sign of life, a worker has told of all that ended', async () => {
  const { runtime, told, send, endsTold } = await started(100);
  send(Array.from({ length: 100 }, (_, task) => waits(task, 30)));
  for (let asked = 0; asked < 1000 && sum(endsTold()) < 100; asked++) {
    runtime.hear({ type: 'ping', sent: 100 });
    const answer = told.at(-1)!;
    expect(answer).toMatchObject({ type: 'pong', ended: sum(endsTold()) });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  expect(sum(endsTold())).toBe(100);
});

test('a worker with one slot tells when there is nothing else to do', async () => {
  const { send, endsTold } = await started(1);
  send([waits(0, 5), waits(1, 5)]);
  await expect.poll(() => sum(endsTold())).toBe(2);
});

test.each([
  [1, false, false],
  [1, false, true],
  [1, true, false],
  [100, false, false],
  [100, false, true],
  [4, true, true],
])(
  'with %i slots nobody hears of practice, and nothing of it is left (buffers: %s, only numbered: %s)',
  async (slots, moves, counted) => {
    const progress = new Int32Array(8);
    const { runtime, told, send } = await started(slots, {
      ...{ practice: 1000, moves, counted, progress },
    });
    expect(told.filter(({ type }) => type !== 'pong')).toEqual([{ type: 'ready' }]);
    expect(told[0]).toEqual({ type: 'pong', sent: 0, begun: 0, ended: 0 });
    expect([...progress]).toEqual(new Array(8).fill(0));
    expect(runtime.openCount).toBe(0);
    send([waits(0, 5), waits(1, 5)]);
    const ends = () => told.flatMap((message) => (message.type === 'ends' ? [message.ends] : []));
    await expect.poll(() => sum(ends().map(({ values }) => values.length))).toBe(2);
    const numbers = ends().flatMap(({ numbers, values }) =>
      [...numbers].slice(0, 6 * values.length),
    );
    expect([numbers[0], numbers[6]].sort()).toEqual([0, 1]);
    expect([...progress].slice(0, 2)).toEqual([2, 2]);
  },
);
