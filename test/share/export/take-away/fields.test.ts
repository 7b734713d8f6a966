import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentJsonSchema, type JsonSchema } from '../../../../src/pipeline/json-schema.ts';
import { fields } from '../../../../src/share/export/take-away/fields.ts';
import { versions } from '../../../../src/share/export/take-away/package-file.ts';

/** "stages.batch.size" of every field that the schema has, lists gone through; names in tables are no fields. */
function fieldPaths(schema: JsonSchema, above = ''): string[] {
  const choices = (schema['anyOf'] ?? schema['allOf'] ?? []) as JsonSchema[];
  const inside = [...choices, ...(schema['items'] ? [schema['items'] as JsonSchema] : [])];
  const own = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  return [
    ...inside.flatMap((one) => fieldPaths(one, above)),
    ...own.flatMap(([name, one]) => [`${above}${name}`, ...fieldPaths(one, `${above}${name}.`)]),
  ];
}
const paths = new Set(fieldPaths(documentJsonSchema()));

test('every field of the document has a fate: its own, or that of what it is in', () => {
  const hasFate = (path: string): boolean =>
    path in fields || (path.includes('.') && hasFate(path.slice(0, path.lastIndexOf('.'))));
  const isSplit = (path: string): boolean =>
    Object.keys(fields).some((known) => known.startsWith(`${path}.`));
  expect(paths.size).toBeGreaterThan(60);
  expect([...paths].filter((path) => !hasFate(path) && !isSplit(path))).toEqual([]);
});

test('no fate is of a field that is not there', () => {
  expect(Object.keys(fields).filter((path) => !paths.has(path))).toEqual([]);
});

test('projects ask for the packages that they are tested with', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(devDependencies).toMatchObject(versions);
});
