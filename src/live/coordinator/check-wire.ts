import { logTextMax, type FromWorker } from '../wire.ts';
import { checkQuestion } from './check-asks.ts';
import { checkFault } from './check-fault.ts';
import { ToldEnds } from './told-ends.ts';

/** What a stage worker said, found to be well formed. */
export type HeardFromWorker =
  Exclude<FromWorker, { type: 'ends' }> | { type: 'ends'; ends: ToldEnds };

/** What concerns the scheduler: all but questions. */
export type ToldByWorker = Exclude<HeardFromWorker, { type: 'ask' }>;

/**
 * What a stage worker said, if it is well formed; null if not. Stage code shares the worker with the
 * runtime, so this is checked like any input from outside. Values are left as they are.
 */
export function checkFromWorker(data: unknown): HeardFromWorker | null {
  if (!isRecord(data)) return null;
  switch (data['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'pong': {
      const { sent, begun, ended } = data;
      const areCounts =
        Number.isInteger(sent) && Number.isInteger(begun) && Number.isInteger(ended);
      return areCounts
        ? { type: 'pong', sent: sent as number, begun: begun as number, ended: ended as number }
        : null;
    }
    case 'loading': {
      const { stage, step } = data;
      const isStep = step === 'code' || step === 'phases' || step === 'setup';
      return isStep && Number.isInteger(stage)
        ? { type: 'loading', stage: stage as number, step }
        : null;
    }
    case 'load-failed': {
      const fault = checkFault(data['fault']);
      return fault && Number.isInteger(data['unit'])
        ? { type: 'load-failed', unit: data['unit'] as number, fault }
        : null;
    }
    case 'stray': {
      const fault = checkFault(data['fault']);
      return fault && { type: 'stray', fault };
    }
    case 'log': {
      const { task, number, text } = data;
      if (!Number.isInteger(task) || !Number.isInteger(number) || typeof text !== 'string')
        return null;
      const line = text.slice(0, logTextMax);
      return { type: 'log', task: task as number, number: number as number, text: line };
    }
    case 'ask': {
      const question = checkQuestion(data['question']);
      const { ask } = data;
      return question && Number.isInteger(ask)
        ? { type: 'ask', ask: ask as number, question }
        : null;
    }
    case 'items': {
      const { items, done } = data;
      const fault = data['fault'] === null ? null : checkFault(data['fault']);
      if (!Array.isArray(items) || typeof done !== 'boolean') return null;
      return { type: 'items', items, done, fault };
    }
    case 'ends': {
      const ends = ToldEnds.of(data['ends']);
      return ends && { type: 'ends', ends };
    }
    default:
      return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
