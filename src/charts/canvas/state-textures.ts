import type { WallState } from '../../measure/state-timeline.ts';

type Stroke = 'rising' | 'falling' | 'level' | 'upright' | 'dots';

/** How a state is told from the others without its colour, which is its stage's. */
export interface StateTexture {
  /** Of the stage's colour in the ground, 0 … 1. */
  share: number;
  strokes?: Stroke;
  pitchPx?: number;
}

/** Busy is solid, blocked hatched, waiting pale; nothing to do is bare ground. */
export const stateTextures: Readonly<Record<WallState, StateTexture>> = {
  busy: { share: 0.85 },
  setup: { share: 0.55 },
  blocked: { share: 0.12, strokes: 'rising', pitchPx: 5 },
  waitForPermit: { share: 0.28, strokes: 'level', pitchPx: 4 },
  waitForLimit: { share: 0.28, strokes: 'upright', pitchPx: 4 },
  waitForWorker: { share: 0.28 },
  paused: { share: 0.05, strokes: 'level', pitchPx: 7 },
  lingering: { share: 0.14, strokes: 'dots', pitchPx: 5 },
  backingOff: { share: 0.08, strokes: 'falling', pitchPx: 8 },
  lookingUp: { share: 0.08, strokes: 'upright', pitchPx: 8 },
  waitForItem: { share: 0 },
};

/**
 * Strokes over a box. They hang on the picture, not on the box, so that neighbours line up; what is outside
 * the shape must have been clipped away before.
 */
export function strokeTexture(
  context: CanvasRenderingContext2D,
  { strokes, pitchPx = 5 }: StateTexture,
  [x, y, width, height]: readonly [number, number, number, number],
  colour: string,
): void {
  if (!strokes) return;
  const first = (at: number) => Math.ceil(at / pitchPx) * pitchPx;
  if (strokes === 'dots') {
    context.fillStyle = colour;
    for (let top = first(y); top < y + height; top += pitchPx) {
      const shift = (top / pitchPx) % 2 === 0 ? 0 : pitchPx / 2;
      for (let left = first(x) + shift; left < x + width; left += pitchPx)
        context.fillRect(left, top, 1.5, 1.5);
    }
    return;
  }
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  if (strokes === 'level') {
    for (let at = first(y); at < y + height; at += pitchPx) {
      context.moveTo(x, at + 0.5);
      context.lineTo(x + width, at + 0.5);
    }
  } else {
    const lean = strokes === 'upright' ? 0 : height;
    for (let at = first(x - lean); at < x + width; at += pitchPx) {
      const [low, high] = strokes === 'falling' ? [at + lean, at] : [at, at + lean];
      context.moveTo(low + 0.5, y + height);
      context.lineTo(high + 0.5, y);
    }
  }
  context.stroke();
}
