/** Runs one pipeline, inside the sandbox. Bundled to a classic script; hears the page on one port. */
import { openCoordinator, type CoordinatorStart } from '../src/live/coordinator/coordinator.ts';

addEventListener(
  'message',
  ({ data }: MessageEvent<CoordinatorStart>) => {
    openCoordinator(data);
  },
  { once: true },
);
