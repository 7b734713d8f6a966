/** Runs stage code, inside the sandbox. Bundled to a classic script; knows nothing but one port. */
import { lockDown } from '../src/live/runtime/lock-down.ts';
import { Runtime } from '../src/live/runtime/runtime.ts';

addEventListener(
  'message',
  (event: MessageEvent<unknown>) => {
    lockDown();
    new Runtime(event.ports[0]!);
  },
  { once: true },
);
