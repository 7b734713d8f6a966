// @ts-expect-error Its types are not where its exports point.
import { expose, Transfer } from 'threads/worker';
import { movable, timed, type TimedArguments } from './timed.ts';

const move = Transfer as (value: unknown, buffers: readonly ArrayBuffer[]) => unknown;

(expose as (api: unknown) => void)(
  async (...[stage, turns, waitMs, input, isMoved]: [...TimedArguments, boolean]) => {
    const result = await timed(stage, turns, waitMs, input);
    return isMoved ? move(result, movable(result)) : result;
  },
);
