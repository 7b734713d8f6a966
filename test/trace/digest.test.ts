import { expect, test } from 'vitest';
import { takeRows, TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { traceDigest } from '../../src/trace/digest.ts';

function traceOfOneItem() {
  const trace = new TraceBuilder(emptyMeta('simulated'));
  trace.item(-1, 0, 1.5);
  return takeRows(trace);
}

test('equal rows have equal digests, one bit more has another', () => {
  const changed = traceOfOneItem();
  expect(traceDigest(changed)).toBe(traceDigest(traceOfOneItem()));
  changed.items.arrive[0] = 1.5 + 2 ** -52;
  expect(traceDigest(changed)).not.toBe(traceDigest(traceOfOneItem()));
});

test('whichever NaN an engine has stored', () => {
  const other = traceOfOneItem();
  expect(other.items.end[0]).toBeNaN();
  // What x86 computes for 0/0: quiet, with the sign set.
  new Uint32Array(other.items.end.buffer).set([0, 0xfff80000]);
  expect(other.items.end[0]).toBeNaN();
  expect(traceDigest(other)).toBe(traceDigest(traceOfOneItem()));
});
