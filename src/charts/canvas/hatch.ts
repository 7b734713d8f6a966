/** Distance of the strokes, px. */
const pitchPx = 5;
const strokePx = 1.25;
/** No screen is wider. */
const mostPx = 16_384;

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
  context.strokeStyle = stroke;
  context.lineWidth = strokePx;
  context.beginPath();
  // Only what is on a screen: a tail that runs far out of the window must not cost thousands of strokes.
  const [left, right] = [Math.max(x, -pitchPx), Math.min(x + width, mostPx)];
  const bottom = y + height;
  // The first that has any length in it.
  const first = (Math.floor((left - height) / pitchPx) + 1) * pitchPx;
  // Cut to the rectangle here: to have the canvas clip each one costs several times as much.
  for (let at = first; at < right; at += pitchPx) {
    const from = Math.max(left, at);
    const to = Math.min(right, at + height);
    context.moveTo(from, bottom - (from - at));
    context.lineTo(to, bottom - (to - at));
  }
  context.stroke();
}
