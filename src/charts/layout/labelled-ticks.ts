import type { AxisTick } from './plot.ts';

/**
 * Ticks with their labels. Of neighbours that would say the same the first alone is there: over a narrow range
 * the figures differ by less than their words tell.
 */
export function labelledTicks(
  values: readonly number[],
  pxOf: (value: number) => number,
  format: (value: number) => string,
): AxisTick[] {
  const ticks = values.map((value) => ({ px: pxOf(value), label: format(value) }));
  return ticks.filter(({ label }, at) => label !== ticks[at - 1]?.label);
}
