import { expect, it } from 'vitest';
import { csvLine } from '../../src/base/csv.ts';

it('writes numbers in full, and leaves the cell of one that is none empty', () => {
  expect(csvLine([0.1 + 0.2, 2, NaN, Infinity, -1e-9])).toBe('0.3,2,,,0\r\n');
});

it('quotes where it must, and makes a formula plain text', () => {
  expect(csvLine(['a, b', 'say "so"', '=1+1', 'plain'])).toBe(
    '"a, b","say ""so""",\'=1+1,plain\r\n',
  );
});
