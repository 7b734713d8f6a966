import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../../src/cli/load-typescript.js';
import { allCases } from './all-cases.ts';
import { pictureSvg } from './picture.ts';

/**
 * Each case is a picture in both themes, kept as SVG that any browser shows. When a change is meant,
 *   MILLRACE_GOLDEN=write npx vitest run --project unit test/golden/pictures
 * paints them anew, and the commit shows what has changed. `npm run dev` and /test/golden/pictures/ shows
 * all of them side by side with what the painters paint now.
 */
const folder = join(projectFolder, 'test/golden/pictures/svg');
const isWriting = process.env['MILLRACE_GOLDEN'] === 'write';
const themes = ['light', 'dark'] as const;
const wanted = new Map(
  Object.entries(allCases).flatMap(([name, make]) =>
    themes.map((theme) => [`${name}.${theme}.svg`, () => pictureSvg(make(), theme)] as const),
  ),
);

if (isWriting) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, paint] of wanted) writeFileSync(join(folder, file), paint());
}

test.each([...wanted.keys()])('%s looks as ever', (file) => {
  const painted = wanted.get(file)!();
  // Painting it twice gives the same picture: nothing is left over from the first time.
  expect(wanted.get(file)!()).toBe(painted);
  expect(painted).toBe(readFileSync(join(folder, file), 'utf8'));
});
test('there is no picture that no case paints', () => {
  expect(readdirSync(folder).sort()).toEqual([...wanted.keys()].sort());
});
test('no picture holds a figure that is none', () => {
  for (const paint of wanted.values()) expect(paint()).not.toMatch(/NaN|Infinity|undefined/);
});
