import workerpool from 'workerpool';
import { movable, timed, type TimedArguments } from './timed.ts';

workerpool.worker({
  work: async (...[stage, turns, waitMs, input, isMoved]: [...TimedArguments, boolean]) => {
    const result = await timed(stage, turns, waitMs, input);
    return isMoved ? new workerpool.Transfer(result, movable(result)) : result;
  },
});
