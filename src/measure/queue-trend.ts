import { maxOf, meanOver, valueAt, type StepSeries } from './step-series.ts';

/** What a queue did while items still came to it: whether its stage keeps up. */
export interface QueueTrend {
  /**
   * `none`: hardly anything waited. `at-once`: everything came within a moment. `full`: its buffer stayed
   * full. `growing`, `steady`, `recovering` (it shrank), `recovered` (it was gone again).
   */
  kind: 'none' | 'at-once' | 'full' | 'growing' | 'steady' | 'recovering' | 'recovered';
  /** Items a second, the least-squares line through the queue while items came; 0 where they came at once. */
  slopePerS: number;
  /** The longest it was, items. */
  most: number;
  /** When the last item had come, items. */
  atInputEnd: number;
  /** When the last item had come, ms. */
  inputEndMs: number;
}

/** Fewer waiting items than this are no queue to speak of. */
const hardlyAny = 2;
/** Items that come within this share of the run came at once. */
const atOnceShare = 0.05;

/**
 * @param queue items that wait, over time.
 * @param input from the first item's coming to the last one's, ms.
 * @param capacity of its buffer where it holds others back; null: endless.
 */
export function queueTrend(
  queue: StepSeries,
  input: { fromMs: number; toMs: number },
  runMs: number,
  capacity: number | null,
): QueueTrend {
  const { fromMs, toMs } = input;
  const most = maxOf(queue);
  const atInputEnd = valueAt(queue, toMs);
  const isAtOnce = !(toMs - fromMs > atOnceShare * runMs);
  const slopePerS = isAtOnce ? 0 : slopeOver(queue, fromMs, toMs) * 1000;
  const kind = (): QueueTrend['kind'] => {
    if (most < hardlyAny) return 'none';
    if (isAtOnce) return 'at-once';
    const lateMean = meanOver(queue, (fromMs + toMs) / 2, toMs);
    if (capacity !== null && lateMean >= 0.85 * capacity) return 'full';
    const endMean = meanOver(queue, toMs - (toMs - fromMs) / 10, toMs);
    if (endMean <= 0.1 * most) return 'recovered';
    if (endMean >= 0.75 * most) return slopePerS > 0 ? 'growing' : 'steady';
    return slopePerS < 0 ? 'recovering' : 'steady';
  };
  return { kind: kind(), slopePerS, most, atInputEnd, inputEndMs: toMs };
}

/**
 * Slope of the least-squares line through a step function over [fromMs, toMs], per ms:
 * 12 ∫ (t − m) q(t) dt ÷ (toMs − fromMs)³ with m the middle. (Minimise ∫ (q − a − b (t − m))² dt over a and b.)
 */
export function slopeOver({ time, value }: StepSeries, fromMs: number, toMs: number): number {
  const middle = (fromMs + toMs) / 2;
  let moment = 0;
  for (let i = 0; i < time.length; i++) {
    const start = Math.max(fromMs, time[i]!) - middle;
    const end = Math.min(toMs, time[i + 1] ?? toMs) - middle;
    if (end > start) moment += (value[i]! * (end * end - start * start)) / 2;
  }
  return (12 * moment) / (toMs - fromMs) ** 3;
}
