import { boundBars } from '../../../src/charts/svg/bound-bars.ts';
import { whenStrip } from '../../../src/charts/svg/when-strip.ts';
import { stageColour } from '../../../src/charts/stage-colours.ts';
import type { SvgPicture } from './picture.ts';

const terms = [
  { by: 'permits:slow', valueMs: 600, sentence: '' },
  { by: 'cores', valueMs: 360, sentence: '' },
  { by: 'critical-path', valueMs: 12, sentence: '' },
];

export const boundsAgainstTheMakespan = (): SvgPicture => ({
  shows: 'A bar a lower bound, the one that binds in another colour; the dashed line is the run.',
  svg: (theme) =>
    boundBars(terms, {
      ...{ widthPx: 360, theme, nameOf: (by) => by, makespanMs: 700, run: 'this run' },
    }),
});

export const whenABottleneckWasInForce = (): SvgPicture => ({
  shows: 'Nothing at first, then a burst, a while of half the time, and then all of it.',
  svg: (theme) =>
    whenStrip([0, 0, 0, 1, 1, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.01, 1, 1, 1, 1, 1], {
      ...{ theme, colour: stageColour(1, theme), label: 'in force for half of the run' },
    }),
});
