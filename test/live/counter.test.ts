import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCounters } from '../../src/live/check-counters.ts';
import { checkQuestion } from '../../src/live/coordinator/check-asks.ts';
import { Counter } from '../../src/live/coordinator/counter.ts';
import { ServiceGate, serviceQueueMs } from '../../src/live/coordinator/service-gate.ts';
import { isCounterName, readToCounters } from '../../src/base/counter-port.ts';

type Step = { add: number; every: number } | 'send' | 'commit' | 'flush';

const step: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 6, arbitrary: fc.record({ add: fc.integer({ min: -3, max: 9 }), every: fc.nat(6) }) },
    { weight: 2, arbitrary: fc.constant('send' as const) },
    { weight: 2, arbitrary: fc.constant('commit' as const) },
    { weight: 1, arbitrary: fc.constant('flush' as const) },
  )
  .map((one) => (typeof one === 'object' ? { add: one.add, every: one.every + 1 } : one));

/** A counter beside storage that is as plain as can be; writes begin and end when the test says so. */
class Bench {
  readonly counter = new Counter('n', { value: 100, updates: 7 });
  stored = 100;
  storedUpdates = 0;
  acknowledged: { update: number; value: number; every: number }[] = [];
  updates = 0;
  value = 100;
  #underWay: { by: number; updates: number } | null = null;

  add(by: number, every: number): void {
    const update = ++this.updates;
    this.value += by;
    const policy = { every, everyMs: 0 };
    const acknowledge = (value: number) => this.acknowledged.push({ update, value, every });
    this.counter.add(by, policy, acknowledge, () => {});
  }
  send(): void {
    if (!this.#underWay && this.counter.mustWrite) this.#underWay = this.counter.takeChange();
  }
  commit(): void {
    if (!this.#underWay) return;
    this.stored += this.#underWay.by;
    this.storedUpdates += this.#underWay.updates;
    this.#underWay = null;
    this.counter.committed();
  }
  do(one: Step): void {
    if (typeof one === 'object') this.add(one.add, one.every);
    else if (one === 'send') this.send();
    else if (one === 'commit') this.commit();
    else this.counter.flush();
  }
}

describe('a counter', () => {
  test('acknowledges with the value of each update, and no sooner than its policy allows', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const bench = new Bench();
        const values = [100];
        for (const one of steps) {
          const before = bench.acknowledged.length;
          bench.do(one);
          if (typeof one === 'object') values.push(values.at(-1)! + one.add);
          for (const { update, value, every } of bench.acknowledged.slice(before)) {
            expect(value).toBe(values[update]);
            // What a crash can lose with this update: itself and those before it that are not written.
            expect(update - bench.storedUpdates).toBeLessThan(every);
          }
          const { updates, unwritten, written, applied, committed } = bench.counter.facts();
          expect([applied, committed]).toEqual([bench.updates, bench.storedUpdates]);
          expect(updates).toBe(bench.acknowledged.length);
          expect(written).toBe(bench.stored);
          expect(unwritten).toBe(Math.max(0, updates - bench.storedUpdates));
        }
      }),
    );
  });

  test('in the end everything is acknowledged and written, once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const bench = new Bench();
        for (const one of steps) bench.do(one);
        bench.counter.flush();
        for (let rounds = 0; rounds < 3; rounds++) {
          bench.commit();
          bench.send();
        }
        expect(bench.counter.mustWrite).toBe(false);
        expect(bench.stored).toBe(bench.value);
        expect(bench.storedUpdates).toBe(bench.updates);
        const numbers = bench.acknowledged.map(({ update }) => update).sort((a, b) => a - b);
        expect(numbers).toEqual(Array.from({ length: bench.updates }, (_, i) => i + 1));
      }),
    );
  });

  test('one after another: every 10th update is a write', () => {
    const bench = new Bench();
    for (let i = 0; i < 100; i++) {
      bench.add(1, 10);
      bench.send();
      bench.commit();
    }
    expect(bench.counter.facts()).toMatchObject({ updates: 100, writes: 10, unwritten: 0 });
  });

  test('by time: acknowledged at once, due when the time is over', async () => {
    const { counter } = new Bench();
    let acknowledged = 0;
    await new Promise<void>((wake) => {
      for (let i = 0; i < 3; i++) {
        counter.add(1, { every: null, everyMs: 1 }, () => acknowledged++, wake);
      }
      expect([acknowledged, counter.mustWrite]).toEqual([3, false]);
    });
    expect(counter.mustWrite).toBe(true);
    // A third one has come before the timer was set: all go together.
    expect(counter.takeChange()).toEqual({ name: 'n', by: 3, updates: 3 });
  });

  test('without storage all is acknowledged, and nothing is due', () => {
    const bench = new Bench();
    bench.add(1, 1);
    bench.counter.refuse();
    bench.add(1, 1);
    expect(bench.acknowledged.map(({ value }) => value)).toEqual([101, 102]);
    expect(bench.counter.mustWrite).toBe(false);
    expect(bench.counter.facts()).toMatchObject({ written: null, unwritten: 2, writes: 0 });
  });

  test('stays exact', () => {
    const { counter } = new Bench();
    const add = (by: number) =>
      counter.add(
        by,
        { every: 1, everyMs: 0 },
        () => {},
        () => {},
      );
    expect(() => add(Number.MAX_SAFE_INTEGER)).toThrow('"n" would become too large');
    expect(counter.value).toBe(100);
  });
});

