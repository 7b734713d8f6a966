import { SvgContext } from '../../charts/svg/svg-context.ts';
import { saveBlob } from '../files/save.ts';

export interface PictureSize {
  widthPx: number;
  heightPx: number;
  /** What it shows, for those who do not see it. */
  label: string;
}

/** Sharp where it is printed or thrown on a wall. */
const pngRatio = 2;

/** Offers what `paint` paints as a file, by the kind its name ends in. */
export async function savePicture(
  fileName: `${string}.${'svg' | 'png'}`,
  { widthPx, heightPx, label }: PictureSize,
  paint: (context: CanvasRenderingContext2D) => void,
): Promise<void> {
  if (fileName.endsWith('.svg')) {
    const svg = new SvgContext();
    paint(svg.asCanvas);
    const text = svg.toString(widthPx, heightPx, label);
    return saveBlob(fileName, new Blob([text], { type: 'image/svg+xml' }));
  }
  const canvas = document.createElement('canvas');
  canvas.width = widthPx * pngRatio;
  canvas.height = heightPx * pngRatio;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(pngRatio, pngRatio);
  paint(context);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob) saveBlob(fileName, blob);
}
