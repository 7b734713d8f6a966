import { expect, test } from 'vitest';
import { measurePolicies } from './cache-policy-figures.ts';

// The bench itself, tiny: that it runs and adds up, never how fast.
test('every policy plays the whole trace, and the two kinds of LRU find the same', () => {
  const figures = measurePolicies(5000, 2);
  const hits = new Map(figures.map((figure) => [figure.name, figure.hits]));
  for (const { operations, hits: found, processorMs } of figures) {
    expect(operations).toBe(5000 + (5000 - found));
    expect(found).toBeGreaterThan(0);
    expect(processorMs).toHaveLength(2);
    expect(found).toBeLessThanOrEqual(hits.get('plain Map, endless')!);
  }
  expect(hits.get('lru')).toBe(hits.get('LRU by reinsertion'));
});
