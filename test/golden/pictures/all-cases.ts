import * as experiments from './experiment-cases.ts';
import * as ledgers from './ledger-cases.ts';
import * as levels from './level-cases.ts';
import * as lines from './line-cases.ts';
import * as predictions from './prediction-cases.ts';
import * as reports from './report-cases.ts';
import * as schedules from './schedule-cases.ts';
import * as sweeps from './sweep-cases.ts';
import * as why from './why-cases.ts';
import type { Case } from './picture.ts';

/** Every picture by its name: one function a case. */
export const allCases: Readonly<Record<string, Case>> = {
  ...schedules,
  ...levels,
  ...lines,
  ...sweeps,
  ...reports,
  ...experiments,
  ...why,
  ...predictions,
  ...ledgers,
};
