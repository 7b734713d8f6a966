import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nestingDepth } from '../../src/base/nesting.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;

test('the depth of JSON text is that of the value it stands for', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(3), (value, spaces) => {
      expect(nestingDepth(JSON.stringify(value, null, spaces))).toBe(depthOf(value));
    }),
  );
  expect(nestingDepth(JSON.stringify(['[[[', '\\"[[', '}']))).toBe(1);
});

test('text that is cut short, or closes more than it opened, has a depth too', () => {
  expect(nestingDepth('['.repeat(200_000))).toBe(200_000);
  expect(nestingDepth(']]]][{')).toBe(2);
});

test('a document nested deeper than programs can read is refused before anything recurses', () => {
  const values = '['.repeat(100_000) + ']'.repeat(100_000);
  const text = `{"format":"millrace/1","source":{"kind":"values","values":[${values}]},"stages":[{"id":"a","work":{"kind":"synthetic","phases":[]}}]}`;
  const { document, problems } = parseDocument(text);
  expect(document).toBeNull();
  expect(problems[0]?.message).toBe('the document is nested 100,003 deep: the ceiling is 200');
});
