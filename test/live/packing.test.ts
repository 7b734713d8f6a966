import { endsIn } from './ends-in.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFromWorker } from '../../src/live/coordinator/check-wire.ts';
import {
  eachAlone,
  EndPacker,
  packEnds,
  packTasks,
  TaskPacker,
  unpackTasks,
  type PackedEnds,
} from '../../src/live/packing.ts';
import type { Fault, WireEnd, WireTask } from '../../src/live/wire.ts';

const count = fc.nat(1_000_000);
const ms = fc.double({ min: 0, max: 2e12, noNaN: true });

const task: fc.Arbitrary<WireTask> = fc.record({
  task: count,
  number: count,
  stage: fc.nat(40),
  kind: fc.constantFrom(0, 1, 2, 3),
  attempt: fc.integer({ min: 1, max: 9 }),
  item: count,
  itemKey: fc.integer(),
  setup: fc.option(fc.array(fc.double({ noNaN: true }), { maxLength: 2 })),
  input: fc.jsonValue(),
  synthetic: fc.option(
    fc.record({
      segments: fc.array(fc.double({ noNaN: true }), { maxLength: 3 }),
      fails: fc.boolean(),
      outputs: fc.constant([{ code: -1, bytes: [3] }]),
    }),
  ),
});

const times = { startMs: ms, endMs: ms, setupMs: ms, waitedMs: ms };
const fault = fc.constant({ message: 'm', stack: 's' });
const end = fc.oneof(
  fc.record({
    ...{ task: count, number: count, ...times, fault: fc.constant(null) },
    codes: fc.constant<number[]>([-1]),
    values: fc.tuple(fc.jsonValue()) as fc.Arbitrary<unknown[]>,
    entryFaults: fc.constant<Fault[]>([]),
  }),
  fc.record({
    ...{ task: count, number: count, ...times, fault: fc.constant(null) },
    codes: fc.constant<number[]>([-1, 2, -2, 0]),
    values: fc.tuple(fc.jsonValue(), fc.jsonValue(), fc.jsonValue()) as fc.Arbitrary<unknown[]>,
    entryFaults: fc.tuple(fault) as fc.Arbitrary<Fault[]>,
  }),
  fc.record({
    ...{ task: count, number: count, ...times, fault },
    codes: fc.constant<number[]>([]),
    values: fc.constant<unknown[]>([]),
    entryFaults: fc.constant<Fault[]>([]),
  }),
);

/** Few go as plain lists, many in a buffer. */
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(fc.array(one, { maxLength: 9 }), fc.array(one, { minLength: 70, maxLength: 90 }));

test('tasks are unpacked as they were packed, behind those that wait', () => {
  fc.assert(
    fc.property(some(task), some(task), (first, second) => {
      const waiting: WireTask[] = [];
      for (const tasks of [first, second]) {
        unpackTasks(structuredClone(packTasks(tasks)), waiting);
      }
      expect(waiting).toEqual([...first, ...second]);
    }),
    { numRuns: 50 },
  );
});

test('ends are found as they were packed', () => {
  fc.assert(
    fc.property(some<WireEnd>(end), (ends) => {
      const told = structuredClone({ type: 'ends', ends: packEnds(ends) });
      expect(endsIn(checkFromWorker(told))).toEqual(ends);
    }),
    { numRuns: 50 },
  );
});

test('of one end too many, or one too few, nothing is believed', () => {
  const plain: WireEnd = {
    ...{ task: 1, number: 1, startMs: 1, endMs: 2, setupMs: 0, waitedMs: 0 },
    ...{ fault: null, codes: [-1], values: ['v'], entryFaults: [] },
  };
  const packed = packEnds([plain, { ...plain, codes: [0], values: [] }]);
  const [other] = packed.others;
  for (const wrong of [
    { ...packed, values: ['v', 'w'] },
    { ...packed, values: [] },
    { ...packed, others: [] },
    { ...packed, others: [other, other] },
    { ...packed, others: [{ ...other, at: 0 }, other] },
    { ...packed, numbers: packed.numbers.slice(1) },
    { ...packed, numbers: [...packed.numbers.slice(1), 'x'] },
    { ...packed, numbers: new Float64Array(100_000) },
  ]) {
    expect(checkFromWorker({ type: 'ends', ends: wrong })).toBe(null);
  }
});

