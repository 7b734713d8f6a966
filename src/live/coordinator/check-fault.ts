import { faultTextMax, type Fault } from '../wire.ts';

/** What was thrown, as a worker tells of it; null: it is nothing of the kind. */
export function checkFault(data: unknown): Fault | null {
  if (typeof data !== 'object' || data === null) return null;
  const { message, stack } = data as Record<string, unknown>;
  if (typeof message !== 'string' || typeof stack !== 'string') return null;
  return { message: message.slice(0, faultTextMax), stack: stack.slice(0, faultTextMax) };
}
