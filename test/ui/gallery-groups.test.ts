import { expect, it } from 'vitest';
import { claims, systems } from '../../src/scenarios/claims/index.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { foundGroups, galleryGroups } from '../../src/ui/gallery/gallery-groups.ts';

const groups = galleryGroups(gallery, { claims, systems });
const idsIn = (of: typeof groups): string[] =>
  of.flatMap(({ cards }) => cards.map(({ entry }) => entry.id));

it('every document has one place, under the project whose claims it stands for', () => {
  expect(idsIn(groups).sort()).toEqual(gallery.map(({ id }) => id).sort());
  for (const { title, cards } of groups)
    for (const { entry, claims: own } of cards)
      if (own.length > 0 && !entry.isLesson) expect(title.charAt(0)).toBe(own[0]!.id.charAt(0));
});

it('a claim’s id finds its document, a kind only its own', () => {
  expect(idsIn(foundGroups(groups, 'nested b4', 'all'))).toContain('nested-limits');
  const lessons = foundGroups(groups, '', 'lesson');
  expect(lessons.map(({ title }) => title)).toEqual(['Lessons']);
  const real = idsIn(foundGroups(groups, '', 'real'));
  expect(real).toEqual(expect.arrayContaining(['simtask']));
  expect(real).not.toContain('two-workers');
});

it('without the claims every document is there all the same', () => {
  const without = galleryGroups(gallery, { claims: [], systems: [] });
  expect(idsIn(without).sort()).toEqual(gallery.map(({ id }) => id).sort());
});
