import { idealOverheads, type Calibration, type Overheads } from '../../engine/runner.ts';
import type { Settings } from '../services.ts';

/** Under this name a browser keeps what was measured in it, as JSON: `KeptCalibration`. */
export const calibrationKey = 'calibration';

/** As a browser remembers it. */
export interface KeptCalibration extends Calibration {
  /** Predictions are made with it; else they are of the ideal machine. */
  isUsed: boolean;
  /** ms since 1970. */
  measuredAt: number;
  /** What the measurement before this one said: it shows how far it repeats. */
  earlier: Overheads | null;
}

/** What was measured in this browser; null: nothing is kept, or nothing that can be read. */
export function keptCalibration(settings: Settings): KeptCalibration | null {
  try {
    const kept = JSON.parse(settings.get(calibrationKey)!);
    if (typeof kept.overheads !== 'object') return null;
    return { ...kept, overheads: { ...idealOverheads, ...kept.overheads } };
  } catch {
    return null;
  }
}

/** What predictions are made with when the page opens: what was measured in this browser, if that was chosen. */
export function keptOverheads(settings: Settings): Overheads {
  const kept = keptCalibration(settings);
  return kept?.isUsed ? kept.overheads : idealOverheads;
}
