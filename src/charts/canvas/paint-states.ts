import { formatPercent } from '../../base/units.ts';
import { paleColour } from '../colours.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import type { WallState } from '../../measure/state-timeline.ts';
import type { StateBand, StateLayer, StateScene } from '../layout/state-bands.ts';
import { paintBandName, paintBands, type BandOptions } from './paint-band.ts';
import { stateTextures, strokeTexture } from './state-textures.ts';

/** Paints what each stage did over time as shares stacked to the whole; context as for `paintLevels`. */
export function paintStates(
  context: CanvasRenderingContext2D,
  scene: StateScene,
  options: BandOptions,
): void {
  paintBands(context, scene, options, {
    band(band, colours) {
      for (const layer of band.layers) paintLayer(context, scene, band, layer, options.theme);
      const { timeline, label } = band.track;
      const busy = timeline.endMs > 0 ? timeline.totals().busy / timeline.endMs : 0;
      const notes = [`busy ${formatPercent(busy)}`];
      paintBandName(context, band, { name: label, notes }, scene.axis.leftPx, colours);
    },
  });
}

function paintLayer(
  context: CanvasRenderingContext2D,
  { axis }: StateScene,
  band: StateBand,
  layer: StateLayer,
  theme: Theme,
): void {
  const texture = stateTextures[layer.state];
  const colour = stageColour(band.track.stage, theme);
  if (texture.share === 0) return;
  context.fillStyle = paleColour(colour, theme, texture.share);
  if (!texture.strokes) {
    eachShape(band, layer, axis.leftPx, (x, y, width, height) =>
      context.fillRect(x, y, width, height),
    );
    return;
  }
  context.save();
  context.beginPath();
  eachShape(band, layer, axis.leftPx, (x, y, width, height) => context.rect(x, y, width, height));
  context.fill();
  context.clip();
  const box = [axis.leftPx, band.topPx, axis.widthPx, band.heightPx] as const;
  strokeTexture(context, texture, box, colour);
  context.restore();
}

/** The rectangles of a layer: equal neighbours are one. */
function eachShape(
  { topPx, heightPx }: StateBand,
  { floor, ceiling }: StateLayer,
  leftPx: number,
  each: (x: number, y: number, width: number, height: number) => void,
): void {
  for (let from = 0; from < floor.length;) {
    const low = floor[from]!;
    const high = ceiling[from]!;
    let to = from + 1;
    while (to < floor.length && floor[to] === low && ceiling[to] === high) to++;
    if (high - low > 1e-6) {
      const y = topPx + heightPx * (1 - high);
      each(leftPx + from, y, to - from, heightPx * (high - low));
    }
    from = to;
  }
}

/** The look of a state in a box, for a legend. CSS px. */
export function paintStateSwatch(
  context: CanvasRenderingContext2D,
  state: WallState,
  { leftPx = 0, widthPx, heightPx }: { leftPx?: number; widthPx: number; heightPx: number },
  colour: string,
  theme: Theme,
): void {
  const texture = stateTextures[state];
  context.save();
  context.beginPath();
  context.rect(leftPx, 0, widthPx, heightPx);
  context.clip();
  context.fillStyle = paleColour(colour, theme, texture.share);
  context.fillRect(leftPx, 0, widthPx, heightPx);
  strokeTexture(context, texture, [leftPx, 0, widthPx, heightPx], colour);
  context.restore();
  // Bare ground would be nothing to point at.
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.strokeRect(leftPx + 0.5, 0.5, widthPx - 1, heightPx - 1);
}
