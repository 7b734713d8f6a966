import { describe, expect, it } from 'vitest';
import { takeVariant } from '../../src/pipeline/edit-variants.ts';
import { isInForce } from '../../src/pipeline/variant-in-force.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  stages: [{ id: 'a', permits: 2, work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
  variants: [
    { name: 'no limit', set: { '/stages/a/permits': null } },
    { name: 'empty', set: {} },
    { name: 'astray', set: { '/stages/b/permits': 1 } },
    { name: 'wrong', set: { '/stages/a/permits': 0 } },
  ],
};
const [unlimited, empty, astray, wrong] = document.variants!;

describe('taking a variant', () => {
  it('puts its values into the document and keeps everything else', () => {
    const taken = takeVariant(document, unlimited!);
    expect(taken).toEqual({
      ok: true,
      value: { ...document, stages: [{ ...document.stages[0], permits: null }] },
    });
  });

  it('is refused with the reason when it does not fit', () => {
    expect(takeVariant({ ...document, variants: [] }, astray!)).toMatchObject({
      ok: false,
      error: expect.stringContaining('there is no stage "b"'),
    });
    expect(takeVariant({ ...document, variants: [] }, wrong!)).toMatchObject({ ok: false });
  });

  it('leaves every shipped document sound, and with that variant in force', async () => {
    for (const entry of gallery) {
      const shipped = await entry.load();
      for (const variant of shipped.variants ?? []) {
        const taken = takeVariant(shipped, variant);
        if (!taken.ok) throw new Error(`${entry.id}, ${variant.name}: ${taken.error}`);
        expect(parseDocument(taken.value).pipeline).not.toBeNull();
        expect(isInForce(taken.value, variant), `${entry.id}, ${variant.name}`).toBe(true);
      }
    }
  });
});

it('is in force when all its values are there, be it by default', () => {
  expect(isInForce(document, unlimited!)).toBe(false);
  const { permits: _, ...stage } = document.stages[0]!;
  expect(isInForce({ ...document, stages: [stage] }, unlimited!)).toBe(true);
  expect(isInForce(document, empty!)).toBe(false);
});
