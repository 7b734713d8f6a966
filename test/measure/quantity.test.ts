import { expect, it } from 'vitest';
import { isLiveOnly, quantityOf, readsResults } from '../../src/measure/quantity.ts';
import { summarize } from '../../src/measure/summary.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const pipeline = withDefaults({
  format: 'millrace/1',
  source: { kind: 'count', count: 10 },
  stages: [{ id: 'call-it', work: { kind: 'synthetic', phases: [{ wait: 5 }] } }],
  machine: { workers: 2, cores: 2 },
});
const counter = {
  ...{ name: 'cursor', value: 10, updates: 10, writes: 4, written: 10, unwritten: 0, lost: null },
};
const facts = {
  summary: summarize(simulate(pipeline, { cores: 2 }).trace, pipeline),
  counters: [counter],
  results: { report: { kept: 12, list: [3], name: 'x' } },
};

it.each([
  ['makespan', 25],
  ['latency/mean', 15],
  ['stages/call-it/received', 10],
  ['stages/call-it/service/mean', 5],
  ['workers/utilization', 1],
  ['counters/cursor/writes', 4],
  ['results/report/kept', 12],
  ['results/report/list/0', 3],
  ['counters/cursor/writes ÷ counters/cursor/updates', 0.4],
  ['items/failed ÷ items/dropped', 0],
  // Not there, or no number.
  ['latency/p94', null],
  ['latency', null],
  ['stages/call/received', null],
  ['counters/cursor/lost', null],
  ['counters/other/writes', null],
  ['results/report/name', null],
  ['constructor/length', null],
  ['makespan ÷ nothing', null],
  ['makespan ÷ makespan ÷ makespan', null],
] as const)('%s is %s', (place, value) => {
  if (value === null) expect(quantityOf(facts, place)).toBeNull();
  else expect(quantityOf(facts, place)).toBeCloseTo(value, 9);
});

it('knows what only live runs have, and what results are needed for', () => {
  const places = ['makespan', 'counters/a/writes', 'results/a/b', 'makespan ÷ results/a/b'];
  expect(places.map(isLiveOnly)).toEqual([false, true, true, true]);
  expect(places.map(readsResults)).toEqual([false, false, true, true]);
});
