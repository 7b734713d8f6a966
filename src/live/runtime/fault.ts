import { faultTextMax, type Fault } from '../wire.ts';
import { whyOutOfReach } from './out-of-reach.ts';

/** What was thrown, as text. Never throws, whatever was. */
export function faultOf(thrown: unknown): Fault {
  try {
    if (thrown instanceof Error) {
      const { name, message, stack } = thrown;
      const text = name === 'Error' || name === '' ? message : `${name}: ${message}`;
      const why = whyOutOfReach(String(message));
      return { message: cut((text || 'Error without a message') + why), stack: cut(stack ?? '') };
    }
    return { message: cut(`threw ${describe(thrown)}, which is not an Error`), stack: '' };
  } catch {
    return { message: 'threw something that cannot be shown', stack: '' };
  }
}

const cut = (text: unknown): string => String(text).slice(0, faultTextMax);

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value) ?? 'an object';
  return String(value);
}
