import { wrap } from 'comlink';
import { bootstrapHash, coordinatorText } from 'virtual:millrace/frame';
import { describe, expect, test } from 'vitest';
import { compileCode } from '../../src/live/compile/compile.ts';
import type { FromFrame } from '../../src/live/border.ts';
import { frameHtml } from '../../src/live/sandbox/frame-html.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { attempts } from './probes.ts';
import { cacheClient, code, runLive } from './run-live.ts';

const here = location.origin;

/** The sandbox's frame with programs of our own in it. Gives what comes out of its port, and takes it away again. */
async function inFrame<T>(
  programs: { coordinator: string; stageWorker: string },
  use: (port: MessagePort) => Promise<T>,
): Promise<T> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('allow', 'cross-origin-isolated');
  frame.srcdoc = frameHtml(bootstrapHash);
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  const { port1, port2 } = new MessageChannel();
  frame.contentWindow!.postMessage(programs, '*', [port2]);
  try {
    return await use(port1);
  } finally {
    frame.remove();
  }
}

/** Were all of the frame's own code hostile, with nothing taken away from it: what its policy and origin leave. */
const table: Record<string, [attempt: string, expected: RegExp]> = {
  fetch: [`fetch('${here}/')`, /^TypeError/],
  'fetch without an answer': [`fetch('${here}/', { mode: 'no-cors' })`, /^TypeError/],
  'fetch of data': [`fetch('data:,a')`, /^TypeError/],
  XMLHttpRequest: [
    `new Promise((r) => { const x = new XMLHttpRequest(); x.onerror = () => r('refused'); x.onload = () => r('reached'); x.open('GET', '${here}/'); x.send(); })`,
    /^refused/,
  ],
  WebSocket: [
    `new Promise((r) => { const s = new WebSocket('ws://${location.host}/'); s.onerror = () => r('refused'); s.onopen = () => r('reached'); })`,
    /^(refused|SecurityError)/,
  ],
  EventSource: [
    `new Promise((r) => { const s = new EventSource('${here}/'); s.onerror = () => r('refused'); s.onopen = () => r('reached'); })`,
    /^refused/,
  ],
  importScripts: [`importScripts('${here}/x.js')`, /^NetworkError/],
  'import of an address': [`import('${here}/@vite/client')`, /^TypeError/],
  'import of data': [`import('data:text/javascript,export default 1')`, /^TypeError/],
  'a font': [`new FontFace('a', 'url(${here}/a.woff2)').load()`, /^NetworkError/],
  IndexedDB: [`indexedDB.open('a')`, /^SecurityError/],
  'Cache Storage': [
    `typeof caches === 'undefined' ? 'none' : caches.open('a')`,
    /^(none|SecurityError)/,
  ],
  OPFS: [`navigator.storage?.getDirectory() ?? 'none'`, /^(none|SecurityError)/],
  'a channel to the page': [
    `new Promise((r) => { const c = new BroadcastChannel('escape'); c.onmessage = () => r('reached'); c.postMessage('hello'); setTimeout(r, 100, 'silence'); })`,
    /^silence/,
  ],
  'a worker of the page’s origin': [
    `new Promise((r, no) => { const w = new Worker('${here}/x.js'); w.onerror = () => r('refused'); })`,
    /^(refused|SecurityError)/,
  ],
  'text as code': [`(0, eval)('1')`, /^EvalError/],
};

test('code in the frame that nothing was taken away from has no network and no storage', async () => {
  const stage = attempts(Object.values(table).map(([attempt]) => attempt));
  const heard: unknown[] = [];
  const channel = new BroadcastChannel('escape');
  channel.onmessage = (event) => {
    heard.push(event.data);
    channel.postMessage('come in');
  };
  const coordinator = `${stage.replace('export default', 'const attack =')}
    onmessage = async ({ data }) => data.port.postMessage(await attack(null, {}));`;
  const found = await inFrame(
    { coordinator, stageWorker: '' },
    (port) => new Promise<string[]>((resolve) => (port.onmessage = ({ data }) => resolve(data))),
  );
  channel.close();
  Object.entries(table).forEach(([name, [, expected]], at) => {
    expect(found[at], name).toMatch(expected);
  });
  expect(heard).toEqual([]);
});

