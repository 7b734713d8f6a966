import { layoutFunnel } from '../../../src/charts/layout/funnel.ts';
import { layoutIntervalRows } from '../../../src/charts/layout/interval-rows.ts';
import { layoutSamples } from '../../../src/charts/layout/sample-chart.ts';
import { layoutScaling } from '../../../src/charts/layout/scaling-chart.ts';
import { funnelSvg } from '../../../src/charts/svg/funnel-svg.ts';
import { intervalRowsSvg } from '../../../src/charts/svg/interval-rows-svg.ts';
import { contenderColour, samplesSvg } from '../../../src/charts/svg/samples-svg.ts';
import { scalingSvg } from '../../../src/charts/svg/scaling-svg.ts';
import { pairedSpeedup } from '../../../src/measure/speedup.ts';
import { uslSpeedup } from '../../../src/measure/usl.ts';
import type { SvgPicture } from './picture.ts';

const size = { widthPx: 420, heightPx: 180 };

/** A machine that slows down by a quarter, and one run that was disturbed. */
const drifting = (baseMs: number): number[] =>
  Array.from({ length: 12 }, (_, run) => baseMs * (1 + run / 44) * (run === 7 ? 1.3 : 1));

export const everyRunOfAnExperiment = (): SvgPicture => {
  const shows = 'Three contenders with marks of their own, all drifting together; one run is read.';
  const series = [800, 620, 610].map((baseMs, index) => ({
    name: `contender ${index}`,
    startsMs: drifting(1).map((_, run) => run * 2100 + index * 700),
    makespansMs: drifting(baseMs),
    medianMs: baseMs * 1.14,
  }));
  const scene = layoutSamples(series, size);
  return { shows, svg: (theme) => samplesSvg(scene, { theme, label: shows, chosen: 5 }) };
};

const ratios = Array.from({ length: 24 }, (_, pair) => 1.25 + 0.12 * Math.sin(pair * 2.4));

export const anIntervalThatNarrows = (): SvgPicture => {
  const shows = 'Pairs as dots, the interval at three looks, the aim of ± 2 % as a green band.';
  const looks = [12, 17, 24].map((pairs, seed) => pairedSpeedup(ratios.slice(0, pairs), { seed }));
  const scene = layoutFunnel(ratios, looks, size);
  return {
    shows,
    svg: (theme) =>
      funnelSvg(scene, { theme, label: shows, colour: contenderColour(1, theme), chosen: 1 }),
  };
};

export const tooFewPairsForAnInterval = (): SvgPicture => {
  const shows = 'Five pairs as dots; where they are equal is dashed.';
  const scene = layoutFunnel(ratios.slice(0, 5), [], size);
  return {
    shows,
    svg: (theme) => funnelSvg(scene, { theme, label: shows, colour: contenderColour(1, theme) }),
  };
};

export const speedupAgainstWorkers = (): SvgPicture => {
  const shows =
    'Intervals, two laws fitted and continued palely, the knee, and a dashed prediction.';
  const law = (n: number): number => uslSpeedup({ alpha: 0.05, beta: 0.02 }, n);
  const scene = layoutScaling(
    {
      measured: [1, 2, 3, 4, 6, 8].map((workers) => ({
        workers,
        ratio: law(workers) * (workers === 3 ? 1.04 : 1),
        low: law(workers) * (workers === 1 ? 1 : 0.93),
        high: law(workers) * (workers === 1 ? 1 : 1.06),
      })),
      predicted: [1, 2, 4, 8, 12, 16].map((workers) => ({ workers, speedup: workers ** 0.8 })),
      laws: [(n) => uslSpeedup({ alpha: 0.12, beta: 0 }, n), law],
      knee: 6.9,
    },
    { ...size, heightPx: 220 },
  );
  return { shows, svg: (theme) => scalingSvg(scene, { theme, label: shows, chosen: 2 }) };
};

export const speedupsOfSeveralMachines = (): SvgPicture => {
  const shows = 'Three intervals one below the other, one slower than sequential; one is read.';
  const rows = [
    { name: 'Claimed: 1.83× (1.79–1.88)', ratio: 1.83, low: 1.79, high: 1.88 },
    { name: 'Here: 1.6× (1.2–1.9)', ratio: 1.6, low: 1.2, high: 1.9 },
    {
      name: 'A browser whose name is longer than this picture is wide, so that it has to be cut: 0.9×',
      ...{ ratio: 0.9, low: 0.82, high: 0.97 },
    },
  ];
  const scene = layoutIntervalRows(rows, size.widthPx);
  return {
    shows,
    svg: (theme) =>
      intervalRowsSvg(scene, rows, { theme, label: shows, axis: 'speedup', chosen: 1 }),
  };
};
