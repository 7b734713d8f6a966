import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { corpusFiles } from './support.ts';
import { plainLoop } from './plain-loop.ts';

const load = (id: string) => gallery.find((entry) => entry.id === id)!.load();

test.each(gallery)('$id is a valid document', async ({ load: loadDocument }) => {
  const document = await loadDocument();
  const { pipeline, problems } = parseDocument(JSON.stringify(document));
  expect(problems).toEqual([]);
  expect(pipeline?.stages.map(({ id }) => id)).toEqual(document.stages.map(({ id }) => id));
});

describe('the text of the stages, run as a plain loop', () => {
  test('simtask reports duplicates that are there', async () => {
    const files = corpusFiles('sources').filter(({ path }) => path.includes('/d3-'));
    const { report } = await plainLoop(await load('simtask'), files);
    const { duplicates } = report?.get(-1) as {
      duplicates: { members: { place: string; name: string }[] }[];
    };
    expect(duplicates.length).toBeGreaterThan(10);
    for (const { place, name } of duplicates.flatMap(({ members }) => members)) {
      const [path, line] = [place.slice(0, place.lastIndexOf(':')), place.split(':').at(-1)];
      const text = files.find((file) => file.path === path)!.text.split('\n')[Number(line) - 1];
      if (name !== '(anonymous)' && name !== 'default') expect(text).toContain(name);
    }
  });

  test('boardrev matches every task, and folds every file', async () => {
    const files = corpusFiles('sources').filter(({ path }) => path.startsWith('src/scenarios/'));
    const outputs = await plainLoop(await load('boardrev'), files);
    const matches = outputs['match']?.get(-1) as { task: string; files: { id: string }[] }[];
    const hashTask = matches.find(({ task }) => task === 'Hash without WebCrypto');
    expect(hashTask?.files[0]?.id).toBe('src/scenarios/modules/hash.ts');
    expect(outputs['manifest']?.get(-1)).toMatchObject({ files: files.length });
  });

  test('router goes round, and tells how far it has come', async () => {
    const items = Array.from({ length: 10 }, (_, index) => ({ index }));
    const { balance } = await plainLoop(await load('router'), items);
    expect(balance?.get(-1)).toEqual({ cursor: 10, north: 3, east: 3, south: 2, west: 2 });
  });

  test('readmeflow writes a page a package', async () => {
    const files = corpusFiles('packages');
    const { write } = await plainLoop(await load('readmeflow'), files);
    expect(write?.size).toBe(files.length);
    for (const page of write?.values() ?? []) {
      expect((page as { markdown: string }).markdown).toMatch(/^# \S+\n/);
    }
  });
});
