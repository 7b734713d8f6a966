import { layoutWaterfall } from '../../../src/charts/layout/waterfall.ts';
import { waterfallSvg } from '../../../src/charts/svg/waterfall-svg.ts';
import { formatMs } from '../../../src/base/units.ts';
import { residual } from '../../../src/explore/residual.ts';
import { residualRows } from '../../../src/ui/prediction/residual-words.ts';
import type { SvgPicture } from './picture.ts';

export const residualFromIdealToMeasured = (): SvgPicture => {
  const rows = residualRows(residual(400, [400, 431, 434, 440, 462], 455));
  const shows =
    'What each cost of a browser adds to the ideal makespan; the last step takes a little away.';
  const scene = layoutWaterfall(rows, { widthPx: 460, format: formatMs });
  const figures = rows.map(({ figure }) => figure);
  return {
    shows,
    svg: (theme) =>
      waterfallSvg(scene, { theme, label: shows, xLabel: 'makespan', figures, chosen: 2 }),
  };
};

export const residualWithoutCalibration = (): SvgPicture => {
  const rows = residualRows(residual(400, [], 480));
  const shows = 'Without a calibration everything beside the work is unexplained.';
  const scene = layoutWaterfall(rows, { widthPx: 300, format: formatMs });
  const figures = rows.map(({ figure }) => figure);
  return {
    shows,
    svg: (theme) =>
      waterfallSvg(scene, { theme, label: shows, xLabel: 'makespan', figures, chosen: null }),
  };
};
