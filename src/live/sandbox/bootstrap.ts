/**
 * The only script of the sandbox frame, as text: its hash is in the frame's and the page's content
 * security policy. It waits for one message of the page (the programs and a port), starts the
 * coordinator with them, and tells the page if that fails. Afterwards it hashes for the coordinator: workers of an opaque
 * origin are not given the browser's own SHA-256, nor told of the device's memory. See `coordinator/result-digest.ts`.
 */
export const bootstrapScript = `'use strict';
addEventListener('message', (event) => {
  if (event.source !== parent) return;
  const fail = (message) => parent.postMessage({ type: 'frame-failed', message: String(message) }, '*');
  try {
    const url = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const coordinator = new Worker(url(event.data.coordinator), { name: 'coordinator' });
    coordinator.onerror = (error) => fail(error.message || 'the coordinator could not be started');
    const { port1, port2 } = new MessageChannel();
    const answer = (ask, hashes) => port1.postMessage({ ask, hashes });
    port1.onmessage = ({ data: { ask, parts } }) =>
      Promise.all(parts.map((part) => crypto.subtle.digest('SHA-256', part))).then(
        (hashes) => answer(ask, hashes),
        () => answer(ask, null),
      );
    port1.onmessageerror = () => answer(null, null);
    coordinator.postMessage({
      stageWorker: event.data.stageWorker,
      port: event.ports[0],
      hasher: globalThis.crypto?.subtle ? port2 : null,
      memoryGiB: navigator.deviceMemory ?? null,
    }, [event.ports[0], port2]);
  } catch (error) {
    fail(error);
  }
}, { once: true });
`;
