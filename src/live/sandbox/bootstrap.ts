/**
 * The only script of the sandbox frame, as text: its hash is in the frame's and the page's content
 * security policy. It waits for one message of the page (the programs and a port), starts the
 * coordinator with them, and tells the page if that fails.
 */
export const bootstrapScript = `'use strict';
addEventListener('message', (event) => {
  if (event.source !== parent) return;
  const fail = (message) => parent.postMessage({ type: 'frame-failed', message: String(message) }, '*');
  try {
    const url = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const coordinator = new Worker(url(event.data.coordinator), { name: 'coordinator' });
    coordinator.onerror = (error) => fail(error.message || 'the coordinator could not be started');
    coordinator.postMessage({ stageWorker: event.data.stageWorker, port: event.ports[0] }, [event.ports[0]]);
  } catch (error) {
    fail(error);
  }
}, { once: true });
`;
