import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventHeap } from '../../src/base/event-heap.ts';
import { IndexedHeap } from '../../src/base/indexed-heap.ts';

test('EventHeap gives events by time, rank, order, like a sorted list', () => {
  const event = fc.tuple(
    fc.constantFrom(0, 0.5, 1, 2, Infinity),
    fc.integer({ min: -1, max: 2 }),
    fc.integer({ min: 0, max: 3 }),
  );
  const step = fc.oneof(event, fc.constant('pop' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new EventHeap(1);
      const model: { key: [number, number, number]; value: number }[] = [];
      let pushed = 0;
      for (const action of steps) {
        if (action === 'pop') {
          if (model.length === 0) {
            expect([heap.topTime, heap.pop()]).toEqual([Infinity, -1]);
            continue;
          }
          model.sort((a, b) => compare(a.key, b.key));
          const first = model[0]!;
          expect([heap.topTime, heap.topRank, heap.topOrder]).toEqual(first.key);
          const value = heap.topValue;
          expect(heap.pop()).toBe(value);
          // Equal keys may come in any order: take out the one it gave.
          const at = model.findIndex((m) => m.value === value);
          expect(model[at]!.key).toEqual(first.key);
          model.splice(at, 1);
        } else {
          heap.push(...action, pushed);
          model.push({ key: action, value: pushed++ });
        }
        expect(heap.size).toBe(model.length);
      }
    }),
  );
});

function compare(a: number[], b: number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return 0;
}

test('IndexedHeap keeps each id once, in order, through pushes, updates and removals', () => {
  const step = fc.record({
    what: fc.constantFrom('push', 'update', 'remove', 'pop'),
    id: fc.integer({ min: 0, max: 30 }),
    key: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const keys = new Float64Array(31);
      const order = (a: number, b: number): number => keys[a]! - keys[b]! || a - b;
      const heap = new IndexedHeap(order, 2);
      const model = new Set<number>();
      for (const { what, id, key } of steps) {
        if (what === 'push' || (what === 'update' && model.has(id))) {
          keys[id] = key;
          heap.push(id);
          model.add(id);
        } else if (what === 'remove') {
          heap.remove(id);
          model.delete(id);
        } else if (what === 'pop') {
          const first = [...model].sort(order)[0] ?? -1;
          expect(heap.pop()).toBe(first);
          model.delete(first);
        }
        expect(heap.top()).toBe([...model].sort(order)[0] ?? -1);
        expect(heap.size).toBe(model.size);
        expect(heap.has(id)).toBe(model.has(id));
      }
      heap.clear();
      expect([heap.size, heap.top(), [...model].some((id) => heap.has(id))]).toEqual([
        0,
        -1,
        false,
      ]);
    }),
  );
});
