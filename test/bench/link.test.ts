import { expect, test } from 'vitest';
import { gallery } from '../../src/scenarios/index.ts';
import { measureLinks } from './link/measure-links.ts';

// The bench itself, tiny: that it runs and adds up, never how fast.
test('every document of the gallery comes back from its link, which is shorter than its JSON', async () => {
  const figures = await measureLinks(2);
  expect(figures.map(({ id }) => id)).toEqual(gallery.map(({ id }) => id));
  for (const { id, linkLetters, jsonLetters, encodeMs, decodeMs, comesBack } of figures) {
    expect(comesBack, id).toBe(true);
    expect(linkLetters, id).toBeLessThan(jsonLetters);
    expect([encodeMs.length, decodeMs.length], id).toEqual([2, 2]);
  }
});
