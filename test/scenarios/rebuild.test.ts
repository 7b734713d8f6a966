import { expect, test } from 'vitest';
import { document } from '../../src/scenarios/gallery/rebuild.ts';
import checkout from '../../src/scenarios/stages/rebuild/checkout.ts';
import { plainLoop } from './plain-loop.ts';
import { withSettings } from './support.ts';

const items = Array.from({ length: 36 }, (_, index) => ({ index }));
const link = async (set: Record<string, unknown>) =>
  (await plainLoop(withSettings(document, set), items))['link']?.get(-1) as {
    modules: number;
    emitted: string[];
  };

test('22 of the 36 modules are what they were in the build before', () => {
  const texts = items.map((item) => checkout(item).text);
  expect(new Set(texts).size).toBe(36 - 22);
  const build = (number: number) => texts.slice(12 * number, 12 * number + 12);
  const changed = (one: number, other: number) =>
    build(one).filter((text, module) => text !== build(other)[module]).length;
  expect([changed(0, 1), changed(1, 2)]).toEqual([1, 1]);
});

test('an edit gives one function another name; a check emits none', async () => {
  const built = await link({});
  expect(built.modules).toBe(36);
  // Functions of one module differ from each other and between modules only where numbers do.
  expect(built.emitted.length).toBeGreaterThan(40);
  expect(built.emitted.every((name) => /^step\d+\.[0-9a-f]{16}$/.test(name))).toBe(true);
  const checked = await link({ '/modules/mode': "export const mode = 'check';\n" });
  expect(checked).toEqual({ modules: 36, emitted: [] });
});
