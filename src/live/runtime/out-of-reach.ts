/**
 * What stage code has not got, and what to do instead. The names themselves stay undefined, so that libraries
 * which ask for them first find another way.
 */
const instead: Record<string, string> = {
  Worker: 'run more workers with `machine.workers`',
  SharedWorker: 'run more workers with `machine.workers`',
  BroadcastChannel: 'hand data on as results of stages',
  indexedDB: 'keep results with the stage’s `cache`',
  caches: 'keep results with the stage’s `cache`',
  postMessage: 'hand data on as results of stages',
  close: 'return `ctx.none` to end an item',
};

const names = Object.keys(instead).join('|');
/** As the engines put it: V8, SpiderMonkey; JavaScriptCore. */
const missing = new RegExp(
  String.raw`(?:self|globalThis)\.(${names}) is (?:undefined|not a )|^(${names}) is not defined|variable: (${names})$`,
);

/** Why stage code met an error, if it is the sandbox's doing; "" if not. */
export function whyOutOfReach(message: string): string {
  const found = missing.exec(message);
  const name = found?.[1] ?? found?.[2] ?? found?.[3];
  return name === undefined ? '' : ` (stage code has no ${name}, by design; ${instead[name]!})`;
}

const noLocks = (): Promise<never> =>
  Promise.reject(
    new TypeError(
      'navigator.locks: stage code has no locks, by design; give the stage one permit, or let stages share a limit',
    ),
  );
const noStorage = (): Promise<never> =>
  Promise.reject(
    new TypeError(
      'navigator.storage: stage code has no storage, by design; keep results with the stage’s `cache`',
    ),
  );

/** What the frame's opaque origin refuses, or leaves out, says why. */
export function explainRefused(): void {
  put('locks', { request: noLocks, query: noLocks });
  put('storage', { getDirectory: noStorage, persist: noStorage, estimate: noStorage });
}

function put(name: string, value: object): void {
  Object.defineProperty(navigator, name, { value, configurable: true });
}
