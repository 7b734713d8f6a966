/** Runs stage code, inside the sandbox. Bundled to a classic script; knows nothing but its coordinator. */
import { lockDown } from '../src/live/runtime/lock-down.ts';
import { Runtime } from '../src/live/runtime/runtime.ts';
import type { ToWorker } from '../src/live/wire.ts';

const runtime = new Runtime(postMessage.bind(globalThis));
addEventListener('message', (event: MessageEvent<ToWorker>) => {
  // Stage code may listen as well, but hears nothing.
  event.stopImmediatePropagation();
  runtime.hear(event.data);
});
lockDown();
