import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AheadQueue } from '../../src/engine/ahead-queue.ts';

test('a queue of tasks is first in, first out, however long it gets, and knows how many are of each stage', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('push', 'push many', 'shift', 'shift many', 'remove')),
      (steps) => {
        const queue = new AheadQueue(3);
        const model: number[] = [];
        let next = 0;
        const push = (): void => {
          queue.push(next, next % 3);
          model.push(next++);
        };
        for (const step of steps) {
          if (step === 'push') push();
          else if (step === 'push many') for (let i = 0; i < 1500; i++) push();
          else if (step === 'shift') expect(queue.shift()).toBe(model.shift() ?? -1);
          else if (step === 'shift many') {
            for (let i = 0; i < 1100; i++) expect(queue.shift()).toBe(model.shift() ?? -1);
          } else {
            const middle = model.length >> 1;
            queue.remove(model[middle] ?? 7);
            model.splice(middle, 1);
          }
          expect(queue.length).toBe(model.length);
          if (model.length > 0) expect(queue.at(model.length - 1)).toBe(model.at(-1));
          for (const stage of [0, 1, 2]) {
            expect(queue.of(stage)).toBe(model.filter((task) => task % 3 === stage).length);
          }
        }
      },
    ),
  );
});
