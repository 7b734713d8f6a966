import { beforeAll, describe, expect, test } from 'vitest';
import { attempts, probe } from './probes.ts';
import { code, lastFrame, runLive } from './run-live.ts';

const here = location.origin;
const blob = (text: string) => `URL.createObjectURL(new Blob([${JSON.stringify(text)}]))`;
/** Follows every property, getter and prototype from the globals on; gives the functions it finds, by name. */
const everyFunction = `(() => {
  const seen = new Set(), todo = [globalThis], names = new Set();
  const look = (one) => { if (one instanceof Promise) one.catch(() => {}); if (one !== null && /^(object|function)$/.test(typeof one)) todo.push(one); };
  while (todo.length > 0) {
    const one = todo.pop();
    if (seen.has(one)) continue;
    seen.add(one);
    if (typeof one === 'function' && String(one).includes('[native code]')) names.add(one.name);
    look(Object.getPrototypeOf(one));
    for (const key of Reflect.ownKeys(one)) {
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(one, key);
      [value, get, set].forEach(look);
      for (const receiver of get ? [one, globalThis, navigator] : []) {
        try { look(get.call(receiver)); } catch {}
      }
    }
  }
  return names;
})()`;

/** Each is tried inside a stage, all in one run: what it gives, or the error it meets. */
const table: Record<string, Record<string, [attempt: string, expected: string | RegExp]>> = {
  storage: {
    localStorage: ['typeof localStorage', 'undefined'],
    sessionStorage: ['typeof sessionStorage', 'undefined'],
    IndexedDB: ['typeof indexedDB', 'undefined'],
    'IndexedDB by its class': ['new IDBFactory()', /^TypeError/],
    'Cache Storage': ['typeof caches', 'undefined'],
    OPFS: ['navigator.storage.getDirectory()', /^TypeError: .*no storage, by design/],
    'OPFS past what stands in for it': [
      `Reflect.getOwnPropertyDescriptor(WorkerNavigator.prototype, 'storage')?.get.call(navigator).getDirectory() ?? 'none'`,
      /^(none|SecurityError)/,
    ],
    'storage buckets': [
      `navigator.storageBuckets?.open('a').then((one) => one.getDirectory()) ?? 'none'`,
      /^(none|SecurityError|TypeError)/,
    ],
    'shared storage': ['typeof sharedStorage', 'undefined'],
    cookies: ['typeof cookieStore + typeof document', 'undefinedundefined'],
    'the old file system': [
      `typeof webkitRequestFileSystemSync === 'undefined' ? 'none' : webkitRequestFileSystemSync(0, 9)`,
      /^(none|SecurityError)/,
    ],
    locks: ['navigator.locks.request("a", () => 1)', /^TypeError: .*no locks, by design/],
  },
  'the page': {
    'window, parent, top': ['typeof window + typeof parent + typeof top', /^(undefined){3}$/],
    'opener, frameElement': ['typeof opener + typeof frameElement', /^(undefined){2}$/],
    'windows of its own': ['typeof open + typeof clients', /^(undefined){2}$/],
    'the page’s address': ['location.href', /^blob:null\//],
    navigation: [`(location.href = '${here}', 'moved')`, /^TypeError/],
    'its origin': ['self.origin', 'null'],
    'service workers': ['typeof navigator.serviceWorker', 'undefined'],
    notifications: [
      `typeof Notification === 'undefined' ? 'denied' : Notification.permission`,
      'denied',
    ],
  },
  network: {
    fetch: [`fetch('${here}/')`, /^TypeError: fetch: stage code has no network/],
    XMLHttpRequest: ['new XMLHttpRequest()', /^TypeError: .*no network/],
    WebSocket: [`new WebSocket('ws://${location.host}')`, /^TypeError: .*no network/],
    EventSource: [`new EventSource('${here}/')`, /^TypeError: .*no network/],
    WebTransport: [
      `typeof WebTransport === 'undefined' ? 'none' : new WebTransport('${here}/')`,
      /^(none|TypeError: .*no network)/,
    ],
    WebRTC: ['typeof RTCPeerConnection', 'undefined'],
    sendBeacon: ['typeof navigator.sendBeacon', 'undefined'],
    importScripts: [`importScripts('${here}/x.js')`, /^TypeError: .*no network/],
    'importScripts of its class': [
      `WorkerGlobalScope.prototype.importScripts.call(self, ${blob('self.ran = 1')})`,
      /^TypeError: .*no network/,
    ],
    'a font by address': [`new FontFace('a', 'url(${here}/a.woff2)').load()`, /^NetworkError/],
    'a font by data': [`new FontFace('a', 'url(data:font/woff2,d09GMg)').load()`, /^NetworkError/],
    'pictures and style sheets': ['typeof Image + typeof CSSStyleSheet', /^(undefined){2}$/],
    push: [`typeof PushManager === 'undefined' ? 'TypeError' : new PushManager()`, /^TypeError/],
  },
  'further threads': {
    'Worker, SharedWorker': ['typeof Worker + typeof SharedWorker', /^(undefined){2}$/],
    BroadcastChannel: ['typeof BroadcastChannel', 'undefined'],
    'its own port': ['typeof postMessage + typeof onmessage', /^(undefined){2}$/],
    'its own end': ['typeof close', 'undefined'],
    'any of them, by any way from the globals': [
      `['Worker', 'SharedWorker', 'BroadcastChannel', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'WebTransport',
        'RTCPeerConnection', 'importScripts', 'sendBeacon', 'ServiceWorkerContainer', 'CacheStorage', 'StorageManager']
        .filter((name) => everyFunction.has(name)).join() || 'none'`,
      'none',
    ],
  },
  'code made of text': {
    eval: [`(0, eval)('1')`, /^EvalError/],
    Function: [`(function () {}).constructor('return this')()`, /^EvalError/],
    'of generators': [`(function* () {}).constructor('yield 1')`, /^EvalError/],
    'of async functions': [`(async () => {}).constructor('1')`, /^EvalError/],
    'of async generators': [`(async function* () {}).constructor('yield 1')`, /^EvalError/],
    'an error’s constructor': [
      `new Error().constructor.constructor('return self')()`,
      /^EvalError/,
    ],
    'the scope’s constructor': [`self.constructor.constructor('return self')()`, /^EvalError/],
    'a timer': [
      `(setTimeout('self.ranText = 1'), new Promise((r) => setTimeout(() => r(typeof ranText), 20)))`,
      'undefined',
    ],
  },
  'the runtime': {
    'by a stack': [
      `(() => {
        const held = [];
        Error.prepareStackTrace = (_, sites) => held.push(...sites.flatMap((s) => [s.getThis?.(), s.getFunction?.()]));
        void new Error().stack;
        delete Error.prepareStackTrace;
        return held.filter((one) => one !== undefined).length;
      })()`,
      '0',
    ],
    'by who called': [`(() => {}).caller`, /^(TypeError|undefined|null)/],
    'by a message as it comes': [
      `(() => {
        let heard = 0;
        addEventListener('message', () => heard++, true);
        self.onmessage = () => heard++;
        const { get } = Reflect.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
        Object.defineProperty(MessageEvent.prototype, 'data', { get() { heard++; return get.call(this); } });
        return ctx.counter.value('asked').then(() => heard);
      })()`,
      '0',
    ],
    'by making a class’s object': [`new ctx.constructor({}, 1).log('x')`, /^TypeError/],
    'functions cannot be sent anywhere': ['structuredClone(() => 1)', /^DataCloneError/],
  },
};
const names = Object.entries(table).flatMap(([group, rows]) =>
  Object.keys(rows).map((name): [string, string] => [group, name]),
);

describe('stage code cannot reach', () => {
  let found: string[] = [];
  beforeAll(async () => {
    const rows = names.map(([group, name]) => table[group]![name]![0]);
    const report = await runLive({
      source: { kind: 'values', values: [1] },
      stages: [code('a', attempts(rows, `const everyFunction = ${everyFunction};`))],
      machine: { workers: 1 },
    });
    expect([report.error, report.failures, report.notices]).toEqual([null, [], []]);
    found = report.results[0]!.value as string[];
  });
  test.each(names)('%s: %s', (group, name) => {
    const expected = table[group]![name]![1];
    const at = names.findIndex(([one, other]) => one === group && other === name);
    if (expected instanceof RegExp) expect(found[at]).toMatch(expected);
    else expect(found[at]).toBe(expected);
  });
});

describe('a module by address', () => {
  test.each(['https://example.org/x.js', 'data:text/javascript,export default 1', 'blob:null/1'])(
    '%s is refused before anything runs',
    async (address) => {
      for (const how of [`import '${address}';`, `await import('${address}');`]) {
        const report = await runLive({
          stages: [code('a', `${how}\nexport default (n) => n;`)],
        });
        expect(report.error).toMatchObject({ stage: 'a', line: 1 });
        expect(report.error!.message).toMatch(/There is no module|never by address/);
      }
    },
  );
  test('worked out at run time is refused before anything runs', async () => {
    const text = `const from = ${blob('export default 1')};\nexport default () => import(from);`;
    const report = await runLive({ stages: [code('a', text)] });
    expect(report.error).toMatchObject({ stage: 'a', line: 2 });
    expect(report.error!.message).toContain('cannot be worked out at run time');
  });
});

test('the frame is gone soon after the run', async () => {
  expect(await probe('1')).toBe('1');
  await expect.poll(lastFrame, { timeout: 5000 }).toBeUndefined();
});
