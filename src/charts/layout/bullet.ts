import { scaleLinear } from 'd3';

/** One measure against what was wanted of it, ms. null: there is none. */
export interface BulletInput {
  measuredMs: number | null;
  /** Of the median; null: of one run, or too few. */
  interval: { lowMs: number; highMs: number } | null;
  predictedMs: number | null;
  targetMs: number | null;
  stretchMs: number | null;
}

/** Where everything of a bullet chart (Few, Bullet Graph Design Specification, 2013) goes along its one axis, px. */
export interface BulletScene {
  widthPx: number;
  /** What is measured reaches from 0 to here; null: nothing was. */
  barPx: number | null;
  intervalPx: [number, number] | null;
  predictedPx: number | null;
  targetPx: number | null;
  stretchPx: number | null;
  /** Up to here all is met, so the ground is lighter beyond; null: nothing was wanted. */
  metPx: number | null;
}

/** Air at the right, so that a mark at the largest value is seen whole. */
const airPx = 6;

/** Each line has a scale of its own, from 0 to a little more than the largest of its values. */
export function layoutBullet(input: BulletInput, widthPx: number): BulletScene {
  const { measuredMs, interval, predictedMs, targetMs, stretchMs } = input;
  const values = [measuredMs, interval?.highMs, predictedMs, targetMs, stretchMs];
  const known = values.filter((ms): ms is number => typeof ms === 'number' && Number.isFinite(ms));
  const mostMs = Math.max(...known, 0) * 1.04 || 1;
  const x = scaleLinear([0, mostMs], [0, widthPx - airPx]);
  const at = (ms: number | null): number | null =>
    ms === null || !Number.isFinite(ms) ? null : x(ms);
  return {
    widthPx,
    barPx: at(measuredMs),
    intervalPx: interval && [x(interval.lowMs), x(interval.highMs)],
    predictedPx: at(predictedMs),
    targetPx: at(targetMs),
    stretchPx: at(stretchMs),
    metPx: at(targetMs ?? stretchMs),
  };
}
