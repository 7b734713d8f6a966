import type { Trace } from '../trace/types.ts';
import type { RunReport } from './runner.ts';

/** The report of a run of which nothing is known yet. */
export const emptyReport = (trace: Trace): RunReport => ({
  trace,
  results: [],
  resultsOmitted: 0,
  resultsDigest: null,
  failures: [],
  failuresOmitted: 0,
  notices: [],
  log: [],
  error: null,
  environment: null,
  models: {},
});
