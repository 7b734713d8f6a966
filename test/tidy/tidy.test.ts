import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bannedCalls } from './banned-calls.ts';
import { deadFiles } from './dead-files.ts';
import { readProject } from './project-files.ts';
import { linesMax, longFileProblems, textProblems } from './text-rules.ts';

describe('this project', () => {
  const files = readProject();

  test('calls no clock and no chance where they must be handed in', () => {
    expect(bannedCalls(files)).toEqual([]);
  });
  test('has no leftovers, machine paths, registry hosts or foreign HTML', () => {
    expect(textProblems(files)).toEqual([]);
  });
  test('has small files', () => {
    expect(longFileProblems(files)).toEqual([]);
  });
  test('has no dead files', () => {
    expect(deadFiles(files)).toEqual([]);
  });
  test('has a line in src/README.md for every folder with code', () => {
    const readme = files.get('src/README.md') ?? '';
    const folders = [...files.keys()]
      .filter((path) => /^(src|workers|test)\/.+/.test(path))
      .map((path) => posix.dirname(path).split('/'))
      .map(([top, ...rest]) => [top, ...rest.slice(0, top === 'src' ? 2 : 1), ''].join('/'));
    // `test/` mirrors `src/`: a room's tests need no line of their own.
    const named = (folder: string): boolean =>
      folder === 'src/' ||
      readme.includes(`\`${folder}\``) ||
      readme.includes(`\`${folder.replace(/^test/, 'src')}\``);
    const unnamed = [...new Set(folders)].filter((folder) => !named(folder));
    expect(unnamed).toEqual([]);
  });
});

describe('the tidy check finds', () => {
  const tree = (path: string, text: string): Map<string, string> => new Map([[path, text]]);

  test.each([
    ['engine', 'const now = Date.now();'],
    ['simulate', 'const now = performance.now();'],
    ['measure', 'const x = Math.random();'],
    ['explore', 'setTimeout(() => {}, 1);'],
    ['explore', 'const day = new Date();'],
    ['engine', `const page = await fetch('a');`],
    ['engine', 'const later = Math.log(2);'],
    ['simulate', 'const far = Math.hypot(a, b);'],
    ['trace', 'const grown = factor ** 2;'],
    ['engine', 'names.sort((a, b) => a.localeCompare(b));'],
    ['live', 'console.log(1);'],
  ])('in %s: %s', (room, text) => {
    expect(bannedCalls(tree(`src/${room}/a.ts`, text))).toHaveLength(1);
  });
  test('nothing in comments, strings, or where it is allowed', () => {
    expect(
      bannedCalls(tree('src/engine/a.ts', `// Date.now()\nconst text = 'Math.random()';`)),
    ).toEqual([]);
    expect(bannedCalls(tree('src/live/a.ts', 'performance.now();'))).toEqual([]);
    expect(bannedCalls(tree('src/engine/a.ts', 'const tiny = 2 ** -54;'))).toEqual([]);
    expect(bannedCalls(tree('src/measure/a.ts', 'new Date(startMs);'))).toEqual([]);
  });
  test.each([
    ['a note', 'src/a.ts', `// TO${'DO'}: later`],
    ['raw HTML', 'src/ui/A.svelte', '<p>{@html text}</p>'],
    ['a machine path', 'README.md', `see /ho${'me'}/someone/notes`],
    ['a host', 'package-lock.json', `https://registry.np${'mjs'}.org/vite`],
  ])('%s', (_, path, text) => {
    expect(textProblems(tree(path, text))).toHaveLength(1);
  });
  test('no machine path in a JSON Pointer or an address', () => {
    const text = `'/stages/resize/work/phases' 'https://example.org/home/a' \`/stages/\${id}/work/kind\``;
    expect(textProblems(tree('src/a.ts', text))).toEqual([]);
  });
  test('a long file', () => {
    expect(longFileProblems(tree('src/a.ts', 'a;\n'.repeat(linesMax + 1)))).toHaveLength(1);
    expect(longFileProblems(tree('src/a.ts', 'a;\n'.repeat(linesMax)))).toEqual([]);
  });
  test('a file that nothing leads to', () => {
    const files = new Map([
      ['index.html', '<script type="module" src="/src/main.ts"></script>'],
      ['src/main.ts', `import './a.ts'; import.meta.glob('./gallery/*.ts'); start('src/b.ts');`],
      ['src/a.ts', `import './a.css';`],
      ['src/a.css', ''],
      ['src/b.ts', ''],
      ['src/gallery/c.ts', ''],
      ['src/dead.ts', `import './deader.ts';`],
      ['src/deader.ts', ''],
    ]);
    expect(deadFiles(files)).toEqual(['src/dead.ts', 'src/deader.ts']);
  });
});
