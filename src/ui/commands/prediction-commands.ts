import { calibrationDesk } from '../prediction/calibration-desk.svelte.ts';
import type { App } from '../state/app.svelte.ts';
import type { Command } from './command.ts';

const words = 'calibrate calibration overheads error scorecard';

/** Which machine is predicted. */
export const predictionCommands: Command[] = [
  {
    id: 'calibrate',
    title: 'Measure this browser',
    group: 'Run',
    words,
    whyOff: (app) => calibrationDesk(app).whyOff,
    async run(app) {
      app.view.show('prediction');
      await calibrationDesk(app).calibrate();
    },
  },
  {
    id: 'predict-browser',
    title: 'Predict for this browser',
    group: 'Run',
    words,
    whyOff: (app) => whyNot(app, true),
    run: (app) => calibrationDesk(app).use(true),
  },
  {
    id: 'predict-ideal',
    title: 'Predict for the ideal machine',
    group: 'Run',
    words,
    whyOff: (app) => whyNot(app, false),
    run: (app) => calibrationDesk(app).use(false),
  },
];

function whyNot(app: App, isUsed: boolean): string | null {
  const desk = calibrationDesk(app);
  if (isUsed && desk.kept === null) return 'This browser has not been measured yet.';
  if (desk.isUsed !== isUsed) return null;
  return `Predictions are of ${isUsed ? 'this browser' : 'the ideal machine'} already.`;
}
