import { isCounterName } from '../../base/counter-port.ts';
import { countPolicyMax, type CountPolicy, type Question } from '../wire-asks.ts';

/** A question of a stage worker, if it is well formed; null if not. The runtime refuses all others itself. */
export function checkQuestion(data: unknown): Question | null {
  if (!isRecord(data)) return null;
  const { what, name, by } = data;
  if (what === 'turn') return { what };
  if (!isCounterName(name)) return null;
  if (what === 'value') return { what, name };
  const policy = checkPolicy(data['policy']);
  if (what !== 'add' || !policy || !Number.isSafeInteger(by)) return null;
  return { what, name, by: by as number, policy };
}

function checkPolicy(data: unknown): CountPolicy | null {
  if (!isRecord(data)) return null;
  const { every, everyMs } = data;
  if (!isAmount(everyMs, countPolicyMax.everyMs)) return null;
  if (every === null) return { every, everyMs };
  if (!isAmount(every, countPolicyMax.every) || !Number.isInteger(every) || every < 1) return null;
  return { every, everyMs };
}

const isAmount = (value: unknown, max: number): value is number =>
  Number.isFinite(value) && (value as number) >= 0 && (value as number) <= max;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
