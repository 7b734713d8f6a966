/** Distance of the strokes, px. */
const pitchPx = 5;

/**
 * Slanted strokes on a pale ground. The strokes hang on the picture, not on the rectangle, so that
 * neighbours line up and nothing shimmers while the chart is panned by whole strokes.
 */
export function paintHatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  stroke: string,
  ground: string,
): void {
  context.fillStyle = ground;
  context.fillRect(x, y, width, height);
  if (width < 2) {
    context.fillStyle = stroke;
    context.fillRect(x, y, width, height / 2);
    return;
  }
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = stroke;
  context.lineWidth = 1.25;
  context.beginPath();
  // Only what is on a screen: a tail that runs far out of the window must not cost thousands of strokes.
  const from = Math.max(x, -pitchPx) - height;
  const to = Math.min(x + width, 16_384);
  for (let at = Math.ceil(from / pitchPx) * pitchPx; at < to; at += pitchPx) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}
