import { expect, test } from 'vitest';
import { rehearse, tasksToPractise, type Goods } from '../../src/live/coordinator/rehearsal.ts';
import { Mark, Outcome } from '../../src/trace/types.ts';

test.each<Goods>(['counted', 'values', 'buffers'])(
  'a rehearsal with %s goes the way of a run in which nothing goes wrong',
  (goods) => {
    const { meta, tasks } = rehearse(3000, 3, goods);
    expect(meta).toMatchObject({ ended: 'done', note: '', workers: 2 });
    expect(meta.items).toMatchObject({ emitted: 1500, delivered: 1500 });
    expect(tasks.count).toBe(3000);
    expect(tasks.outcome.subarray(0, tasks.count).every((outcome) => outcome === Outcome.ok)).toBe(
      true,
    );
    expect(tasks.attempt.subarray(0, tasks.count).every((attempt) => attempt === 1)).toBe(true);
    // What the first stage puts out: eight bytes, or an object with one number.
    const bytes = goods === 'buffers' ? 8 : 26;
    expect(tasks.bytes.subarray(0, tasks.count).every((one) => one === bytes)).toBe(true);
  },
);

test('its second stage is given what the first put out', () => {
  const { tasks } = rehearse(100, 3, 'counted');
  const rows = [...tasks.stage.subarray(0, tasks.count).keys()];
  const bytes = (stage: number) =>
    rows.filter((row) => tasks.stage[row] === stage).map((row) => tasks.bytes[row]);
  const [first] = bytes(0);
  expect(first).toBeGreaterThan(0);
  expect([...bytes(0), ...bytes(1)]).toEqual(new Array(100).fill(first));
});

test('of a source that nothing holds all items count as come at once, though they are brought one by one', () => {
  const items = 30_000;
  const { meta, tasks, marks } = rehearse(2 * items, 3, 'counted');
  expect(meta.items).toMatchObject({ emitted: items, delivered: items });
  expect([...marks.kind.subarray(0, marks.count)]).not.toContain(Mark.admitted);
  const rows = [...tasks.stage.subarray(0, tasks.count).keys()];
  const first = rows.filter((row) => tasks.stage[row] === 0);
  expect(first.every((row) => tasks.arrive[row] === 0 && tasks.ready[row] === 0)).toBe(true);
  // In the order in which they came: what goes on to the second stage waits behind all of them.
  const second = rows.filter((row) => tasks.stage[row] === 1);
  const latest = Math.max(...first.map((row) => tasks.dispatch[row]!));
  const early = second.filter((row) => tasks.dispatch[row]! < latest);
  expect(early.length).toBeLessThan(items / 100);
});

test('short runs begin at once, and none practises for ever', () => {
  expect(tasksToPractise(200)).toBe(0);
  expect(tasksToPractise(1000)).toBe(500);
  expect(tasksToPractise(6000)).toBe(1500);
  expect(tasksToPractise(10_000_000)).toBe(10_000);
});
