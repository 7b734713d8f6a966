import { describe, expect, test, vi } from 'vitest';
import { code, runLive } from './run-live.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What the runtime, and all it is made of, could use after stage code has been loaded. */
const objects = [
  ...['Object', 'Function', 'Array', 'Map', 'Set', 'WeakMap', 'Promise', 'String', 'Number'],
  ...['RegExp', 'Error', 'Symbol', 'Date', 'Float64Array', 'Int32Array', 'Iterator', 'AbortSignal'],
  ...['AbortController', 'Event', 'EventTarget', 'MessageEvent', 'MessagePort', 'Performance'],
].flatMap((name) => [`self.${name}`, `self.${name}?.prototype`]);
objects.push(
  ...['Reflect', 'Math', 'JSON', 'Atomics', 'performance', 'Object.getPrototypeOf(Int8Array)'],
  'Object.getPrototypeOf(Int8Array.prototype)',
  'Object.getPrototypeOf([].values())',
  'Object.getPrototypeOf(new Map().values())',
  'Object.getPrototypeOf(new Set().values())',
  'Object.getPrototypeOf(function* () {}).prototype',
  'Object.getPrototypeOf(async function* () {}).prototype',
);
const globals = [
  'setTimeout',
  'queueMicrotask',
  'structuredClone',
  'Promise',
  'Map',
  'Set',
  'Array',
];
globals.push(
  'Float64Array',
  'MessageChannel',
  'AbortController',
  'DOMException',
  'Error',
  'Symbol',
);

const replacements = {
  throw: `function () { throw new TypeError('tampered'); }`,
  'do nothing': 'function () {}',
  'give what they are called on': 'function () { return this; }',
};

/** Replaces every function and getter of them all. */
const tamper = (replacement: string) => `
const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
const objects = [${objects.join()}];
const evil = ${replacement};
function tamper() {
  for (let i = 0; i < objects.length; i++) {
    if (!objects[i]) continue;
    const keys = ownKeys(objects[i]);
    for (let at = 0; at < keys.length; at++) {
      const found = getOwnPropertyDescriptor(objects[i], keys[at]);
      if (!found.configurable) continue;
      if (typeof found.value === 'function') {
        defineProperty(objects[i], keys[at], { __proto__: null, value: evil, configurable: true });
      } else if (found.get) {
        defineProperty(objects[i], keys[at], { __proto__: null, get: evil, configurable: true });
      }
    }
  }
  ${globals.map((name) => `self.${name} = evil;`).join(' ')}
}
`;

const run = (source: string) =>
  runLive(
    {
      source: { kind: 'values', values: [0, 1, 2, 3] },
      stages: [
        code('evil', source),
        code('after', 'export default (n) => n;', { after: ['evil'] }),
      ],
      machine: { workers: 1, tasksPerWorker: 2 },
    },
    {},
    { silentAfterMs: 500 },
  );

describe('a machine whose built-in functions are all made to', () => {
  describe.each(Object.entries(replacements))('%s', (_, replacement) => {
    test.each([
      ['while code loads', 'tamper(); export default (n) => n;'],
      [
        'while a task runs',
        'let isFirst = true; export default async (n) => { if (isFirst) { isFirst = false; tamper(); } return n; };',
      ],
    ])('%s goes on', async (_, attack) => {
      const report = await run(tamper(replacement) + attack);
      expect(report.error).toBe(null);
      expect(report.failures).toEqual([]);
      expect(report.results.map(({ value }) => value).sort()).toEqual([0, 1, 2, 3]);
    });
  });
});

test('a clock that stands still, and one of shared memory, change no measured time', async () => {
  const report = await run(
    `const clock = performance.now.bind(performance);
     const ticks = new Int32Array(new SharedArrayBuffer(4));
     performance.now = Date.now = () => 0;
     Object.defineProperty(Performance.prototype, 'timeOrigin', { get: () => 0 });
     export default (n) => { for (const end = clock() + 20; clock() < end; ) Atomics.add(ticks, 0, 1); return n; };`,
  );
  const { tasks } = report.trace;
  expect(report.error).toBe(null);
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== 0) continue;
    expect(tasks.end[row]! - tasks.start[row]!).toBeGreaterThanOrEqual(20);
    expect(tasks.start[row]!).toBeGreaterThanOrEqual(tasks.dispatch[row]!);
  }
});

const keys = [
  'type',
  'task',
  'number',
  'ends',
  'numbers',
  'values',
  'others',
  'fault',
  'codes',
  'then',
];
keys.push(
  'entryFaults',
  'startMs',
  'endMs',
  'setup',
  'synthetic',
  'inputs',
  'more',
  'at',
  'value',
  'get',
);

test.each([
  ['a setter', '{ __proto__: null, set() {}, get() {}, configurable: true }'],
  ['a value', '{ __proto__: null, value: () => 1, configurable: true, writable: true }'],
])('%s on Object.prototype for every name in a message stops nothing', async (_, property) => {
  const report = await run(
    `for (const key of ${JSON.stringify(keys)}) Reflect.defineProperty(Object.prototype, key, ${property});
     export default (n) => n;`,
  );
  expect([report.error, report.failures]).toEqual([null, []]);
  expect(report.trace.meta.items.delivered).toBe(4);
});

test('lists that came with methods of their own are read all the same', async () => {
  const report = await run(
    `const own = (at) => ({ configurable: true, get() {}, set(value) {
       this.slice = this.map = this.length2 = 1;
       Object.defineProperty(this, at, { value, writable: true, enumerable: true, configurable: true });
     } });
     for (let at = 0; at < 3; at++) Object.defineProperty(Array.prototype, at, own(at));
     export default (n, ctx) => ctx.many([n]);`,
  );
  if (report.error) expect(report.error).toMatchObject({ stage: 'evil' });
  else expect(report.trace.meta.items.delivered).toBe(4);
  expect(report.error?.message ?? '').not.toContain('The run broke down');
});

describe('lists that take no entries', () => {
  const noEntries = (at: string) =>
    `for (let i = 0; i < 9; i++) Object.defineProperty(${at}, i, { set() {}, get() {} });
     export default (n) => n;`;

  test('end the run soon, and the stage is named', async () => {
    const report = await run(noEntries('Array.prototype'));
    expect(report.error).toMatchObject({ stage: 'evil' });
    expect(report.error!.message).toMatch(
      /^Workers broke 6 times \(.*\): the code of stage "evil" replaces built-in functions/,
    );
    expect(report.trace.meta.ended).toBe('failed');
  });
});
