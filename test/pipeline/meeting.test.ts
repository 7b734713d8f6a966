import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';

const stage = (id: string, more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
  ...more,
});
const messagesOf = (...stages: StageDocument[]): string[] =>
  parseDocument({ format: 'millrace/1', source: { kind: 'count', count: 2 }, stages })
    .problems.filter((problem) => problem.severity === 'error')
    .map((problem) => problem.message);

test('branches of one fork meet', () => {
  expect(messagesOf(stage('a'), stage('b'), stage('z', { after: ['a', 'b'] }))).toEqual([]);
});

test('the result of an all never meets a source item', () => {
  const [message] = messagesOf(
    stage('a'),
    stage('sum', { after: ['a'], join: 'all' }),
    stage('z', { after: ['a', 'sum'] }),
  );
  expect(message).toMatch(/^stages\.z\.after is zipped from "a" and "sum", which never put out/);
});

test('children never meet their parent, unless code may pass it on too', () => {
  const children = stage('kids', {
    after: ['a'],
    work: { kind: 'synthetic', phases: [], expand: 2 },
  });
  expect(messagesOf(stage('a'), children, stage('z', { after: ['a', 'kids'] }))).toHaveLength(1);
  const code = stage('kids', {
    after: ['a'],
    work: { kind: 'code', source: 'export default (x) => x' },
  });
  expect(messagesOf(stage('a'), code, stage('z', { after: ['a', 'kids'] }))).toEqual([]);
});

test('siblings of one all meet below it', () => {
  expect(
    messagesOf(
      stage('sum', { join: 'all' }),
      stage('a', { after: ['sum'] }),
      stage('b', { after: ['sum'] }),
      stage('z', { after: ['a', 'b'] }),
    ),
  ).toEqual([]);
});
