import { expect, test } from 'vitest';
import { gatherCorpora } from '../../src/scenarios/build/gather.ts';

const corpora = gatherCorpora(process.cwd());

test('the three corpora are there, in size, sorted, without a path given twice', () => {
  expect(corpora.map(({ name }) => name)).toEqual(['sources', 'documents', 'packages']);
  const bytes = corpora.map((corpus) => corpus.bytes);
  expect(bytes[0]).toBeGreaterThan(900_000);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_200_000);
  for (const { files, bytes: size } of corpora) {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)].sort());
    expect(size).toBe(files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0));
  }
});

test('sources are code, licences are among the documents, and all paths start at the project', () => {
  const [sources, documents] = corpora;
  expect(sources?.files.every(({ path }) => /\.([mc]?js|ts|svelte)$/.test(path))).toBe(true);
  expect(sources?.files.some(({ path }) => path === 'src/scenarios/index.ts')).toBe(true);
  const licences = documents?.files.filter(({ path }) => /LICEN[CS]E/.test(path)) ?? [];
  expect(licences.some(({ path }) => path.includes('svelte'))).toBe(true);
  expect(licences.some(({ path }) => path.includes('@noble/hashes'))).toBe(true);
  const paths = corpora.flatMap(({ files }) => files.map(({ path }) => path));
  expect(paths.filter((path) => path.startsWith('/') || path.includes('\\'))).toEqual([]);
});

test('gathering twice gives the same', () => {
  expect(gatherCorpora(process.cwd())).toEqual(corpora);
});
