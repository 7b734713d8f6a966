import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../src/engine/plan.ts';
import type { DispatchTrick } from '../../src/engine/runner.ts';
import { MovedInputs } from '../../src/live/coordinator/moved-inputs.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { begun, unitThat } from './puppets.ts';

const work = { kind: 'code' as const, source: '' };

/** Of stages whose code all says that it moves. */
function movedOf(stages: StageDocument[], without: DispatchTrick[] = [], moves = true) {
  const source = { kind: 'count', count: 4 } as const;
  const pipeline = withDefaults({ format: 'millrace/1', source, stages });
  const plan = compilePlan(pipeline, { cores: 2, cache: 'on', sendAheadMs: 3 });
  const stageUnits = stages.map((stage) => (stage.work.kind === 'code' ? 0 : -1));
  const code = { units: [unitThat(moves)], stageUnits, sourceUnit: -1 };
  return new MovedInputs({ plan, code, without });
}
const a: StageDocument = { id: 'a', work };
const b: StageDocument = { id: 'b', work, after: ['a'] };

describe('which inputs are moved', () => {
  test('those of a stage that says so and is the only one to read them', () => {
    expect(movedOf([a, b]).of(0)).toBe(true);
    expect(movedOf([a, b]).of(1)).toBe(true);
  });

  test.each<[string, StageDocument[]]>([
    ['another stage reads them', [a, b, { id: 'c', work, after: ['a'] }]],
    ['they come of several stages', [a, { id: 'c', work }, { ...b, after: ['a', 'c'] }]],
    ['it gets all at once', [a, { ...b, join: 'all' }]],
    ['it gets batches', [a, { ...b, batch: { size: 2 } }]],
    ['it may be tried again', [a, { ...b, retry: { attempts: 2 } }]],
    ['its results are kept in the cache', [a, { ...b, cache: {} }]],
    ['those before it are kept there', [{ ...a, cache: {} }, b]],
    ['it may take too long', [a, { ...b, timeout: 100 }]],
    ['another one may take too long', [{ ...a, timeout: 100 }, b]],
    [
      'it has no code',
      [a, { id: 'b', work: { kind: 'synthetic', phases: [{ cpu: 1 }] }, after: ['a'] }],
    ],
  ])('not where %s', (_, stages) => {
    expect(movedOf(stages).of(stages.findIndex(({ id }) => id === 'b'))).toBe(false);
  });

  test('nor items that two stages read', () => {
    expect(movedOf([a, { id: 'c', work }]).of(0)).toBe(false);
  });
  test('nor where the code does not say so, or it is left out', () => {
    expect(movedOf([a, b], [], false).of(1)).toBe(false);
    expect(movedOf([a, b], ['moving buffers']).of(1)).toBe(false);
  });
});

describe('which buffers go', () => {
  const taken = (inputs: MovedInputs, value: unknown): ArrayBuffer[] => {
    const moved: ArrayBuffer[] = [];
    const outbox = { move: (buffer: ArrayBuffer) => moved.push(buffer) };
    expect(inputs.take(value, outbox)).toBe(moved.length > 0);
    return moved;
  };

  test('those that came once', () => {
    const inputs = movedOf([a]);
    const [one, twice, deep, unseen] = [1, 2, 3, 4].map(() => new Uint8Array(8)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    inputs.note([one, twice, { twice }, deep, [[deep]]]);
    for (const value of [one, { one, twice }, { twice, one }]) {
      const buffers = taken(inputs, value);
      expect(buffers).toHaveLength(1);
      // Any two buffers are equal to `toEqual`.
      expect(buffers[0]).toBe(one.buffer);
    }
    for (const value of [twice, deep, unseen, 7, null]) expect(taken(inputs, value)).toEqual([]);
  });

  test('none after a value that is too large to be looked through', () => {
    const inputs = movedOf([a]);
    const one = new Uint8Array(8);
    inputs.note([one, Array.from({ length: 100_001 }, (_, i) => [i])]);
    expect(taken(inputs, one)).toEqual([]);
  });
});

describe('with the message go', () => {
  const items = 12;
  const run = (more: object) => {
    const values = Array.from({ length: items }, (_, i) => new Uint8Array(8).fill(i));
    const document = { source: { kind: 'values' as const, values } };
    return begun({ items, value: (index) => values[index], document, ...more }).puppets;
  };

  test('the buffers of a stage that moves', () => {
    for (const { sent, told } of run({ unit: unitThat(true) })) {
      expect(sent.length).toBeGreaterThan(0);
      const buffers = sent.map(({ input }) => (input as Uint8Array).buffer);
      const moved = told.flatMap((one) => one.moved);
      expect(moved.length).toBe(buffers.length);
      moved.forEach((buffer, at) => expect(buffer).toBe(buffers[at]));
    }
  });
  test.each([
    ['does not move', { unit: unitThat(false) }],
    ['may not', { unit: unitThat(true), without: ['moving buffers'] }],
  ])('none of a stage that %s', (_, more) => {
    for (const { told } of run(more)) expect(told.flatMap(({ moved }) => moved)).toEqual([]);
  });
});
