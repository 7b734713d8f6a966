import { expect, it } from 'vitest';
import { curveLooks } from '../../src/ui/whatif/curve-looks.ts';

const stages = ['a', 'b', 'c', 'd', 'e', 'f'];
const places = new Map(stages.map((stage, at) => [stage, at]));

it.each(stages)('gives six lines six dashes where %s is the best, which alone is solid', (best) => {
  const looks = curveLooks(stages, places, best);
  expect(new Set(looks.map(({ dash }) => dash)).size).toBe(stages.length);
  expect(looks.findIndex(({ dash }) => dash === undefined)).toBe(stages.indexOf(best));
  expect(looks.map(({ colour }) => colour)).toEqual([0, 1, 2, 3, 4, 5]);
});
