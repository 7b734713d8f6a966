import { describe, expect, test } from 'vitest';
import { checkSource, compileCode } from '../../src/live/compile/compile.ts';
import type { CodeInput } from '../../src/live/compile/unit.ts';

const input = (source: string, more: Partial<CodeInput> = {}): CodeInput => ({
  stages: [{ id: 'a', source }],
  sourceCode: null,
  modules: {},
  shippedNames: ['millrace:text'],
  shippedTexts: {},
  ...more,
});

const messages = (source: string, more: Partial<CodeInput> = {}) =>
  compileCode(input(source, more)).errors.map((error) => error.message);

describe('compiling', () => {
  test('strips types and keeps lines', () => {
    const { code } = compileCode(
      input('interface A {\n  b: number;\n}\nexport default (a: A): number =>\n  a.b;'),
    );
    const text = code!.units[0]!.pieces.join('');
    expect(text).not.toContain('number');
    expect(text.split('\n')[4]).toContain('a.b');
    expect(code!.stageUnits).toEqual([0]);
  });

  test('puts modules before those that import them, and cuts their names out', () => {
    const { code } = compileCode(
      input('import { one } from "tokens";\nexport default () => one;', {
        modules: {
          tokens: 'import { two } from "base";\nexport const one = two;',
          base: 'export const two = 2;',
        },
      }),
    );
    expect(code!.units.map((unit) => unit.name)).toEqual([
      'module "base"',
      'module "tokens"',
      'stage "a"',
    ]);
    expect(code!.units[2]!.pieces).toEqual([
      'import { one } from "',
      '";\nexport default () => one;',
    ]);
    expect(code!.units[2]!.imports).toEqual([1]);
  });

  test('asks for shipped modules, then takes them', () => {
    const source =
      'import { terms } from "millrace:text";\nexport default (t: string) => terms(t);';
    expect(compileCode(input(source)).needs).toEqual(['millrace:text']);
    const { code } = compileCode(
      input(source, { shippedTexts: { 'millrace:text': 'export const terms = (t) => [t];' } }),
    );
    expect(code!.units).toHaveLength(2);
  });

  test('a dynamic import by name is rewritten too', () => {
    const { code } = compileCode(
      input('export default async () => (await import("tokens")).one;', {
        modules: { tokens: 'export const one = 1;' },
      }),
    );
    expect(code!.units[1]!.pieces.join('URL')).toContain('import("URL")');
  });

  test('imports of types alone need nothing', () => {
    const { code } = compileCode(
      input('import type { A } from "./types.ts";\nexport default (a: A) => a;'),
    );
    expect(code!.units).toHaveLength(1);
  });

  test.each<[string, boolean]>([
    ['export const moves = true;', true],
    ['export const moves: boolean = true;', true],
    ['export const moves = false;', false],
    ['const moves = true;', false],
    ['type moves = 1; export type { moves };', false],
    ['type moves = 1; export { type moves };', false],
    ['export type moves = 1;', false],
    ['export const { moves: other } = { moves: 1 };', false],
    ['export const other = true;', false],
    ['', false],
  ])('what "%s" says of moving: %s', (line, moves) => {
    const { code } = compileCode(input(`${line}\nexport default (x: number) => x;`));
    expect(code!.units.at(-1)!.moves).toBe(moves);
  });

  test('the digest of a stage changes with the modules it imports', () => {
    const digest = (two: string) =>
      compileCode(
        input('import { two } from "base"; export default () => two;', { modules: { base: two } }),
      ).code!.units.at(-1)!.digest;
    expect(digest('export const two = 2;')).not.toBe(digest('export const two = 3;'));
    expect(digest('export const two = 2;')).toBe(digest('export const two = 2;'));
  });
});

describe('what cannot be compiled', () => {
  test('a syntax error has its stage and place', () => {
    const { errors } = compileCode(input('export default (item) => {\n  return item +;\n};'));
    expect(errors[0]).toMatchObject({ stage: 'a', line: 2 });
    expect(errors[0]!.message).toContain('Unexpected token');
  });

  test('names the nearest module', () => {
    const modules = { tokens: 'export const one = 1;' };
    expect(messages('import "token"; export default 1;', { modules })).toEqual([
      'There is no module "token"; did you mean "tokens"?',
    ]);
    expect(messages('import x from "./tokens.ts"; export default x;', { modules })[0]).toBe(
      '"./tokens.ts" cannot be imported: stage code imports modules by name, never by address; did you mean "tokens"?',
    );
    expect(messages('import x from "https://x.test/a.js"; export default x;')[0]).toContain(
      'never by address',
    );
  });

  test('names the modules of a circle', () => {
    const modules = { a: 'import "b";', b: 'import "a";' };
    expect(messages('import "a"; export default 1;', { modules })).toEqual([
      'Modules import each other in a circle: "a" → "b" → "a".',
    ]);
  });

  test.each([
    ['namespace A { export const b = 1; }\nexport default () => A.b;', 'namespace'],
    ['import a = require("b");\nexport default a;', 'import … ='],
    ['export = 3;', 'export ='],
    ['const n = "x"; export default () => import(n);', 'in quotes'],
    ['export const a = 1;', 'no default export'],
    ['', 'no default export'],
    ['export const moves = 1; export default () => 1;', 'exports `moves`'],
    ['const moves = true; export { moves }; export default () => 1;', 'exports `moves`'],
    ['export { yes as moves }; const yes = true; export default () => 1;', 'exports `moves`'],
    ['export function moves() {} export default () => 1;', 'exports `moves`'],
    ['export const { moves = true } = {}; export default () => 1;', 'exports `moves`'],
    ['export const [, ...moves] = []; export default () => 1;', 'exports `moves`'],
    ['import(); export default () => 1;', 'import()'],
    ['export as namespace A; export default () => 1;', 'export as namespace'],
  ])('%j is refused', (source, part) => {
    expect(messages(source).join('\n')).toContain(part);
  });

  test('a computed enum works, being only translated', () => {
    expect(messages('enum A { b = 1 }\nexport default () => A.b;')).toEqual([]);
  });

  test('checks one text for an editor', () => {
    expect(checkSource('const a = ;')).toMatchObject([{ line: 1, column: 11 }]);
    expect(checkSource('const a: number = 1;')).toEqual([]);
  });
});
