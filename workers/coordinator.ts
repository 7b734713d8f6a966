/** Runs one pipeline, inside the sandbox. Bundled to a classic script; hears the page on one port. */
import { openCoordinator } from '../src/live/coordinator/coordinator.ts';

addEventListener(
  'message',
  (event: MessageEvent<{ stageWorker: string; port: MessagePort }>) => {
    openCoordinator(event.data.port, event.data.stageWorker);
  },
  { once: true },
);
