import { describe, expect, test } from 'vitest';
import { forbiddenImports } from './check-imports.ts';
import { importCycles } from './import-cycles.ts';
import { importsOf } from './imports-of.ts';
import { readProject } from './project-files.ts';

describe('this project', () => {
  const files = readProject();
  test('imports only what each room may', () => {
    expect(forbiddenImports(files)).toEqual([]);
  });
  test('has no circular imports', () => {
    expect(importCycles(files)).toEqual([]);
  });
});

describe('the check of imports finds', () => {
  const tree = (files: Record<string, string>): Map<string, string> =>
    new Map(Object.entries({ 'src/base/heap.ts': '', 'src/ui/App.svelte': '', ...files }));
  const found = (path: string, text: string, others: Record<string, string> = {}): string[] =>
    forbiddenImports(tree({ ...others, [path]: text }));

  test('nothing in what is allowed', () => {
    expect(found('src/engine/a.ts', `import { Heap } from '../base/heap.ts';`)).toEqual([]);
    expect(found('src/charts/a.ts', `import { scaleLinear } from 'd3';`)).toEqual([]);
    expect(found('src/main.ts', `import App from './ui/App.svelte';`)).toEqual([]);
    expect(found('src/live/build/a.ts', `import { build } from 'vite';`)).toEqual([]);
    expect(found('src/cli/a.ts', `import { join } from 'node:path';`)).toEqual([]);
    const stage = 'src/scenarios/stages/s';
    expect(found(`${stage}/a.ts`, `import 'board';`, { [`${stage}/board.d.ts`]: '' })).toEqual([]);
  });
  test.each([
    ['a room above', 'src/base/a.ts', `import App from '../ui/App.svelte';`],
    ['a type', 'src/base/a.ts', `import type App from '../ui/App.svelte';`],
    ['an inline type', 'src/base/a.ts', `type A = import('../ui/App.svelte').default;`],
    ['a re-export', 'src/base/a.ts', `export * from '../ui/App.svelte';`],
    ['a lazy import', 'src/base/a.ts', `void import('../ui/App.svelte');`],
    ['a raw import', 'src/base/a.ts', `import text from '../ui/App.svelte?raw';`],
    ['a worker', 'src/base/a.ts', `new Worker(new URL('../ui/App.svelte', import.meta.url));`],
    ['a package of another room', 'src/engine/a.ts', `import { scaleLinear } from 'd3';`],
    ['a scoped package', 'src/engine/a.ts', `import { sha256 } from '@noble/hashes/sha2.js';`],
    ['Node in the page', 'src/live/a.ts', `import { join } from 'node:path';`],
    ['a missing ending', 'src/engine/a.ts', `import { Heap } from '../base/heap';`],
    ['an absolute path', 'src/engine/a.ts', `import { Heap } from '/src/base/heap.ts';`],
    ['stage modules', 'src/live/a.ts', `import { parse } from 'millrace:typescript';`],
  ])('%s', (_, path, text) => {
    const problems = found(path, `\n${text}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${path}:2 `);
  });
  test('a component that reaches down to a machine', () => {
    const component = `<p>hello</p>\n<script lang="ts">\n  import { a } from '../live/a.ts';\n</script>`;
    expect(found('src/ui/A.svelte', component, { 'src/live/a.ts': '' })).toEqual([
      'src/ui/A.svelte:3 is in ui and may not import live (src/live/a.ts)',
    ]);
  });
  test('a folder that is stricter than the room around it', () => {
    const others = { 'src/charts/canvas/paint.ts': '', 'src/charts/svg/draw.ts': '' };
    const text = `import '../charts/svg/draw.ts';\nimport '../charts/canvas/paint.ts';`;
    expect(found('src/share/a.ts', text, others)).toEqual([
      'src/share/a.ts:2 is in share and may not import charts/canvas (src/charts/canvas/paint.ts)',
    ]);
  });
  test('the build or a test in the product', () => {
    const others = { 'src/live/build/plugin.ts': '', 'test/support/a.ts': '' };
    expect(found('src/live/a.ts', `import './build/plugin.ts';`, others)).toHaveLength(1);
    expect(found('src/main.ts', `import '../test/support/a.ts';`, others)).toHaveLength(1);
  });
  test('a worker that exposes two rooms', () => {
    const others = { 'src/live/a.ts': '', 'src/simulate/a.ts': '' };
    const text = `import '../src/live/a.ts';\nimport '../src/simulate/a.ts';\nimport '../src/base/heap.ts';`;
    expect(found('workers/a.ts', text, others)).toEqual([
      'workers/a.ts is a worker of several rooms: live, simulate',
    ]);
  });
  test('circles, but none made of types or lazy imports', () => {
    const circle = (back: string): string[] =>
      importCycles(
        tree({
          'src/base/a.ts': `import { b } from './b.ts';`,
          'src/base/b.ts': `import './C.svelte';`,
          'src/base/C.svelte': `<script>${back}</script>`,
        }),
      );
    expect(circle(`import { a } from './a.ts';`)).toEqual([
      'src/base/a.ts → src/base/b.ts → src/base/C.svelte → src/base/a.ts',
    ]);
    expect(circle(`import type { a } from './a.ts';`)).toEqual([]);
    expect(circle(`const a = () => import('./a.ts');`)).toEqual([]);
  });
  test('imports where they are, with their kind', () => {
    const text = `import type { A } from './a.ts';\n\nexport { b } from './b.ts?raw';\nconst c = () => import('c');`;
    expect(importsOf('x.ts', text)).toEqual([
      { specifier: './a.ts', query: '', kind: 'type', line: 1 },
      { specifier: './b.ts', query: 'raw', kind: 'static', line: 3 },
      { specifier: 'c', query: '', kind: 'dynamic', line: 4 },
    ]);
  });
});
