import { idealOverheads } from '../../engine/runner.ts';
import type { App } from '../state/app.svelte.ts';
import { calibrationKey, keptCalibration, type KeptCalibration } from '../state/kept-overheads.ts';
import { trialsAtRest } from '../state/spare-trials.svelte.ts';
import { modelsAnew } from '../state/finish-run.ts';

/** What is known of this browser: measured when asked for, remembered, and used for predictions or not. */
export class CalibrationDesk {
  kept: KeptCalibration | null = $state.raw(null);
  problem: string | null = $state(null);
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.kept = keptCalibration(app.services.settings);
  }

  get isUsed(): boolean {
    return this.kept?.isUsed === true;
  }

  /** Why it cannot be measured now, in one sentence; null: it can. */
  get whyOff(): string | null {
    if (!this.app.services.environment.workers) return 'This browser has no workers to measure.';
    if (this.app.prediction.calibrating) return 'This browser is being measured.';
    return this.app.busy ? 'A run is going on: nothing else may run while it is measured.' : null;
  }

  /** Measures this browser, a second or two, and predicts with what was found. */
  async calibrate(): Promise<void> {
    if (this.whyOff !== null) return;
    const { app } = this;
    app.prediction.calibrating = true;
    this.problem = null;
    try {
      await trialsAtRest(app);
      const found = await app.services.calibrate();
      const earlier = this.kept?.overheads ?? null;
      this.keep({ ...found, isUsed: true, measuredAt: Date.now(), earlier });
      app.announcer.say('calibration', 'This browser was measured; predictions are of it now.');
    } catch (error) {
      this.problem = `This browser could not be measured: ${(error as Error).message}`;
      app.announcer.say('calibration', this.problem);
    } finally {
      app.prediction.calibrating = false;
    }
  }

  /** Which machine is predicted. Without a measurement there is only the ideal one. */
  use(isUsed: boolean): void {
    if (this.kept === null || this.kept.isUsed === isUsed) return;
    this.keep({ ...this.kept, isUsed });
    const machine = isUsed ? 'this browser' : 'the ideal machine';
    this.app.announcer.say('calibration', `Predictions are of ${machine} now.`);
  }

  private keep(kept: KeptCalibration): void {
    this.kept = kept;
    this.app.services.settings.set(calibrationKey, JSON.stringify(kept));
    const before = this.app.prediction.overheads;
    this.app.prediction.assume(kept.isUsed ? kept.overheads : idealOverheads);
    modelsAnew(this.app, before);
  }
}

const desks = new WeakMap<App, CalibrationDesk>();

/** The one of this page. */
export function calibrationDesk(app: App): CalibrationDesk {
  let desk = desks.get(app);
  if (desk === undefined) desks.set(app, (desk = new CalibrationDesk(app)));
  return desk;
}
