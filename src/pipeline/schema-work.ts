/** Schemas of what a task does: phases, and synthetic or code work. */
import * as v from 'valibot';
import { ceilings } from './ceilings.ts';
import { bytesDraw, chance, durationDraw, expandDraw, timeMs } from './schema-draws.ts';
import {
  amount,
  choice,
  code,
  isPlainObject,
  list,
  oneOf,
  orNull,
  record,
  tagged,
  described as d,
  type Schema,
} from './schema-parts.ts';

const per = d('"task": drawn once a task; "item": summed over the batch.', oneOf(['task', 'item']));
const waitPhase = record({
  wait: d('Waits this long (ms): the thread is free for other tasks.', durationDraw),
  'per?': per,
});
const cpuPhase = record({
  cpu: d('Burns CPU for this long (ms): the thread is taken.', durationDraw),
  'per?': per,
});
const noPhase = v.custom<unknown>(
  () => false,
  'a phase is either {"cpu": ms} or {"wait": ms}',
) as Schema;
const otherPhase = record({ 'cpu?': durationDraw, 'wait?': durationDraw, 'per?': per });
const phase = choice([cpuPhase, waitPhase], (input) => {
  if (!isPlainObject(input)) return noPhase;
  const kinds = Object.keys(input).filter((key) => key === 'wait' || key === 'cpu');
  if (kinds.length === 1) return kinds[0] === 'wait' ? waitPhase : cpuPhase;
  // A mistyped name is named; otherwise there are both, or none.
  const mistyped = Object.keys(input).some((key) => !['wait', 'cpu', 'per'].includes(key));
  return mistyped ? otherPhase : noPhase;
});
export const phases = list(phase, ceilings.phases, 'phases');

const keyList = record({
  perItem: list(
    amount({ min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
    ceilings.values,
    'keys',
    1,
  ),
});
const keyLaw = record({
  zipf: record(
    {
      keys: amount({ min: 1, max: ceilings.zipfKeys, whole: true }),
      exponent: amount({ min: 0, max: 100 }),
    },
    { keys: 'how many different keys there are', exponent: 'the skew, such as 1' },
  ),
});
const noKey = v.custom<unknown>(
  () => false,
  'use {"zipf": {"keys": 1000, "exponent": 1}} or {"perItem": [keys]}',
) as Schema;
const keyDraw = choice([keyList, keyLaw], (input) => {
  if (!isPlainObject(input)) return noKey;
  if ('perItem' in input) return keyList;
  return 'zipf' in input ? keyLaw : noKey;
});

const cost = {
  phases: d('The steps of one task, one after another.', phases),
  'output?': d('Bytes of one output.', bytesDraw),
  'failure?': d('Chance that one attempt fails, 0 to 1.', chance),
  'expand?': d('Outputs an item: 1 passes one on, 0 ends it, k makes k children.', expandDraw),
};
const phasesHint = { phases: 'a list such as [{"cpu": 10}]' };

const coldMs = d(
  'What each worker pays once, because the code is compiled while it runs first, in ms.',
  timeMs,
);

export const work = tagged('kind', {
  code: record(
    {
      kind: oneOf(['code']),
      source: d(
        'An ES module (TypeScript types allowed): export default (item, ctx) => result.',
        code('the stage has no code; write "export default (item, ctx) => item"'),
      ),
      'model?': d(
        'What the stage costs, filled in by a measured run: needed to predict it.',
        orNull(record({ ...cost, 'cold?': coldMs }, phasesHint)),
      ),
    },
    { source: 'the code: "export default (item, ctx) => item"' },
  ),
  synthetic: record(
    {
      kind: oneOf(['synthetic']),
      ...cost,
      'key?': d(
        'What a cache look-up asks for, so that a cache can be simulated.',
        orNull(keyDraw),
      ),
    },
    phasesHint,
  ),
});
