import { describe, expect, test } from 'vitest';
import { CacheKeys } from '../../src/live/coordinator/cache-keys.ts';
import { Payloads, remade } from '../../src/live/coordinator/payloads.ts';
import { preview } from '../../src/live/coordinator/preview.ts';
import { ReadyFeed, StreamFeed } from '../../src/live/coordinator/source-feed.ts';
import { fileItem } from '../../src/live/input-items.ts';
import { sourcePlace } from '../../src/live/unit-places.ts';
import { compilePlan } from '../../src/engine/plan.ts';
import { compileCode } from '../../src/live/compile/compile.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { pagePolicy } from '../../src/live/build/page-policy.ts';
import { whyUncloneable } from '../../src/live/runtime/uncloneable.ts';

describe('payloads', () => {
  test('go with their last reader, copies included', () => {
    const payloads = new Payloads();
    payloads.put(0, 5, new Uint8Array(100), 2);
    payloads.alias(0, 5, 9);
    expect(payloads.heldBytes).toBe(100);
    payloads.release(0, 9);
    expect(payloads.has(0, 9)).toBe(false);
    expect(payloads.get(0, 5)).toHaveLength(100);
    payloads.release(0, 5);
    expect(payloads.heldBytes).toBe(0);
    expect(payloads.has(0, 5)).toBe(false);
  });
  test('when all readers are copies the original goes too', () => {
    const payloads = new Payloads();
    payloads.put(0, 5, 'x', 2);
    payloads.alias(0, 5, 6);
    payloads.alias(0, 5, 7);
    payloads.release(0, 7);
    payloads.release(0, 6);
    expect([payloads.has(0, 5), payloads.heldBytes]).toEqual([false, 0]);
  });
  test('what can be made again is made when it is read, by the name of a copy too', () => {
    const payloads = new Payloads((item) => ({ index: item }));
    payloads.put(-1, 5, remade, 2, 26);
    payloads.alias(-1, 5, 9);
    expect([payloads.get(-1, 5), payloads.get(-1, 9)]).toEqual([{ index: 5 }, { index: 5 }]);
    expect(payloads.heldBytes).toBe(26);
    payloads.release(-1, 5);
    payloads.release(-1, 9);
    expect(payloads.heldBytes).toBe(0);
  });
  test('rows far apart, and again after they went', () => {
    const payloads = new Payloads();
    for (const row of [0, 1023, 1024, 5_000_000, 1024, 0]) {
      payloads.put(0, row, `row ${row}`, 0);
      expect(payloads.take(0, row)).toBe(`row ${row}`);
      expect(payloads.has(0, row)).toBe(false);
    }
    expect(payloads.heldBytes).toBe(0);
  });
  test('letting go of what is not there is a bug that says so', () => {
    expect(() => new Payloads().release(0, 1)).toThrow('held');
  });
});

describe('cache keys', () => {
  const keys = (version: string, source: string, pageSize = 10) => {
    const pipeline = withDefaults({
      format: 'millrace/1',
      source: { kind: 'service', service: { pageSize } },
      stages: [{ id: 'a', work: { kind: 'code', source }, cache: { version } }],
    });
    const plan = compilePlan(pipeline, { cores: 1, cache: 'on' });
    const { code } = compileCode({
      stages: [{ id: 'a', source }],
      sourceCode: null,
      modules: {},
      shippedNames: [],
      shippedTexts: {},
    });
    return new CacheKeys(plan, code!);
  };
  const source = 'export default (n) => n;';
  const input = { b: 1, a: 2 };
  const key = keys('1', source).keyOf(0, input, [0, 1]);
  test('depend on code, version, what the service gives and input, and on nothing else', () => {
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(keys('1', source).keyOf(0, { ...input }, [1, 2])).toBe(key);
    expect(keys('2', source).keyOf(0, input, [0, 1])).not.toBe(key);
    expect(keys('1', `${source} `).keyOf(0, input, [0, 1])).not.toBe(key);
    expect(keys('1', source, 5).keyOf(0, input, [0, 1])).not.toBe(key);
    expect(keys('1', source).keyOf(0, { b: 1, a: 3 }, [0, 1])).not.toBe(key);
  });
  test('inputs that code can tell apart have different ones', () => {
    expect(keys('1', source).keyOf(0, { a: 2, b: 1 }, [0, 1])).not.toBe(key);
  });
  test('what cannot be named, or not be read, has no key', () => {
    expect(keys('1', source).keyOf(0, () => 1, [0, 1])).toBe(null);
    expect(keys('1', source).keyOf(0, { file: new Blob(['a']) }, [0, 1])).toBe(null);
  });
});

