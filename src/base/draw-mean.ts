import type { Draw } from './draws.ts';

/** The mean of a distribution (of a list: of its entries). */
export function meanOf(draw: Draw): number {
  if (typeof draw === 'number') return draw;
  if ('uniform' in draw) return (draw.uniform[0] + draw.uniform[1]) / 2;
  if ('exponential' in draw) return draw.exponential;
  if ('lognormal' in draw) return draw.lognormal.mean;
  if ('pareto' in draw) return draw.pareto.mean;
  const values = 'empirical' in draw ? draw.empirical : draw.perItem;
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
