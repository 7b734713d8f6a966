/** Runs stage code, inside the sandbox. Bundled to a classic script; knows nothing but its coordinator. */
import { dataOf, swallow } from '../src/live/runtime/builtins.ts';
import { lockDown } from '../src/live/runtime/lock-down.ts';
import { explainNoNetwork } from '../src/live/runtime/no-network.ts';
import { explainRefused } from '../src/live/runtime/out-of-reach.ts';
import { Runtime } from '../src/live/runtime/runtime.ts';
import type { FromWorker, ToWorker } from '../src/live/wire.ts';

const send = postMessage.bind(globalThis) as (message: FromWorker, moved?: ArrayBuffer[]) => void;
const runtime = new Runtime(send);
addEventListener(
  'message',
  (event) => {
    // Stage code may listen as well, but hears nothing; what it dispatches itself is no message.
    swallow(event);
    if (event.isTrusted) runtime.hear(dataOf(event) as ToWorker);
  },
  // Such listeners come first, whatever stage code adds.
  { capture: true },
);
lockDown();
explainNoNetwork();
explainRefused();
