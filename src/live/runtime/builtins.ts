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

const then = Promise.prototype.then;
/** Calls one of two functions when a promise settles, whatever became of `Promise.prototype`. */
export function onSettled(
  promise: Promise<unknown>,
  resolved: (value: unknown) => void,
  rejected: (reason: unknown) => void,
): void {
  void apply(then, promise, [resolved, rejected]);
}

const NativePromise = Promise;
const { resolve } = Promise;
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

const { preventDefault, stopImmediatePropagation } = Event.prototype;
/** Nobody else hears of this event, neither other listeners nor whoever started the worker. */
export function swallow(event: Event): void {
  apply(preventDefault, event, []);
  apply(stopImmediatePropagation, event, []);
}
