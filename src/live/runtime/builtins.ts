/**
 * What the runtime needs of its worker, taken before any stage code is loaded: stage code may replace
 * whatever it likes afterwards without touching the clock or the port the runtime uses.
 */
const { apply } = Reflect;
const timeOriginMs = performance.timeOrigin;
const clock = performance.now.bind(performance);

/** ms since the epoch, from the worker's own monotonic clock. */
export const nowMs = (): number => timeOriginMs + clock();
export const setTimer = setTimeout.bind(globalThis) as (run: () => void, ms: number) => unknown;
export const isIsolated = globalThis.crossOriginIsolated === true;

const postTo = MessagePort.prototype.postMessage;
/** Sends on a port. Throws a DataCloneError if the message cannot be cloned. */
export function post(port: MessagePort, message: unknown): void {
  apply(postTo, port, [message]);
}

export const NativePromise = Promise;
const { resolve } = Promise;
const { defineProperty } = Reflect;
/** `await` and `then` ask a promise for its constructor first: this one gives the true answer. */
export function steady<T>(promise: Promise<T>): Promise<T> {
  const named = promise.constructor as unknown;
  if (named !== NativePromise) {
    defineProperty(promise, 'constructor', { value: NativePromise, configurable: true });
  }
  return promise;
}

/** Calls one of two functions when a promise settles, whatever became of `Promise` and its prototype. */
export function onSettled(
  promise: Promise<unknown>,
  resolved: (value: unknown) => void,
  rejected: (reason: unknown) => void,
): void {
  void settle(steady(promise), resolved, rejected);
}
async function settle(
  promise: Promise<unknown>,
  resolved: (value: unknown) => void,
  rejected: (reason: unknown) => void,
): Promise<void> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    rejected(error);
    return;
  }
  resolved(value);
}

/** What `then` makes of a promise's value, or throws. */
export const after = (
  promise: Promise<unknown>,
  then: (value: unknown) => unknown,
): Promise<unknown> =>
  new NativePromise((resolve, reject) => {
    const go = (value: unknown): void => {
      try {
        resolve(then(value));
      } catch (error) {
        reject(error);
      }
    };
    onSettled(promise, go, reject);
  });

/** A promise, or something that passes for one. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  value instanceof NativePromise ||
  (typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function');
export const asPromise = (value: PromiseLike<unknown>): Promise<unknown> =>
  value instanceof NativePromise
    ? value
    : (apply(resolve, NativePromise, [value]) as Promise<unknown>);

export const clone = structuredClone.bind(globalThis) as (value: unknown) => unknown;

/** Timers in timers are slowed to 4 ms by browsers; one set from a message is not. */
const hop = new MessageChannel();
const hops: (() => void)[] = [];
let hopAt = 0;
hop.port1.onmessage = () => {
  const run = hops[hopAt]!;
  hopAt++;
  if (hopAt === hops.length) {
    hops.length = 0;
    hopAt = 0;
  }
  run();
};
export function soon(run: () => void): void {
  hops[hops.length] = run;
  post(hop.port2, 0);
}

const messageData = Reflect.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!;
/** What a message says; stage code that replaces the getter neither hears nor says it. */
export const dataOf = (event: MessageEvent): unknown => apply(messageData, event, []);

const { preventDefault, stopImmediatePropagation } = Event.prototype;
/** Nobody else hears of this event, neither other listeners nor whoever started the worker. */
export function swallow(event: Event): void {
  apply(preventDefault, event, []);
  apply(stopImmediatePropagation, event, []);
}
