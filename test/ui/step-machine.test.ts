import { expect, it } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { machineOf } from '../../src/ui/lesson/step-machine.ts';
import type { App } from '../../src/ui/state/app.svelte.ts';

const step = { title: 'Eight workers', text: '' };
const on = (cores: number) =>
  ({ services: { environment: { cores, workers: true, isolated: true } } }) as App;
const document = (machine: PipelineDocument['machine'] = {}): PipelineDocument => ({
  format: 'millrace/1',
  stages: [],
  machine,
});

it.each([
  ['cores it has not', on(2), { cores: 8, workers: 8 }, 'simulated', /asks for 8 cores/],
  ['fewer than it has, by more workers', on(8), { cores: 2, workers: 8 }, 'simulated', /about 2/],
  ['fewer than it has, by all workers there are', on(8), { cores: 2, workers: 2 }, 'live', /^$/],
  ['as many as it has', on(2), { cores: 2, workers: 8 }, 'live', /^$/],
  ['nothing', on(8), {}, 'live', /^$/],
] as const)('a step that asks for %s', (_, app, machine, is, why) => {
  const found = machineOf(app, step, document(machine));
  expect(found.is).toBe(is);
  expect(found.why).toMatch(why);
});
