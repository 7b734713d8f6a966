import { describe, expect, test } from 'vitest';
import { cutImports } from '../../src/live/compile/cut-imports.ts';

const filled = (code: string): string => {
  const { pieces, specifiers } = cutImports(code);
  expect(pieces).toHaveLength(specifiers.length + 1);
  return pieces.reduce((text, piece, at) => `${text}<${specifiers[at - 1]}>${piece}`);
};

describe('cutImports', () => {
  test.each([
    ['nothing to cut', 'export default (item) => item;', 'export default (item) => item;'],
    ['a default', 'import one from "a";', 'import one from "<a>";'],
    ['names', "import { one as two } from 'a'\ntwo();", "import { one as two } from '<a>'\ntwo();"],
    ['only effects', 'import "a";', 'import "<a>";'],
    [
      'with attributes',
      'import a from "a" with { type: "json" };',
      'import a from "<a>" with { type: "json" };',
    ],
    [
      'names handed on',
      'export { one } from "a"; export * from "b";',
      'export { one } from "<a>"; export * from "<b>";',
    ],
    ['its own names', 'const one = "a"; export { one };', 'const one = "a"; export { one };'],
    ['a dynamic one', 'export default () => import("a");', 'export default () => import("<a>");'],
    [
      'inside a template',
      'f(`${await import("a")} import("b")`);',
      'f(`${await import("<a>")} import("b")`);',
    ],
    [
      'in the order of the text',
      'await import("a"); import "b"; await import("c");',
      'await import("<a>"); import "<b>"; await import("<c>");',
    ],
    [
      'nothing in comments, texts and patterns',
      '// import "a"\n/* import("b") */ f("import c", /import("d")/);',
      '// import "a"\n/* import("b") */ f("import c", /import("d")/);',
    ],
    ['no meta', 'f(import.meta.url); import "a";', 'f(import.meta.url); import "<a>";'],
    ['escapes read', 'import "\\u0061";', 'import "<a>";'],
  ])('%s', (_, code, expected) => {
    expect(filled(code)).toBe(expected);
  });

  test('what is no module is refused', () => {
    expect(() => cutImports('import { from "a"')).toThrow(SyntaxError);
  });
});
