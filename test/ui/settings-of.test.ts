import { expect, it } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { settingsOf } from '../../src/ui/report/settings-of.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  limits: { api: 3 },
  machine: { workers: 4, warm: 'all', memory: { budget: 1_048_576 } },
  stages: [
    { id: 'a', name: 'A: first', priority: 2, work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    {
      ...{ id: 'b', after: ['a'], permits: 2, uses: { api: 1 }, retry: { attempts: 3 } },
      buffer: { capacity: 4, whenFull: 'throttle' },
      work: { kind: 'code', source: 'export default (item) => item' },
    },
  ],
};

it('names what is not the default, in the words of the inspector, and nothing else', () => {
  expect(settingsOf(document, 'a')).toEqual(['Priority 2']);
  expect(settingsOf(document, 'b')).toEqual([
    ...['Permits 2', 'uses › api 1', 'Capacity 4', 'Attempts 3'],
  ]);
  expect(settingsOf(document, null)).toEqual([
    'Workers 4',
    'Bytes 1 MiB',
    'High water 80 %',
    'api 3',
  ]);
  expect(settingsOf({ ...document, limits: {}, machine: {} }, null)).toEqual([]);
});
