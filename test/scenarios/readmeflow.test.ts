import { describe, expect, test } from 'vitest';
import listExports from '../../src/scenarios/stages/readmeflow/exports.ts';
import outline from '../../src/scenarios/stages/readmeflow/outline.ts';
import read from '../../src/scenarios/stages/readmeflow/read.ts';
import write from '../../src/scenarios/stages/readmeflow/write.ts';
import { corpusFiles, nothing, stageContext } from './support.ts';

function pageOf(file: StageFile) {
  const metadata = read(file, stageContext());
  return write({ exports: listExports(metadata), outline: outline(metadata) });
}

describe('readmeflow', () => {
  const files = corpusFiles('packages');

  test('writes a page for each direct dependency', () => {
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const { path, markdown } = pageOf(file);
      const { name, version } = JSON.parse(file.text) as { name: string; version: string };
      expect(path).toBe(`${name}.md`);
      expect(markdown.startsWith(`# ${name}\n`)).toBe(true);
      expect(markdown).toContain(`Version ${version}, licence `);
    }
  });

  test('lists what a package exports', () => {
    const file = files.find(({ path }) => path === 'node_modules/comlink/package.json')!;
    const { markdown } = pageOf(file);
    expect(markdown).toMatch(/^## Exports \(\d+\)$/m);
    expect(markdown).toContain('- `expose`');
    expect(markdown).toContain('- `transfer`');
    expect(markdown).toContain('licence Apache-2.0');
  });

  test('cuts long lists and says by how much', () => {
    const names = Array.from({ length: 30 }, (_, i) => `name${i}`);
    const text = `export const ${names.map((name) => `${name} = 0`).join(', ')};`;
    const entry = { path: 'index.js', text };
    const file = { path: 'package.json', text: JSON.stringify({ name: 'many', entry }) };
    const { markdown } = pageOf(file);
    expect(markdown).toContain('## Exports (30)');
    expect(markdown).toContain('- and 6 more\n');
  });

  test('refuses metadata that names no package, and passes other files by', () => {
    expect(() => read({ path: 'x.json', text: '{}' }, stageContext())).toThrow('x.json names no');
    expect(read({ path: 'x.md', text: '' }, stageContext())).toBe(nothing);
  });
});
