import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { documentMarks } from '../../src/ui/editor/document-marks.ts';

const stage = (id: string, after: string): string =>
  `{ "id": "${id}", "after": ["${after}"], "work": { "kind": "synthetic", "phases": [] } }`;
const text = `{ "format": "millrace/1", "stages": [\n  ${stage('a', 'b')},\n  ${stage('b', 'nobody')}\n] }`;

test('a problem is marked where its field stands, however the text is laid out', () => {
  const { problems } = parseDocument(text);
  const marks = documentMarks(text, problems);
  const unknown = marks.find(({ message }) => message.includes('nobody'))!;
  const line = text.split('\n')[unknown.line - 1]!;
  expect(unknown.endLine).toBe(unknown.line);
  expect(line.slice(unknown.column - 1, unknown.endColumn - 1)).toBe('"nobody"');
  expect(unknown.severity).toBe('error');
});

test('text that is no JSON is left to the editor', () => {
  const { problems } = parseDocument('{ "format": ');
  expect(problems).toHaveLength(1);
  expect(documentMarks('{ "format": ', problems)).toEqual([]);
});
