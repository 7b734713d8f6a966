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

test('a zip does not wait for a branch out of which nothing comes', () => {
  const drops = stage('b', { work: { kind: 'synthetic', phases: [], expand: 0 } });
  const z = stage('z', { after: ['a', 'b'] });
  expect(messagesOf(stage('a'), drops, z)).toEqual([
    'stages.z.after waits for "b", out of which nothing ever comes (its work.expand is 0: it drops every item), so every other half would wait in vain; leave "b" out, or use join "each" or "all"',
  ]);
  const below = stage('c', { after: ['b'] });
  expect(messagesOf(stage('a'), drops, below, stage('z', { after: ['a', 'c'] }))[0]).toMatch(
    /^stages\.z\.after waits for "c", .*"b" above it drops every item/,
  );
  // A list, a chance or code may let some through; and where nothing comes at all nobody waits.
  const some = stage('b', { work: { kind: 'synthetic', phases: [], expand: 0.5, failure: 1 } });
  expect(messagesOf(stage('a'), some, z)).toEqual([]);
  expect(messagesOf({ ...drops, id: 'a' }, drops, z)).toEqual([]);
  expect(messagesOf(stage('a'), drops, { ...z, join: 'all' })).toEqual([]);
});