/** Says over a worker's own channel what only the runtime says there. */
const liar = (lies: string) => `
  const mine = [];
  onmessage = ({ data }) => {
    const at = performance.timeOrigin + performance.now();
    const ends = (numbers, values = [1]) => postMessage({ type: 'ends', ends: { numbers, values, others: [] } });
    if (data.type === 'load') { postMessage({ type: 'ready' }); return; }
    if (data.type !== 'tasks') return;
    const { numbers } = data.tasks;
    for (let i = 0; i < numbers.length; i += 7) {
      const task = numbers[i], number = numbers[i + 1];
      ${lies}
    }
  };`;

test('the frame hashes for the coordinator, and tells it of the memory there is', async () => {
  const coordinator = `addEventListener('message', ({ data: { port, hasher, memoryGiB } }) => {
    hasher.onmessage = ({ data }) => port.postMessage({ ...data, memoryGiB });
    const bytes = new TextEncoder().encode('abc').buffer;
    hasher.postMessage({ ask: 7, parts: [bytes, new ArrayBuffer(0)] }, [bytes]);
  });`;
  const answer = await inFrame<{ ask: number; hashes: ArrayBuffer[]; memoryGiB: number | null }>(
    { coordinator, stageWorker: '' },
    (port) => new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data))),
  );
  const hex = (hash: ArrayBuffer): string =>
    [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  expect(answer.ask).toBe(7);
  // Of FIPS 180-2, appendix B.1, and of nothing.
  expect(answer.hashes.map(hex)).toEqual([
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ]);
  expect(answer.memoryGiB).toBe(
    (navigator as unknown as { deviceMemory?: number }).deviceMemory ?? null,
  );
});

describe('a stage worker that lies', () => {
  /** The real coordinator with stage workers of our own. */
  async function runWith(stageWorker: string) {
    const pipeline = withDefaults({
      format: 'millrace/1',
      source: { kind: 'values', values: [0, 1, 2, 3] },
      stages: [code('a', 'export default (n) => n;')],
      machine: { workers: 2 },
    });
    const { code: compiled } = compileCode({
      stages: [{ id: 'a', source: 'export default (n) => n;' }],
      sourceCode: null,
      ...{ modules: {}, shippedNames: [], shippedTexts: {} },
    });
    const run = {
      ...{ pipeline, code: compiled, cores: 2, cache: 'off', keepResults: true },
      ...{ isWatched: true, isPaused: false },
      ...{ delays: {}, without: [] },
      ...{ silentAfterMs: 500, killSilentAfterMs: 1500 },
    };
    const told: FromFrame[] = [];
    await inFrame({ coordinator: coordinatorText, stageWorker }, (port) => {
      port.postMessage({ type: 'start', run });
      return new Promise<void>((resolve) => {
        port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
          told.push(data);
          if (data.type === 'finished') resolve();
        };
      });
    });
    const failures = told.flatMap((one) => (one.type === 'failures' ? one.failures : []));
    const finished = told.find((one) => one.type === 'finished')!;
    const results = told.flatMap((one) => (one.type === 'results' ? one.results : []));
    return { failures, finished, results };
  }

  test.each([
    [
      'of times before it was sent the task',
      'ends([task, number, at - 5000, at, 0, 0])',
      /times at which it did not run/,
    ],
    [
      'of times to come',
      'ends([task, number, at, at + 60_000, 0, 0])',
      /times at which it did not run/,
    ],
    [
      'of an end before the start',
      'ends([task, number, at, at - 1, 0, 0])',
      /times at which it did not run/,
    ],
    [
      'in no form',
      `postMessage({ type: 'ends', ends: { numbers: [task] } })`,
      /^(Its worker broke|Workers broke)/,
    ],
    [
      'in a cache’s words',
      `postMessage({ type: 'put', namespace: 'b', entries: [] })`,
      /^(Its worker broke|Workers broke)/,
    ],
    [
      'in Comlink’s words',
      `postMessage({ id: '1', type: 'GET', path: ['constructor'] })`,
      /^(Its worker broke|Workers broke)/,
    ],
  ])('%s: %#', async (_, lies, expected) => {
    const { failures, finished, results } = await runWith(liar(lies));
    const message =
      finished.type === 'finished' ? (finished.error?.message ?? failures[0]?.message) : '';
    expect(message).toMatch(expected);
    expect(results).toEqual([]);
  });

  test('of other tasks, other workers’ items and lines: those are not believed', async () => {
    const { failures, finished, results } = await runWith(
      liar(`
        ends([task + 50, number, at, at, 0, 0], ['forged']);
        ends([task, number + 1, at, at, 0, 0], ['forged']);
        postMessage({ type: 'log', task: task + 1, number, text: 'forged' });
        postMessage({ type: 'items', items: ['forged', 'forged'], done: false, fault: null });
        postMessage({ type: 'items', items: [], done: true, fault: { message: 'forged', stack: '' } });
        postMessage({ type: 'ready' });
        postMessage({ type: 'stray', fault: { message: 'x', stack: '' } });
        ends([task, number, at, at, 0, 0], ['own']);`),
    );
    expect(failures).toEqual([]);
    expect(finished).toMatchObject({ error: null });
    expect(results.map(({ value }) => value)).toEqual(['own', 'own', 'own', 'own']);
  });
});

