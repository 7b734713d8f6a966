/**
 * Names that stage code must not reach: further workers (they would outlive and outrun what is
 * measured), channels to other runs, this worker's own port and its end. The network and storage are
 * already refused by the frame's policy and its opaque origin.
 */
const removed = [
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'indexedDB',
  'caches',
  'close',
  'postMessage',
  'onmessage',
  'onmessageerror',
];

/** Takes the names away, wherever on the global object's prototype chain they are. */
export function lockDown(): void {
  for (const name of removed) {
    for (let at: object | null = globalThis; at; at = Object.getPrototypeOf(at) as object | null) {
      if (!Object.hasOwn(at, name)) continue;
      if (!Reflect.deleteProperty(at, name)) {
        Object.defineProperty(at, name, { value: undefined, writable: false });
      }
    }
  }
}
