import { counterNameLengthMax, isCounterName } from '../../base/counter-port.ts';
import { countPolicyMax, type Answer, type CountPolicy, type Question } from '../wire-asks.ts';
import type { OpenTask } from './open-task.ts';

/** When an update is written: see `CountPolicy`. */
type Write = 'through' | { every: number } | { everyMs: number };

/** `ctx.counter`. Its functions are taken apart like those of `ctx`, so they need no `this`. */
export interface StageCounter {
  add(name: string, by?: number, options?: { write?: Write }): Promise<number>;
  value(name: string): Promise<number>;
}

export const counterOf = (task: OpenTask): StageCounter => ({
  async add(name, by = 1, { write = 'through' } = {}) {
    checkName(name, 'add');
    if (!Number.isSafeInteger(by)) {
      throw new TypeError(`ctx.counter.add: it adds whole numbers, and was given ${String(by)}.`);
    }
    return valueOf(await task.ask({ what: 'add', name, by, policy: policyOf(write) }), 'add');
  },
  async value(name) {
    checkName(name, 'value');
    const question: Question = { what: 'value', name };
    return valueOf(await task.ask(question), 'value');
  },
});

function valueOf({ value, why }: Answer, call: string): number {
  if (value === null) throw new Error(`ctx.counter.${call}: ${why}.`);
  return value;
}

function checkName(name: unknown, call: string): void {
  if (isCounterName(name)) return;
  throw new TypeError(
    `ctx.counter.${call}: a name has 1 to ${counterNameLengthMax} letters, digits, spaces and .:/_-, and was ${JSON.stringify(name) ?? String(name)}.`,
  );
}

/** @throws TypeError when it is no policy. */
function policyOf(write: unknown): CountPolicy {
  if (write === 'through') return { every: 1, everyMs: 0 };
  if (typeof write === 'object' && write !== null) {
    const { every, everyMs } = write as { every?: unknown; everyMs?: unknown };
    if (everyMs === undefined && Number.isInteger(every)) {
      if ((every as number) >= 1 && (every as number) <= countPolicyMax.every)
        return { every: every as number, everyMs: 0 };
    }
    if (every === undefined && typeof everyMs === 'number') {
      if (everyMs >= 0 && everyMs <= countPolicyMax.everyMs) return { every: null, everyMs };
    }
  }
  throw new TypeError(
    `ctx.counter.add: write is 'through', { every: 1 … ${countPolicyMax.every} } or { everyMs: 0 … ${countPolicyMax.everyMs} }.`,
  );
}