describe('the ports into the sandbox answer nothing in Comlink’s words', () => {
  const settings = { maxBytes: 1e6, policy: 'lru', compress: false } as const;
  test.each([
    ['the cache’s', () => cacheClient.open('comlink', settings)],
    ['the counters’', () => cacheClient.openCounters('comlink')],
  ])('%s', async (_, open) => {
    const port = await open();
    const remote = wrap<{ run: { run(text: string): void } }>(port);
    const reached = Reflect.get(
      remote.constructor,
      'constructor',
    )('return self.origin').then(() => 'reached');
    const silence = new Promise((resolve) => setTimeout(resolve, 300, 'silence'));
    expect(await Promise.race([reached, silence])).toBe('silence');
  });
});

describe('what hostile code keeps', () => {
  const honest = code('honest', 'export default (n) => n * 2;', { cache: {} });
  const document = {
    source: { kind: 'values' as const, values: [1, 2, 3] },
    stages: [honest],
    machine: { workers: 1 },
  };
  test('stays in its document’s namespace: another document computes anew', async () => {
    const [mine, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const on = (cacheNamespace: string) => ({ cache: 'on' as const, cacheNamespace });
    const first = await runLive(document, on(mine));
    expect(first.error).toBe(null);
    // What stands in the first one's namespace under the very key of the honest stage is replaced by a lie.
    const { rows } = await cacheClient.rows(mine, 0, 10, 'age');
    expect(rows).toHaveLength(3);
    const port = await cacheClient.open(mine, { maxBytes: 1e6, policy: 'lru', compress: false });
    const lie = { code: -1, values: ['poisoned'] };
    const entries = rows.map(({ key }) => ({ key, stage: 'honest', value: lie, ttlMs: null }));
    port.postMessage({ type: 'put', namespace: other, entries });
    port.postMessage({ type: 'put', entries, binding: { namespace: other } });
    await new Promise((resolve) => {
      port.onmessage = resolve;
      port.postMessage({ type: 'get', request: 1, keys: [], namespace: other });
    });
    const again = await runLive(document, on(mine));
    expect(again.results.map(({ value }) => value)).toEqual(['poisoned', 'poisoned', 'poisoned']);
    const elsewhere = await runLive(document, on(other));
    expect(elsewhere.results.map(({ value }) => value).sort()).toEqual([2, 4, 6]);
    expect(elsewhere.trace.meta.stages[0]!.cacheHits).toBe(0);
    await Promise.all([mine, other].map((namespace) => cacheClient.clear(namespace)));
  });
});
