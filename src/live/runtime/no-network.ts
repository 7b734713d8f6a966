/** Ways into the network that throw, called or constructed. The frame's policy refuses them all anyway. */
const throwing = [
  'importScripts',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
];

const why = (name: string): TypeError =>
  new TypeError(
    `${name}: stage code has no network, by design; bring the data in as items of the source, or as a module of the document`,
  );

/** Puts something that says why in place of every way into the network, wherever on the global object's chain. */
export function explainNoNetwork(): void {
  const put = (name: string, value: unknown) => {
    for (let at: object | null = globalThis; at; at = Object.getPrototypeOf(at) as object | null) {
      if (!Object.hasOwn(at, name)) continue;
      Object.defineProperty(at, name, { value, writable: true, configurable: true });
    }
  };
  put('fetch', () => Promise.reject(why('fetch')));
  for (const name of throwing) {
    put(name, function () {
      throw why(name);
    });
  }
}