describe('the gate of the service', () => {
  test('lets calls begin one after the other, and refuses those too far off', () => {
    const gate = new ServiceGate(4);
    const turns = Array.from({ length: 6 }, () => gate.turn(1000).value);
    expect(turns).toEqual([0, 250, 500, 750, 1000, null]);
    expect(gate.turn(1000)).toMatchObject({ value: null, retryAfterMs: 1250 - serviceQueueMs });
    // A refused call has taken no turn.
    expect(gate.turn(2250).value).toBe(0);
  });

  test('no rate, no wait', () => {
    const gate = new ServiceGate(null);
    expect(Array.from({ length: 5 }, () => gate.turn(0).value)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('what comes over a border is checked', () => {
  const policy = { every: 1, everyMs: 0 };

  test.each([
    [{ what: 'add', name: 'a', by: 1, policy }, true],
    [{ what: 'add', name: 'a', by: 1, policy: { every: null, everyMs: 5 } }, true],
    [{ what: 'add', name: 'a\nb', by: 1, policy }, false],
    [{ what: 'add', name: 'a', by: 0.5, policy }, false],
    [{ what: 'add', name: 'a', by: 1, policy: { every: 0, everyMs: 0 } }, false],
    [{ what: 'add', name: 'a', by: 1, policy: { every: null, everyMs: Infinity } }, false],
    [{ what: 'add', name: 'a', by: 1 }, false],
    [{ what: 'value', name: 'a' }, true],
    [{ what: 'value' }, false],
    [{ what: 'turn' }, true],
    [{ what: 'else', name: 'a' }, false],
    [null, false],
  ])('question %j: %s', (question, isOne) => {
    expect(checkQuestion(question)).toEqual(isOne ? question : null);
  });

  const facts = {
    ...{ name: 'a', value: 3, updates: 3, writes: 1, written: 2, unwritten: 1 },
    ...{ updatesBefore: 0, applied: 3, committed: 2 },
  };
  test.each([
    [[facts], true],
    [[{ ...facts, written: null }], true],
    [[{ ...facts, name: '<b>' }], false],
    [[{ ...facts, unwritten: 4 }], false],
    [[{ ...facts, writes: -1 }], false],
    [[{ ...facts, value: NaN }], false],
    [[{ ...facts, committed: 4 }], false],
    [[{ ...facts, applied: undefined }], false],
    [[{ ...facts, updatesBefore: Number.MAX_SAFE_INTEGER }], false],
    [Array.from({ length: 101 }, () => facts), false],
    [{}, false],
  ])('counters %#', (counters, areSome) => {
    expect(checkCounters(counters)).toEqual(areSome ? counters : null);
  });

  const change = { name: 'a', by: -2, updates: 1 };
  test.each([
    [{ type: 'counter-read', request: 1, names: ['a'] }, true],
    [{ type: 'counter-read', request: 1, names: ['a\n'] }, false],
    [{ type: 'counter-read', request: 1, names: new Array(2) }, false],
    [{ type: 'counter-add', request: 1, changes: [change] }, true],
    [{ type: 'counter-add', request: 1, changes: [{ ...change, updates: 0 }] }, false],
    [{ type: 'counter-add', request: NaN, changes: [change] }, false],
    [
      { type: 'counter-add', request: 1, changes: Array.from({ length: 101 }, () => change) },
      false,
    ],
    [{ type: 'get', request: 1, keys: [] }, false],
  ])('storage %#', (message, isOne) => {
    expect(readToCounters(message)).toEqual(isOne ? message : null);
  });

  test('names', () => {
    expect(['a', 'A b:c/d-1_.'].every(isCounterName)).toBe(true);
    expect(['', 'a\n', 'ä', 'x'.repeat(65), 5].some(isCounterName)).toBe(false);
  });
});
