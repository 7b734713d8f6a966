import { formatMs } from '../../../src/base/units.ts';
import { layoutCostCurves } from '../../../src/charts/layout/cost-curves.ts';
import { layoutMiniSchedule } from '../../../src/charts/layout/mini-schedule.ts';
import { costCurvesSvg } from '../../../src/charts/svg/cost-curves-svg.ts';
import { miniScheduleSvg } from '../../../src/charts/svg/mini-schedule-svg.ts';
import { asciiTrace } from '../../fixtures/ascii-trace.ts';
import type { SvgPicture } from './picture.ts';

const sizes = [10, 25, 50, 100, 200, 400, 800];

export const costsOfTwoWays = (): SvgPicture => {
  const shows =
    'A cube and n log n on logarithmic axes, each with its fitted line; the claim begins at 200; one size is read.';
  const bump = (at: number): number => 1 + 0.15 * Math.sin(at * 2.3);
  const scene = layoutCostCurves(
    [
      { points: sizes.map((n, at) => ({ n, cost: 1e-5 * n ** 3 * bump(at) })), exponent: 3 },
      {
        points: sizes.map((n, at) => ({ n, cost: 0.002 * n * Math.log2(n) * bump(at + 1) })),
        exponent: 1.2,
      },
    ],
    { widthPx: 420, heightPx: 240, fromN: 200, formatCost: formatMs },
  );
  const axis = 'gaps';
  return { shows, svg: (theme) => costCurvesSvg(scene, { theme, label: shows, axis, chosen: 4 }) };
};

export const costsThatHardlyDiffer = (): SvgPicture => {
  const shows = 'Two flat costs of three sizes, one of them unmeasured once, nothing fitted.';
  const scene = layoutCostCurves(
    [
      { points: [50, 100, 200].map((n) => ({ n, cost: 3 })), exponent: null },
      { points: [50, 100, 200].map((n) => ({ n, cost: n === 100 ? 0 : 3.2 })), exponent: null },
    ],
    { widthPx: 300, heightPx: 150, formatCost: (cost) => `${cost} kept` },
  );
  return { shows, svg: (theme) => costCurvesSvg(scene, { theme, label: shows, axis: 'tasks' }) };
};

export const aScheduleAsASmallPicture = (): SvgPicture => {
  const shows = 'Three workers as lanes without words, a colour a stage.';
  const trace = asciiTrace(`
    stages  a b c
    w0      aaaabbbb  aaaa
    w1          aaaabbbbbbcc
    w2      cc      cc  bbbb
  `);
  const scene = layoutMiniSchedule(trace, { widthPx: 250, heightPx: 68 });
  return { shows, svg: (theme) => miniScheduleSvg(scene, { theme }) };
};
