import { describe, expect, test, vi } from 'vitest';
import { document } from '../../src/scenarios/gallery/boardrev.ts';
import hash from '../../src/scenarios/stages/boardrev/hash.ts';
import add, { finish, init } from '../../src/scenarios/stages/boardrev/manifest.ts';
import index from '../../src/scenarios/stages/boardrev/terms.ts';
import { corpusFiles, nothing, shuffled, stageContext } from './support.ts';

/** The document's own module `board`, loaded as a stage worker would. */
const board = document.modules?.['board'] ?? '';
const { tasks } = (await import(
  /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(board)}`
)) as { tasks: string[] };
vi.doMock('board', () => ({ tasks }));
const { default: match } = await import('../../src/scenarios/stages/boardrev/match.ts');

const files = corpusFiles('sources').filter(({ path }) => !path.startsWith('test/'));
const hashed = await Promise.all(files.map((file) => hash(file, stageContext())));

describe('boardrev', () => {
  test('the board is read back as it was written', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(12);
    expect(tasks.every((task) => task.startsWith('# '))).toBe(true);
    expect(tasks.join()).toContain('`crypto.subtle`');
  });

  test('matches tasks to the files they are about, in any order of files', () => {
    const indexed = hashed.map(index);
    const lines: string[] = [];
    const matches = match(indexed, stageContext(lines));
    expect(match(shuffled(indexed, 5), stageContext())).toEqual(matches);
    expect(lines).toEqual([`${files.length} files, ${tasks.length} tasks`]);
    const best = (title: string) => matches.find(({ task }) => task.includes(title))?.files;
    const paths = (title: string) => best(title)?.map(({ id }) => id);
    expect(paths('without WebCrypto')).toContain('src/scenarios/modules/hash.ts');
    expect(paths('union-find')).toContain('src/scenarios/stages/simtask/cluster.ts');
    expect(paths('Outline a README')).toContain('src/scenarios/stages/readmeflow/outline.ts');
    for (const { files: found } of matches) {
      expect(found).toHaveLength(5);
      const scores = found.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(Math.min(...scores)).toBeGreaterThan(0);
      expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    }
  });

  test('the manifest folds in any order to the same', () => {
    const twice = [...hashed, { ...hashed[0]!, path: 'copy/of-first.ts' }];
    const fold = (order: typeof twice) => finish(order.reduce(add, init()));
    const manifest = fold(twice);
    expect(manifest.files).toBe(twice.length);
    expect(manifest.identical).toContainEqual(['copy/of-first.ts', hashed[0]!.path].sort());
    expect(fold(shuffled(twice, 9))).toEqual(manifest);
  });

  test('what is not text ends at the first stage', async () => {
    expect(await hash({ path: 'a.png', bytes: new ArrayBuffer(4) }, stageContext())).toBe(nothing);
  });
});
