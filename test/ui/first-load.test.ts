import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { firstLoad, isOfFirstLoad } from '../../src/ui/build/first-load.ts';

it('names only modules that are there', () => {
  expect(firstLoad.filter((path) => !existsSync(path))).toEqual([]);
});

it('knows a module by its place, whatever is asked of it', () => {
  expect(isOfFirstLoad('/somewhere/src/base/units.ts')).toBe(true);
  expect(isOfFirstLoad('/somewhere/src/ui/parts/Knob.svelte?svelte&type=style')).toBe(true);
  expect(isOfFirstLoad('/somewhere/src/base/heaps-of-units.ts')).toBe(false);
});
