import { expose, transfer } from 'comlink';
import { movable, timed, type TimedArguments } from './timed.ts';

expose(async (...[stage, turns, waitMs, input, isMoved]: [...TimedArguments, boolean]) => {
  const result = await timed(stage, turns, waitMs, input);
  return isMoved ? transfer(result, movable(result)) : result;
});
