import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test, vi } from 'vitest';
import * as features from '../../src/scenarios/modules/features.ts';
import * as hash from '../../src/scenarios/modules/hash.ts';
import { walk, type SyntaxNode } from '../../src/scenarios/modules/syntax.ts';
import * as text from '../../src/scenarios/modules/text.ts';
import * as typescript from '../../src/scenarios/modules/typescript.ts';

const { functionsOf, exportsOf } = typescript;

test('the modules are what the editor is told they are', () => {
  expectTypeOf(features).toExtend<typeof import('millrace:features')>();
  expectTypeOf(hash).toExtend<typeof import('millrace:hash')>();
  expectTypeOf(text).toExtend<typeof import('millrace:text')>();
  expectTypeOf(typescript).toExtend<typeof import('millrace:typescript')>();
});

describe('functions', () => {
  test('are found wherever they stand, named after where they are put', () => {
    const source = [
      'export default function () {}',
      'const arrow = async <T,>(x: T): Promise<T> => x;',
      'obj.field = function () {};',
      'class A { #secret() {} get size() { return 0; } constructor(private x = () => 1) {} static y = () => 2; }',
      'const o = { method() {}, set v(x) {}, "quoted": () => 3 };',
      '[1].map((x) => x);',
      'declare function nothing(): void;',
    ].join('\n');
    const found = functionsOf(source, 'a.ts').map(({ name, kind, line }) => [name, kind, line]);
    expect(found).toEqual([
      ['default', 'function', 1],
      ['arrow', 'arrow', 2],
      ['field', 'function', 3],
      ['#secret', 'method', 4],
      ['size', 'getter', 4],
      ['constructor', 'constructor', 4],
      ['x', 'arrow', 4],
      ['y', 'arrow', 4],
      ['method', 'method', 5],
      ['v', 'setter', 5],
      ['quoted', 'arrow', 5],
      ['(anonymous)', 'arrow', 6],
    ]);
  });

  test('carry their own text and comparable tokens', () => {
    const source =
      'let a; /* c */ const sum = (rows) => { for (const r of rows) a += r.cost * 2; };';
    const [found] = functionsOf(source, 'a.js');
    expect(found?.text).toBe(source.slice(found?.start, found?.end));
    expect(found?.tokens.join(' ')).toBe(
      '( v0 ) => { for ( const v1 of v0 ) v2 += v1 .cost * 2 ; }',
    );
  });

  test('of a Svelte component keep their lines', () => {
    const source =
      '<p>{x}</p>\n<script lang="ts">\n  function go(): void {}\n</script>\n<style></style>';
    const [found] = functionsOf(source, 'A.svelte');
    expect([found?.name, found?.line, found?.text]).toEqual(['go', 3, 'function go(): void {}']);
  });

  test('are found however deep the tree is', () => {
    const leaf = { type: 'Leaf', start: 0, end: 0, loc: null };
    let root: Record<string, unknown> = leaf;
    for (let depth = 0; depth < 100_000; depth++)
      root = { type: 'Node', inner: root, list: [null] };
    let visited = 0;
    walk(root as unknown as SyntaxNode, () => visited++);
    expect(visited).toBe(100_001);
  });

  test('exports of every form', () => {
    const source = [
      'export const a = 1, b = 2; export type T = string; export { c as d, e };',
      "export * from './x'; export * as ns from './y'; export default class K {}",
      'export function f() {} export interface I {}',
    ].join('\n');
    expect(exportsOf(source, 'a.ts')).toEqual(
      ['* from ./x', 'I', 'T', 'a', 'b', 'd', 'default', 'e', 'f', 'ns'].sort(),
    );
  });
});

