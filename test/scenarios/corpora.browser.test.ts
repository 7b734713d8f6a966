import { expect, test } from 'vitest';
import { corpora, loadCorpus } from '../../src/scenarios/corpora.ts';
import { shippedModules } from '../../src/scenarios/shipped-modules.ts';

test.each(corpora.map(({ name }) => name))(
  'the corpus "%s" is fetched as announced',
  async (name) => {
    const announced = corpora.find((corpus) => corpus.name === name);
    const files = await loadCorpus(name);
    const bytes = files.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length, 0);
    expect({ files: files.length, bytes }).toEqual({
      files: announced?.files,
      bytes: announced?.bytes,
    });
    expect(await loadCorpus(name)).toBe(files);
  },
);

test('an unknown corpus is refused by naming those there are', async () => {
  await expect(loadCorpus('source')).rejects.toThrow(
    'There is no corpus "source"; there are "sources", "documents", "packages".',
  );
});

test.each(Object.keys(shippedModules))('%s loads as a module of its own', async (specifier) => {
  const text = await shippedModules[specifier]!();
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const module = (await import(/* @vite-ignore */ url)) as object;
  expect(Object.keys(module).length).toBeGreaterThan(0);
});
