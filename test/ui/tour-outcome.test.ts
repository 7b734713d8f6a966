import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { withAt } from '../../src/pipeline/pointer.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { changeWords, lessonOf, outcomeOf, trustWords } from '../../src/ui/welcome/outcome.ts';
import { tourDocument } from '../../src/ui/welcome/tour.svelte.ts';

const given = await gallery.find(({ id }) => id === tourDocument.entry)!.load();

function outcome(moves: Record<string, unknown> = {}): ReturnType<typeof outcomeOf> {
  let document: PipelineDocument = given;
  for (const [pointer, value] of Object.entries(moves))
    document = withAt(document, pointer, value)!;
  const { pipeline } = parseDocument(document);
  return outcomeOf(simulate(pipeline!, { cores: 2 }).trace, pipeline!);
}
const knob = `/stages/${tourDocument.stage}/${tourDocument.field}`;

describe('what the tour tells of its own document', () => {
  const before = outcome();

  it('begins with the knob that holds everything back', () => {
    expect(before.by).toBe(`${tourDocument.field}:${tourDocument.stage}`);
  });

  it('says that moving it helps, and what holds back then', () => {
    const after = outcome({ [knob]: 2 });
    expect(changeWords(before, after)).toBe('40 % shorter');
    expect(after.by).toBe('cores');
    expect(lessonOf(before, after)).toMatch(/^Something else .* at least 360 ms\.$/);
  });

  it('says that a larger buffer gains nothing', () => {
    const after = outcome({ [`/stages/${tourDocument.stage}/buffer/capacity`]: 64 });
    expect(changeWords(before, after)).toBe('as long as before');
    expect(lessonOf(before, after)).toMatch(/^Nothing is gained/);
  });

  it('says that fewer items take less, for the same reason', () => {
    const after = outcome({ '/source/count': 30 });
    expect(changeWords(before, after)).toMatch(/^50 % shorter$/);
    expect(lessonOf(before, after)).toMatch(/still the same/);
    expect(changeWords(after, before)).toMatch(/longer$/);
  });
});

it('is true whatever is moved: it is never done sooner than “at least”, and “shorter” is shorter', () => {
  const moved = fc.record({
    [knob]: fc.constantFrom(1, 2, 3, 8, null),
    '/stages/fast/permits': fc.constantFrom(1, 2, null),
    '/stages/slow/buffer/capacity': fc.constantFrom(0, 1, 4, 64, null),
    '/source/count': fc.integer({ min: 1, max: 80 }),
    '/machine/workers': fc.integer({ min: 1, max: 6 }),
    '/machine/cores': fc.integer({ min: 1, max: 6 }),
    '/machine/tasksPerWorker': fc.integer({ min: 1, max: 4 }),
    '/machine/inFlight': fc.constantFrom(1, 3, 10, null),
  });
  const before = outcome();
  fc.assert(
    fc.property(moved, (moves) => {
      const after = outcome(moves);
      expect(after.boundMs).toBeLessThanOrEqual(after.makespanMs * 1.0001);
      const said = changeWords(before, after);
      const ratio = after.makespanMs / before.makespanMs;
      expect(said.endsWith('shorter')).toBe(ratio < 0.995);
      expect(said.endsWith('longer')).toBe(ratio > 1.005);
      expect(lessonOf(before, after).startsWith('Something else')).toBe(after.by !== before.by);
    }),
    { numRuns: 60 },
  );
});

it('trusts what was near, and says which way the rest was off', () => {
  expect(trustWords(-0.03)).toMatch(/^3 % off: near enough/);
  expect(trustWords(-0.4)).toMatch(/^40 % off: perhaps/);
  expect(trustWords(0.4)).toMatch(/^40 % off: .*faster/);
  expect(trustWords(null)).toBe('');
});
