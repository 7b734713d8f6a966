import { expect, test } from 'vitest';
import { withFittedModels } from '../../src/explore/fitted-models.ts';
import type { Model, PipelineDocument } from '../../src/pipeline/types.ts';

const coded = (model: Model | null): PipelineDocument => ({
  format: 'millrace/1',
  stages: [{ id: 'a', work: { kind: 'code', source: 'export default (n) => n;', model } }],
});

test('durations and sizes that are listed become their mean and spread, numbers of children stay', () => {
  const document = coded({
    phases: [
      { cpu: { perItem: [2, 4, 4, 4, 5, 5, 7, 9] }, per: 'item' },
      { wait: { perItem: [3, 3, 3, 3, 3] } },
    ],
    cold: 12,
    output: { perItem: [100, 100, 200, 200, 100, 200] },
    expand: { perItem: [0, 1, 2, 3, 4, 5] },
  });
  // The first is the usual example of a standard deviation of exactly 2.
  expect(withFittedModels(document)).toEqual(
    coded({
      phases: [{ cpu: { lognormal: { mean: 5, cv: 0.4 } }, per: 'item' }, { wait: 3 }],
      cold: 12,
      output: { lognormal: { mean: 150, cv: 0.333 } },
      expand: { perItem: [0, 1, 2, 3, 4, 5] },
    }),
  );
});

test.each([
  ['no model', coded(null)],
  ['a number', coded({ phases: [{ cpu: 5 }] })],
  ['a short list', coded({ phases: [{ cpu: { perItem: [1, 2, 3, 4] } }] })],
])('%s stays the very same document', (_, document) => {
  expect(withFittedModels(document)).toBe(document);
});
