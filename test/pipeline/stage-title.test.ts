import { expect, test } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { stageTitle } from '../../src/pipeline/stage-title.ts';

test('a stage is called by its id when its name cannot be seen', () => {
  expect(stageTitle({ id: 'a', name: 'Read' })).toBe('Read');
  expect(stageTitle({ id: 'a' })).toBe('a');
  expect(stageTitle({ id: 'a', name: '' })).toBe('a');
  expect(stageTitle({ id: 'a', name: ' \t ' })).toBe('a');
  const work = { kind: 'synthetic', phases: [] } as const;
  const { stages } = withDefaults({
    format: 'millrace/1',
    stages: [{ id: 'a', name: ' ', work: { ...work, phases: [] } }],
  });
  expect(stages[0]!.name).toBe('a');
});
