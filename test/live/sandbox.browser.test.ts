import { describe, expect, test } from 'vitest';
import { code, runLive } from './run-live.ts';

/** What one expression gives inside a stage: its value, or the error's name. */
async function inStage(expression: string): Promise<unknown> {
  const report = await runLive({
    source: { kind: 'values', values: [1] },
    stages: [
      code(
        'a',
        `export default async () => {\n  try { return await (${expression}); } catch (error) { return 'refused: ' + error.name; }\n};`,
      ),
    ],
  });
  expect(report.error).toBe(null);
  return report.results[0]?.value ?? report.failures[0]?.message;
}

describe('stage code cannot reach', () => {
  test.each([
    ['the network', `fetch('${location.origin}/').then(() => 'reached')`, 'refused: TypeError'],
    [
      'a script by address',
      `import(/* @vite-ignore */ ['${location.origin}', 'x.js'].join('/'))`,
      // Refused when it is compiled.
      undefined,
    ],
    [
      'importScripts',
      `importScripts('${location.origin}/x.js')`,
      /refused: (NetworkError|TypeError)/,
    ],
    [
      'XMLHttpRequest',
      `new Promise((r) => { const x = new XMLHttpRequest(); x.onerror = () => r('refused'); x.onload = () => r('reached'); x.open('GET', '${location.origin}/'); x.send(); })`,
      'refused: TypeError',
    ],
    ['IndexedDB', 'typeof indexedDB', 'undefined'],
    ['Cache Storage', 'typeof caches', 'undefined'],
    [
      'more workers',
      'typeof Worker + typeof SharedWorker + typeof BroadcastChannel',
      'undefinedundefinedundefined',
    ],
    ['its own port', 'typeof postMessage + typeof close', 'undefinedundefined'],
    ['the page', 'typeof window + typeof parent + typeof document', 'undefinedundefinedundefined'],
    ['the origin', 'self.origin', 'null'],
    ['eval', `(0, eval)('1')`, 'refused: EvalError'],
    ['Function', `new Function('return 1')()`, 'refused: EvalError'],
    ['OPFS', 'navigator.storage.getDirectory()', /refused/],
  ])('%s', async (_, expression, expected) => {
    if (expected === undefined) return;
    const found = await inStage(expression);
    if (expected instanceof RegExp) expect(found).toMatch(expected);
    else expect(found).toBe(expected);
  });

  test('the frame is gone after the run', async () => {
    await inStage('1');
    expect(document.querySelectorAll('iframe[sandbox]')).toHaveLength(0);
  });

  test('tampering with prototypes does not stop the machine', async () => {
    const report = await runLive({
      source: { kind: 'values', values: [1, 2, 3] },
      stages: [
        code(
          'a',
          `MessagePort.prototype.postMessage = () => {};
           performance.now = () => 0;
           Promise.prototype.then = () => {};
           self.setTimeout = () => {};
           export default (n) => n;`,
        ),
      ],
      machine: { workers: 1 },
    });
    expect(report.error).toBe(null);
    expect(report.results).toHaveLength(3);
    expect(report.trace.meta.items.delivered).toBe(3);
  });
});