describe('features', () => {
  const token = fc.constantFrom('(', ')', 'v0', 'v1', '.push', 'if', 'return', '+', '1', '{', '}');
  const stream = fc.array(token, { minLength: 2, maxLength: 200 });

  test('vectors have unit length, and a stream is like itself', () => {
    fc.assert(
      fc.property(stream, (tokens) => {
        const vector = features.embed(tokens);
        expect(vector).toHaveLength(features.dimensions);
        expect(features.cosine(vector, features.embed([...tokens]))).toBeCloseTo(1, 5);
      }),
    );
  });

  test('are near for an edit, far for other code', () => {
    const tokens = Array.from({ length: 120 }, (_, i) => `t${(i * i) % 37}`);
    const edited = tokens.with(60, 'changed');
    const other = Array.from({ length: 120 }, (_, i) => `u${(i * 7) % 41}`);
    const vector = features.embed(tokens);
    expect(features.cosine(vector, features.embed(edited))).toBeGreaterThan(0.9);
    expect(Math.abs(features.cosine(vector, features.embed(other)))).toBeLessThan(0.3);
  });

  test('nothing to embed is the zero vector', () => {
    expect(features.embed([]).every((value) => value === 0)).toBe(true);
    expect(features.embed(['alone']).every((value) => value === 0)).toBe(true);
  });

  test('signatures: like vectors meet in a table, opposite ones never', () => {
    fc.assert(
      fc.property(stream, (tokens) => {
        const vector = features.embed(tokens);
        const one = features.signature(vector);
        expect(one).toHaveLength(features.tables);
        expect(one.every((bits) => bits < 2 ** features.bitsPerTable)).toBe(true);
        expect(features.signature(vector)).toEqual(one);
        const opposite = features.signature(vector.map((value) => -value));
        expect(one.some((bits, table) => bits === opposite[table])).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});

describe('text', () => {
  test('terms take names apart, cut plurals and leave out stop words', () => {
    expect(text.terms('The queueDepths of each stage_id: queries, status, x, HTTPServer2')).toEqual(
      ['queue', 'depth', 'each', 'stage', 'id', 'query', 'status', 'httpserver2'],
    );
  });

  test('terms named like fields of every object are counted like others', () => {
    expect({
      ...text.countTerms('constructor hasOwnProperty constructor __proto__'),
    }).toMatchObject({
      constructor: 2,
      own: 1,
      property: 1,
      proto: 1,
    });
  });

  test('search ranks by shared rare terms and says which', () => {
    const index = new text.TfIdfIndex([
      { id: 'b', terms: text.countTerms('retry backoff jitter worker') },
      { id: 'a', terms: text.countTerms('worker pool worker queue') },
      { id: 'c', terms: text.countTerms('colour palette worker') },
    ]);
    const found = index.search(text.countTerms('retry with jitter on a worker'), 2);
    expect(found[0]?.id).toBe('b');
    expect(found[0]?.because.slice(0, 2)).toEqual(['jitter', 'retry']);
    expect(found).toHaveLength(2);
    expect(index.search(text.countTerms('nowhere'), 5)).toEqual([]);
    const self = index.search(text.countTerms('retry backoff jitter worker'), 1);
    expect(self[0]?.score).toBe(1);
  });

  test('outline: headings outside fences, plain words', () => {
    const markdown = [
      '# A [link](x) ![badge](y)',
      '',
      '```sh',
      '# not this',
      '```',
      '## `code` and **bold** ##',
      '#not',
    ].join('\n');
    expect(text.outlineOf(markdown)).toEqual([
      { level: 1, title: 'A link', line: 1 },
      { level: 2, title: 'code and bold', line: 6 },
    ]);
  });

  test('first paragraph: after badges and quotes', () => {
    const markdown = '# T\n\n[![b](u)](v)\n\n> quote\n\nFirst *line*\nand second.\n\nLater.';
    expect(text.firstParagraph(markdown)).toBe('First line and second.');
    expect(text.firstParagraph('# only a title')).toBe('');
  });
});

describe('hash', () => {
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  test('plain code agrees with the platform on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(hash.sha256Bytes(bytes)).toString('hex')).toBe(digest(bytes));
      }),
    );
  });

  test('text is hashed as UTF-8, with WebCrypto and without', async () => {
    const expected = digest(new TextEncoder().encode('Mühlbach 🌊'));
    expect(await hash.sha256('Mühlbach 🌊')).toBe(expected);
    vi.stubGlobal('crypto', {});
    expect(await hash.sha256('Mühlbach 🌊')).toBe(expected);
    vi.unstubAllGlobals();
  });
});
