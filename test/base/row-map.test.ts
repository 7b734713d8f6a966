import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowMap } from '../../src/base/row-map.ts';

test('behaves like a Map, whatever comes and goes', () => {
  const row = fc.oneof(fc.nat(40), fc.nat(5000), fc.nat(3_000_000));
  const step = fc.record({ does: fc.constantFrom('set', 'delete'), row, value: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const rows = new RowMap<number>();
      const map = new Map<number, number>();
      for (const { does, row: at, value } of steps) {
        if (does === 'set') {
          rows.set(at, value);
          map.set(at, value);
        } else {
          rows.delete(at);
          map.delete(at);
        }
        for (const one of steps) expect(rows.get(one.row)).toBe(map.get(one.row));
      }
    }),
  );
});
