import type { Fault } from '../wire.ts';
import { swallow } from './builtins.ts';
import { faultOf } from './fault.ts';

/** So many are told by one worker; what fails more often than that is known by then. */
const straysMax = 20;

/**
 * Hears of what stage code throws where no task can catch it: in a timer, or in a promise that nobody
 * waits for. Call before any stage code is loaded, so that none of it can stop the news.
 */
export function hearStrays(tell: (fault: Fault) => void): void {
  let told = 0;
  const hear = (event: Event, thrown: unknown) => {
    swallow(event);
    if (event.isTrusted && told++ < straysMax) tell(faultOf(thrown));
  };
  const first = { capture: true };
  const hearError = (event: ErrorEvent) => hear(event, event.error ?? new Error(event.message));
  addEventListener('error', hearError, first);
  addEventListener('unhandledrejection', (event) => hear(event, event.reason), first);
}
