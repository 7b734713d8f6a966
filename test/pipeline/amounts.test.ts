import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { SourceDocument, StageDocument } from '../../src/pipeline/types.ts';

const stage = (id: string, more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
  ...more,
});
const messages = (source: SourceDocument, stages: StageDocument[]): string[] =>
  parseDocument({ format: 'millrace/1', source, stages })
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

describe('settings that are fine alone and beyond reason together', () => {
  test('children of children name the stage that makes most of them', () => {
    const many = (id: string, expand: number, after: string[]): StageDocument =>
      stage(id, { after, work: { kind: 'synthetic', phases: [], expand } });
    const stages = [
      many('a', 10, []),
      many('b', 1000, ['a']),
      many('c', 1000, ['b']),
      stage('d', { after: ['c'] }),
    ];
    expect(messages({ kind: 'count', count: 40 }, stages)).toEqual([
      expect.stringMatching(
        /^stages\.b\.work\.expand makes about .* items.*the ceiling is 20 million/,
      ),
    ]);
    expect(messages({ kind: 'count', count: 1 }, stages)).toEqual([]);
  });

  test('items through many stages name the source', () => {
    const chain = ['a', 'b', 'c'].map((id, at, all) => stage(id, { after: all.slice(at - 1, at) }));
    expect(messages({ kind: 'count', count: 10_000_000 }, chain)).toEqual([
      expect.stringMatching(/^source\.count makes about 30 million items/),
    ]);
    expect(messages({ kind: 'count', count: 6_000_000 }, chain)).toEqual([]);
  });

  test('a barrier ends what came before it', () => {
    const stages = [
      stage('a'),
      stage('all', { after: ['a'], join: 'all' }),
      stage('b', { after: ['all'] }),
    ];
    expect(messages({ kind: 'count', count: 9_000_000 }, stages)).toEqual([]);
  });

  test('arrivals that take longer than any run name the least rate', () => {
    const slow = (rate: number): SourceDocument => ({
      kind: 'count',
      count: 10,
      arrivals: { kind: 'uniform', rate },
    });
    expect(messages(slow(5e-324), [stage('a')])).toEqual([
      expect.stringMatching(/^source\.arrivals\.rate is 5e-324: .* use 1e-8 or more/),
    ]);
    expect(messages(slow(1e-7), [stage('a')])).toEqual([]);
  });

  test('a retry that would wait for ever names its factor', () => {
    const retry = (factor: number) => [
      stage('a', { retry: { attempts: 1000, backoff: 1, factor } }),
    ];
    expect(messages({ kind: 'count', count: 1 }, retry(1000))).toEqual([
      expect.stringMatching(/^stages\.a\.retry\.factor is 1000: .* would wait for ever/),
    ]);
    expect(messages({ kind: 'count', count: 1 }, retry(1))).toEqual([]);
  });

  test('a zip with a branch that ends every item is refused however the zero is written', () => {
    for (const expand of [0, { uniform: [0, 0] as [number, number] }, { perItem: [0, 0] }]) {
      const stages = [
        stage('a'),
        stage('b', { work: { kind: 'synthetic', phases: [], expand } }),
        stage('c', { after: ['a', 'b'] }),
      ];
      expect(messages({ kind: 'count', count: 3 }, stages)).toEqual([
        expect.stringContaining('waits for "b", out of which nothing ever comes'),
      ]);
    }
  });
});
