import type { ChartColours } from '../colours.ts';

/** Marks of choices among many, of shapes that are told apart without their colour. */

/** The best one: a star of five points. @param radiusPx to its points. */
export function paintStar(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radiusPx: number,
  colours: ChartColours,
): void {
  context.beginPath();
  for (let corner = 0; corner < 10; corner++) {
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    const radius = corner % 2 === 0 ? radiusPx : radiusPx * 0.45;
    const [toX, toY] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    if (corner === 0) context.moveTo(toX, toY);
    else context.lineTo(toX, toY);
  }
  context.closePath();
  paintInk(context, colours);
}

/** What the document is now: a diamond. */
export function paintDiamond(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radiusPx: number,
  colours: ChartColours,
): void {
  context.beginPath();
  context.moveTo(x, y - radiusPx);
  context.lineTo(x + radiusPx, y);
  context.lineTo(x, y + radiusPx);
  context.lineTo(x - radiusPx, y);
  context.closePath();
  paintInk(context, colours);
}

/** Ink with a seam of the ground around it, so that it is seen on every colour. */
function paintInk(context: CanvasRenderingContext2D, { background, text }: ChartColours): void {
  context.setLineDash([]);
  context.lineWidth = 2.5;
  context.strokeStyle = background;
  context.stroke();
  context.fillStyle = text;
  context.fill();
}
