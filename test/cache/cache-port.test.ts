import { describe, expect, test } from 'vitest';
import { keysPerMessageMax, readToCache } from '../../src/base/cache-port.ts';
import { entry, keyOf } from './store-probe.ts';

const get = (keys: unknown, request: unknown = 1) => ({ type: 'get', request, keys });
const put = (...entries: unknown[]) => ({ type: 'put', entries });
const holes: unknown[] = [keyOf(1)];
holes.length = 3;

describe('messages to the cache', () => {
  test.each([
    ['a question', get([keyOf(1), keyOf(2)])],
    ['a question for nothing', get([])],
    ['results', put(entry(1, { a: 1n }), entry(2, undefined, { ttlMs: 0.5 }))],
  ])('%s is taken as it is', (_, message) => {
    expect(readToCache(structuredClone(message))).toEqual(message);
  });
  test.each([
    ['nothing', null],
    ['a word', 'get'],
    ['another kind', { type: 'clear' }],
    ['a question without a number', get([keyOf(1)], '1')],
    ['no list of keys', get({ length: 1, 0: keyOf(1) })],
    ['a key that is none', get([keyOf(1), '../other/namespace'])],
    ['a key with a line break', get([`${keyOf(1)}\n`])],
    ['keys with holes', get(holes)],
    ['too many keys', get(new Array(keysPerMessageMax + 1).fill(keyOf(1)))],
    ['results with holes', { type: 'put', entries: [entry(1, 1), , entry(2, 2)] }], // eslint-disable-line no-sparse-arrays
    ['too many results', put(...new Array<unknown>(keysPerMessageMax + 1).fill(entry(1, 1)))],
    ['a stage that is none', put(entry(1, 1, { stage: '__proto__' }))],
    ['a stage whose name is too long', put(entry(1, 1, { stage: 'x'.repeat(1001) }))],
    ['a negative time to live', put(entry(1, 1, { ttlMs: -1 }))],
    ['a time to live without end', put(entry(1, 1, { ttlMs: Infinity }))],
    ['a time to live that is none', put({ ...entry(1, 1), ttlMs: undefined })],
  ])('%s is not taken', (_, message) => {
    expect(readToCache(structuredClone(message))).toBe(null);
  });
});
