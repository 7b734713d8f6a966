import { layoutBullet } from '../../../src/charts/layout/bullet.ts';
import { bulletSvg } from '../../../src/charts/svg/bullet-svg.ts';
import { graphSvg, type GraphBox } from '../../../src/charts/svg/graph-svg.ts';
import type { SvgPicture } from './picture.ts';

const wanted = { targetMs: 100, stretchMs: 80, predictedMs: 72 };

export const bulletOfATargetMet = (): SvgPicture => {
  const interval = { lowMs: 70, highMs: 79 };
  const scene = layoutBullet({ ...wanted, measuredMs: 75, interval }, 320);
  const shows = 'The bar with its whisker ends before both lines; the diamond is the prediction.';
  return { shows, svg: (theme) => bulletSvg(scene, { theme, label: shows, isMissed: false }) };
};

export const bulletOfATargetMissed = (): SvgPicture => {
  const scene = layoutBullet({ ...wanted, measuredMs: 130, interval: null }, 320);
  const shows = 'The bar reaches beyond the target, onto the lighter ground.';
  return { shows, svg: (theme) => bulletSvg(scene, { theme, label: shows, isMissed: true }) };
};

export const bulletWithoutAnythingMeasured = (): SvgPicture => {
  const scene = layoutBullet({ ...wanted, measuredMs: null, interval: null }, 320);
  const shows = 'No bar: only what is wanted, and what is predicted.';
  return { shows, svg: (theme) => bulletSvg(scene, { theme, label: shows, isMissed: false }) };
};

export const graphOfAReport = (): SvgPicture => {
  const at = (id: string, x: number, y: number, stage: number | null): GraphBox => ({
    ...{ id, x, y, widthPx: 150, heightPx: 48, stage },
    title: id === 'b' ? 'A stage with a name that is too long for it' : id,
    detail: 'CPU 4 ms',
  });
  const boxes = [at('s', 0, 30, null), at('a', 190, 0, 0), at('b', 190, 66, 1)];
  const shows = 'A source and two stages it feeds; a long name is cut.';
  const arrows = [
    { from: 's', to: 'a' },
    { from: 's', to: 'b' },
  ];
  return {
    shows,
    svg: (theme) => graphSvg(boxes, arrows, { theme, label: shows, vertical: false }),
  };
};