test('a packer that is used again holds nothing of before, and the inputs it gave stay', () => {
  fc.assert(
    fc.property(fc.array(some(task), { minLength: 2, maxLength: 4 }), (messages) => {
      const packer = new TaskPacker();
      const add = (tasks: readonly WireTask[]): void => {
        for (const each of tasks) {
          const { task, number, stage, kind, attempt, item, itemKey, input } = each;
          packer.add(
            ...([task, number, stage, kind, attempt, item, itemKey, input, each.setup] as const),
            each.synthetic,
          );
        }
      };
      const kept: { inputs: unknown; more: unknown; asItWas: unknown }[] = [];
      for (const [at, tasks] of messages.entries()) {
        // Thrown away, as when its worker is gone.
        add(messages.at(at - 1)!);
        packer.clear();
        add(tasks);
        expect(packer.count).toBe(tasks.length);
        const waiting: WireTask[] = [];
        const packed = packer.take();
        unpackTasks(structuredClone(packed), waiting);
        expect(waiting).toEqual(tasks);
        const { inputs, more } = packed;
        kept.push({ inputs, more, asItWas: structuredClone({ inputs, more }) });
      }
      for (const { inputs, more, asItWas } of kept) expect({ inputs, more }).toEqual(asItWas);
    }),
    { numRuns: 30 },
  );
});

test('so do ends', () => {
  fc.assert(
    fc.property(fc.array(some<WireEnd>(end), { minLength: 2, maxLength: 4 }), (messages) => {
      const packer = new EndPacker();
      for (const ends of messages) {
        for (const each of ends) {
          const { task, number, startMs, endMs, setupMs, waitedMs } = each;
          packer.add(task, number, startMs, endMs, setupMs, waitedMs, each, undefined);
        }
        const told = structuredClone({ type: 'ends', ends: packer.take() });
        expect(endsIn(checkFromWorker(told))).toEqual(ends);
      }
    }),
    { numRuns: 30 },
  );
});

test('each end of a message can be told alone, whatever stands beside it', () => {
  fc.assert(
    fc.property(some<WireEnd>(end), (ends) => {
      const alone: PackedEnds[] = [];
      eachAlone(packEnds(ends), (one) => alone.push(structuredClone(one)));
      const found = alone.flatMap((one) => endsIn(checkFromWorker({ type: 'ends', ends: one })));
      expect(found).toEqual(ends);
      expect(alone).toHaveLength(ends.length);
    }),
    { numRuns: 50 },
  );
});

test('what stage code replaces does not reach the numbers of its messages', () => {
  const arrays = Object.getPrototypeOf(Float64Array.prototype) as object;
  const spoiled: [object, PropertyKey][] = [
    ...['set', 'subarray', 'slice', 'fill', 'length', 'buffer'].map((name): [object, string] => [
      arrays,
      name,
    ]),
    ...['push', 'slice', 'concat', 'map'].map((name): [object, string] => [Array.prototype, name]),
    [ArrayBuffer.prototype, 'slice'],
    [Float64Array, Symbol.species],
    [globalThis, 'Float64Array'],
    [globalThis, 'ArrayBuffer'],
  ];
  const before = spoiled.map(([of, name]) => Object.getOwnPropertyDescriptor(of, name));
  const ends = Array.from({ length: 1024 }, (_, task): WireEnd => ({
    ...{ task, number: task + 7, startMs: task / 3, endMs: task, setupMs: 1, waitedMs: 2 },
    ...{ fault: null, codes: [-1], values: [task], entryFaults: [] },
  }));
  const evil = {
    configurable: true,
    get(): never {
      throw new Error('replaced');
    },
  };
  let packed: PackedEnds;
  for (const [of, name] of spoiled) Object.defineProperty(of, name, evil);
  try {
    packed = packEnds(ends);
  } finally {
    spoiled.forEach(([of, name], at) => {
      const was = before[at];
      if (was) Object.defineProperty(of, name, was);
      else Reflect.deleteProperty(of, name);
    });
  }
  expect(endsIn(checkFromWorker({ type: 'ends', ends: structuredClone(packed) }))).toEqual(ends);
});
