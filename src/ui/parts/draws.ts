import { meanOf } from '../../base/draw-mean.ts';
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

/** Another kind with about the same mean. */
export function withKind(draw: Draw, kind: DrawKind): Draw {
  const mean = Number(meanOf(draw).toPrecision(4));
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
