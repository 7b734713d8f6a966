import type { Draw } from '../../pipeline/types.ts';

export const drawKinds = [
  ['fixed', 'fixed'],
  ['uniform', 'uniform'],
  ['exponential', 'exponential'],
  ['lognormal', 'lognormal'],
  ['pareto', 'Pareto'],
  ['empirical', 'drawn from a list'],
  ['perItem', 'recorded, by item'],
] as const;
export type DrawKind = (typeof drawKinds)[number][0];

export function kindOf(draw: Draw): DrawKind {
  return typeof draw === 'number' ? 'fixed' : (Object.keys(draw)[0] as DrawKind);
}

/** About the mean: what stays when a draw changes its kind. */
export function meanOfDraw(draw: Draw): number {
  if (typeof draw === 'number') return draw;
  if ('uniform' in draw) return (draw.uniform[0] + draw.uniform[1]) / 2;
  if ('exponential' in draw) return draw.exponential;
  if ('lognormal' in draw) return draw.lognormal.mean;
  if ('pareto' in draw) return draw.pareto.mean;
  const list = 'empirical' in draw ? draw.empirical : draw.perItem;
  return list.length === 0 ? 0 : list.reduce((sum, value) => sum + value, 0) / list.length;
}

export function withKind(draw: Draw, kind: DrawKind): Draw {
  const mean = Number(meanOfDraw(draw).toPrecision(4));
  switch (kind) {
    case 'fixed':
      return mean;
    case 'uniform':
      return { uniform: [mean / 2, mean * 1.5] };
    case 'exponential':
      return { exponential: mean };
    case 'lognormal':
      return { lognormal: { mean, cv: 0.5 } };
    case 'pareto':
      return { pareto: { mean, alpha: 2.5 } };
    case 'empirical':
    case 'perItem': {
      const list =
        typeof draw === 'object' && 'perItem' in draw
          ? draw.perItem
          : typeof draw === 'object' && 'empirical' in draw
            ? draw.empirical
            : [mean / 2, mean, mean * 1.5];
      return kind === 'empirical' ? { empirical: list } : { perItem: list };
    }
  }
}
