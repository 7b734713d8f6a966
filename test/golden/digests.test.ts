import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { digestOf } from './digest-of.ts';
import { goldenDocuments } from './documents.ts';

/**
 * Every digest is written down, so that no change of a schedule goes unnoticed. When one is meant,
 *   MILLRACE_GOLDEN=write npx vitest run --project unit test/golden
 * writes them anew; the commit then shows which documents it touched.
 */
const file = join(projectFolder, 'test/golden/digests.json');

const documents = await goldenDocuments();
const digests = Object.fromEntries(documents.map((golden) => [golden.name, digestOf(golden)]));

if (process.env['MILLRACE_GOLDEN'] === 'write') {
  writeFileSync(file, `${JSON.stringify(digests, null, 2)}\n`);
}
const pinned = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

test.each(documents.map(({ name }) => name))('%s: the same schedule as ever', (name) => {
  expect(digests[name]).toBe(pinned[name]);
});
test('no schedule is pinned that no document has', () => {
  expect(Object.keys(pinned)).toEqual(documents.map(({ name }) => name));
});
test('documents that mean the same have the same schedule, all others have their own', () => {
  const same = [
    // A heap finds the worker that a scan finds.
    ['routing: least-loaded', 'routing: least-loaded-scan'],
    // Without places there is no oldest to drop, and a buffer that grows has no places to count.
    ['full buffers: drop-newest, 0 places', 'full buffers: drop-oldest, 0 places'],
    ['full buffers: grow, 0 places', 'full buffers: grow, 3 places'],
  ];
  const twins = documents
    .map(({ name }) =>
      documents.map((other) => other.name).filter((other) => digests[other] === digests[name]),
    )
    .filter((names, i) => names.length > 1 && names[0] === documents[i]!.name);
  expect(twins).toEqual(same);
});
