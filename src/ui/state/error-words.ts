import { formatPercent } from '../../base/units.ts';

/** Below this share both are called equal. */
const sameShare = 0.005;
/** From here on a factor is easier to grasp than a percentage. */
const factorFrom = 1.5;

/**
 * An error of a prediction in words, said of what was measured ("41 % longer"): a sign alone is read either way.
 * @param error (predicted − measured) ÷ measured
 */
export function errorWords(error: number | null): string {
  if (error === null) return '';
  const times = 1 / (1 + error);
  // Predicted to take no time: how many times that is nobody can say.
  if (!Number.isFinite(times)) return 'more than predicted';
  if (Math.abs(times - 1) < sameShare) return 'as predicted';
  if (times >= factorFrom) return `${Number(times.toPrecision(2))}× as long`;
  if (times > 1) return `${formatPercent(times - 1)} longer`;
  return `${formatPercent(1 - times)} shorter`;
}
