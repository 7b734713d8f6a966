import { expect, test } from 'vitest';
import { Standstill } from '../../src/measure/standstill.ts';

test('tells where nothing comes to its end, and for how long', () => {
  const standstill = new Standstill(['Read', 'Write']);
  const waits = { tasksDone: 3, running: [0, 2] };
  expect(standstill.at(1000, waits)).toBe(null);
  expect(standstill.at(15_900, waits)).toBe(null);
  expect(standstill.at(17_500, waits)).toBe(
    'nothing has ended for 16 s: what runs at “Write” may wait for what never comes',
  );
  expect(standstill.at(18_000, { tasksDone: 4, running: [1, 2] })).toBe(null);
  expect(standstill.at(40_000, { tasksDone: 4, running: [1, 2] })).toMatch(/“Read” and “Write”/);
});

test('says nothing of a run that is paused, or waits for its arrivals', () => {
  const standstill = new Standstill(['Read']);
  const nothing = { tasksDone: 1, running: [0] };
  for (let nowMs = 0; nowMs < 100_000; nowMs += 5000)
    expect(standstill.at(nowMs, nothing)).toBe(null);
  expect(standstill.at(101_000, { tasksDone: 1, running: [1] })).toBe(null);
  expect(standstill.at(117_000, { tasksDone: 1, running: [1] })).not.toBe(null);
});
