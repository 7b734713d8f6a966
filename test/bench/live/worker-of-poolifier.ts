import './window-in-worker.ts';
import { ThreadWorker } from 'poolifier-web-worker';
import { timed, type Timed, type TimedArguments } from './timed.ts';

// It looks whether the function itself is async.
export default new ThreadWorker<TimedArguments, Timed>(async (args) => timed(...args!));
