/** Cut in the middle: names of many lanes mostly begin alike and differ at their end. */
export function fitText(context: CanvasRenderingContext2D, text: string, roomPx: number): string {
  let fitted = text;
  for (let kept = text.length - 1; kept > 1; kept--) {
    if (context.measureText(fitted).width <= roomPx) break;
    const head = Math.ceil(kept / 2);
    fitted = `${text.slice(0, head).trimEnd()}…${text.slice(text.length - (kept - head)).trimStart()}`;
  }
  return fitted;
}
