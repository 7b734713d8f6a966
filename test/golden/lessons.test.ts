import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { lessonDigest } from '../../src/pipeline/lesson-digest.ts';
import { lessons } from '../../src/scenarios/entries/lessons.ts';

/**
 * Answers are to one version of a lesson: whoever changes a word of it parts a class that is at work. When that is
 * meant, `MILLRACE_GOLDEN=write npx vitest run --project unit test/golden` writes these anew.
 */
const file = join(projectFolder, 'test/golden/lessons.json');

test('every lesson is the version that it was', async () => {
  const digests = await Promise.all(
    lessons.map(async ({ id, load }) => [id, lessonDigest(await load())] as const),
  );
  const text = `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`;
  if (process.env['MILLRACE_GOLDEN'] === 'write') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
