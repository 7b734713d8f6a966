import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentJsonSchema } from '../../src/pipeline/json-schema.ts';
import { scanJson } from '../../src/pipeline/json-syntax.ts';
import { locatePointer } from '../../src/pipeline/locate.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { validDocument } from './arbitrary.ts';

describe('scanJson', () => {
  test('accepts exactly what JSON.parse accepts', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '1',
      '-0.5e3',
      '01',
      'true',
      'nul',
      ' ',
      '\n',
      '"',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.json(),
    );
    fc.assert(
      fc.property(text, (json) => {
        let fine = true;
        try {
          JSON.parse(json);
        } catch {
          fine = false;
        }
        expect(scanJson(json) === null, JSON.stringify(json)).toBe(fine);
      }),
      { numRuns: 3000 },
    );
  });
  test('visits every value with its path and range', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 1);
        scanJson(text, (path, from, to) => {
          const there = path.reduce(
            (at: unknown, key) => (at as Record<string, unknown>)[key],
            JSON.parse(text),
          );
          expect(JSON.parse(text.slice(from, to))).toEqual(there);
        });
      }),
    );
  });
});

test('a pointer is found in the text, stages by id', () => {
  const text = JSON.stringify(
    {
      format: 'millrace/1',
      stages: [
        { id: 'a', permits: 1 },
        { id: 'b', permits: 22 },
      ],
    },
    null,
    2,
  );
  const at = (pointer: string): string | null => {
    const range = locatePointer(text, pointer);
    return range && text.slice(range.from.offset, range.to.offset);
  };
  expect(at('/stages/b/permits')).toBe('22');
  expect(locatePointer(text, '/stages/b/permits')!.from).toMatchObject({ line: 10, column: 18 });
  // Not written down: the nearest thing around it.
  expect(at('/stages/a/batch/size')).toMatch(/^\{\s+"id": "a"/);
  expect(at('')).toBe(text);
  expect(locatePointer('{', '/a')).toBe(null);
});

describe('the JSON Schema', () => {
  const schema = documentJsonSchema();

  test('knows every field, with a sentence for each', () => {
    const stage = (
      schema as never as {
        properties: { stages: { items: { properties: Record<string, { description?: string }> } } };
      }
    ).properties.stages.items;
    expect(Object.keys(stage.properties)).toEqual([
      'id', 'name', 'after', 'join', 'work', 'setup', 'permits', 'uses', 'batch', 'buffer', 'priority', 'timeout',
      'retry', 'onError', 'cache',
    ]); // prettier-ignore
    for (const field of Object.values(stage.properties)) expect(field.description).toMatch(/\S/);
    expect(stage.properties['permits']).toEqual({
      anyOf: [{ type: 'integer', minimum: 1, maximum: 1_000_000 }, { type: 'null' }],
      description: "The stage's own semaphore: tasks running at once; null: no limit.",
    });
  });

  test('accepts what the parser accepts', () => {
    fc.assert(
      fc.property(validDocument, (document) => {
        expect(parseDocument(document).pipeline).not.toBe(null);
        expect(fault(schema, JSON.parse(JSON.stringify(document)), '')).toBe(null);
      }),
    );
  });

  test('refuses unknown fields, wrong kinds and what is out of range', () => {
    const stage = { id: 'a', work: { kind: 'synthetic', phases: [] } };
    const bad: object[] = [
      { colour: 1 },
      { permits: 0 },
      { permits: 1.5 },
      { join: 'zap' },
      { work: { kind: 'code' } },
      { uses: { a: 0 } },
    ];
    for (const more of bad) {
      expect(
        fault(schema, { format: 'millrace/1', stages: [{ ...stage, ...more }] }, ''),
        JSON.stringify(more),
      ).not.toBe(null);
    }
  });

  /** The part of JSON Schema that is used here: where a value does not fit, or null. */
  function fault(part: Record<string, unknown>, value: unknown, at: string): string | null {
    const sub = (inner: unknown, v: unknown, where = at): string | null =>
      fault(inner as never, v, where);
    if (part['$ref'] !== undefined) {
      const name = String(part['$ref']).replace('#/definitions/', '');
      return sub((schema['definitions'] as Record<string, unknown>)[name], value);
    }
    for (const inner of (part['allOf'] as unknown[] | undefined) ?? []) {
      const wrong = sub(inner, value);
      if (wrong !== null) return wrong;
    }
    const any = part['anyOf'] as unknown[] | undefined;
    if (any && !any.some((inner) => sub(inner, value) === null)) return at;
    const choices = part['enum'] as unknown[] | undefined;
    if (choices && !choices.includes(value)) return at;
    const type = part['type'];
    const kind = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
    if (type === 'integer' ? !Number.isInteger(value) : type !== undefined && type !== kind)
      return at;
    if (typeof value === 'number') {
      if (
        value < Number(part['minimum'] ?? -Infinity) ||
        value > Number(part['maximum'] ?? Infinity)
      )
        return at;
      if (value <= Number(part['exclusiveMinimum'] ?? -Infinity)) return at;
    }
    if (Array.isArray(value)) {
      if (
        value.length < Number(part['minItems'] ?? 0) ||
        value.length > Number(part['maxItems'] ?? Infinity)
      )
        return at;
      return part['items'] === undefined
        ? null
        : (value.map((v, i) => sub(part['items'], v, `${at}/${i}`)).find((w) => w !== null) ??
            null);
    }
    if (kind !== 'object') return null;
    const table = value as Record<string, unknown>;
    for (const name of (part['required'] as string[] | undefined) ?? [])
      if (!(name in table)) return `${at}/${name}`;
    const properties = (part['properties'] ?? {}) as Record<string, unknown>;
    for (const [key, v] of Object.entries(table)) {
      const inner = Object.hasOwn(properties, key)
        ? properties[key]
        : (part['additionalProperties'] ?? {});
      if (inner === false) return `${at}/${key}`;
      const wrong = sub(inner, v, `${at}/${key}`);
      if (wrong !== null) return wrong;
    }
    return null;
  }
});