test.each([
  ['export default (x, ctx) => ctx.item;', true],
  ['export default (x, c) => c . random();', true],
  ['export default (x, { random }) => random();', true],
  ['export default (x, ctx) => { const { wait, item: n } = ctx; return n; };', true],
  ['export default (x, { setup: { size }, item = 0 }) => item + size;', true],
  ["export default (x, ctx) => ctx['item'];", true],
  ['export default (item, ctx) => item.path + item;', false],
  ['export default (item) => Math.random() + item;', false],
  ['export default ({ path }, ctx) => ctx.wait(path.length);', false],
])('%s: equal inputs of two items have keys of their own: %s', (source, isTold) => {
  const pipeline = withDefaults({
    format: 'millrace/1',
    stages: [{ id: 'a', work: { kind: 'code', source }, cache: {} }],
  });
  const { code } = compileCode({
    stages: [{ id: 'a', source }],
    sourceCode: null,
    modules: {},
    shippedNames: [],
    shippedTexts: {},
  });
  const keys = new CacheKeys(compilePlan(pipeline, { cores: 1, cache: 'on' }), code!);
  expect(keys.keyOf(0, 'same', [0, 5]) !== keys.keyOf(0, 'same', [1, 6])).toBe(isTold);
  expect(keys.keyOf(0, 'same', [0, 5])).toBe(keys.keyOf(0, 'same', [0, 5]));
});

describe('source feeds', () => {
  test('a stream asks for what is missing, once', () => {
    const asked: number[] = [];
    const feed = new StreamFeed((count) => asked.push(count));
    feed.ask(4);
    feed.ask(4);
    feed.give([1, 2], false);
    feed.ask(4);
    expect(asked).toEqual([4]);
    expect([feed.take(), feed.take(), feed.atHand]).toEqual([1, 2, 0]);
    feed.ask(4);
    expect(asked).toEqual([4, 2]);
    feed.give([], true);
    expect(feed.isEmpty).toBe(true);
  });
  test('a ready one has all at hand', () => {
    const feed = new ReadyFeed(2, (index) => index);
    expect([feed.take(), feed.take(), feed.isEmpty]).toEqual([0, 1, true]);
  });
});

test('previews are short', () => {
  expect(
    preview({ a: [1, 2, 3, 4, 5, 6, 7, 8], b: 'x'.repeat(500), c: new Uint8Array(9) }),
  ).toMatch(/^\{ a: \[1, 2, 3, 4, 5, 6, … 8 in all\], b: "x+…", c: Uint8Array\(9 bytes\) \}$/);
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(preview(circle).length).toBeLessThan(100);
});

test('files are text when they are UTF-8 without a NUL', () => {
  expect(fileItem('a', new TextEncoder().encode('é'))).toEqual({ path: 'a', text: 'é' });
  expect(fileItem('a', new Uint8Array([0xff, 0xfe, 0x41]))).toHaveProperty('bytes');
  expect(fileItem('a', new Uint8Array([65, 0, 66]))).toHaveProperty('bytes');
});

test('what cannot be cloned is named', () => {
  expect(whyUncloneable({ list: [1, new Map([['k', () => 1]])] })).toBe(
    'result.list[1].get("k") is a function',
  );
  expect(whyUncloneable({ p: Promise.resolve() })).toBe('result.p is a Promise');
});

test('a column is told only where the line was loaded as it was written', () => {
  const source = 'const a: number = 1;\nexport default () => a;';
  const pipeline = withDefaults({
    format: 'millrace/1',
    stages: [{ id: 'a', work: { kind: 'code', source } }],
  });
  const { code } = compileCode({
    stages: [{ id: 'a', source }],
    sourceCode: null,
    modules: {},
    shippedNames: [],
    shippedTexts: {},
  });
  const at = (line: number) => sourcePlace({ unit: 0, line, column: 5 }, 'a', pipeline, code!);
  expect(at(1)).toEqual({ line: 1, where: '' });
  expect(at(2)).toEqual({ line: 2, column: 5, where: '' });
});

test('the page policy lists the frame’s script and every inline one, and no more', () => {
  const policy = pagePolicy('<script>let a</script><script src="x.js"></script>', 'sha256-frame');
  expect(policy).toContain("'sha256-frame'");
  expect(policy.match(/'sha256-/g)).toHaveLength(2);
  expect(policy).not.toMatch(/unsafe-eval'(?<!wasm-unsafe-eval')|script-src[^;]*unsafe-inline/);
});
