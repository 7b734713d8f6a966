import { expect, test } from 'vitest';
import { firstLoadFiles } from './first-load.ts';

const manifest = {
  'index.html': {
    file: 'assets/index.js',
    isEntry: true,
    imports: ['_shared.js'],
    dynamicImports: ['lazy.ts'],
  },
  '_shared.js': { file: 'assets/shared.js', imports: ['_deep.js', 'index.html'] },
  '_deep.js': { file: 'assets/deep.js' },
  'lazy.ts': { file: 'assets/lazy.js', isDynamicEntry: true, imports: ['_heavy.js'] },
  'src/ui/mount.ts': { file: 'assets/mount.js', isDynamicEntry: true },
  '_heavy.js': { file: 'assets/heavy.js' },
};

test('counts what the page waits for: entry, interface, static imports, preloads', () => {
  const html =
    '<link rel="modulepreload" href="./assets/preloaded.js"><script src="./assets/index.js">';
  expect(firstLoadFiles(manifest, html)).toEqual([
    'assets/deep.js',
    'assets/index.js',
    'assets/mount.js',
    'assets/preloaded.js',
    'assets/shared.js',
  ]);
});
