/** The page that shows all golden pictures beside what the painters paint now. */
import { allCases } from './all-cases.ts';
import type { Picture, SvgPicture } from './picture.ts';

for (const [name, make] of Object.entries(allCases)) {
  const picture = make();
  const title = document.createElement('h2');
  title.textContent = name;
  const words = document.createElement('p');
  words.textContent = picture.shows;
  document.body.append(title, words);
  for (const theme of ['light', 'dark'] as const) {
    const figure = document.createElement('figure');
    const kept = new Image();
    kept.src = `./svg/${name}.${theme}.svg`;
    figure.append(kept, ' ', painted(picture, theme));
    document.body.append(figure);
  }
}

function painted(picture: Picture | SvgPicture, theme: 'light' | 'dark'): HTMLElement {
  if ('svg' in picture) {
    const holder = document.createElement('div');
    holder.innerHTML = picture.svg(theme);
    return holder;
  }
  const canvas = document.createElement('canvas');
  const ratio = devicePixelRatio;
  canvas.width = picture.widthPx * ratio;
  canvas.height = picture.heightPx * ratio;
  canvas.style.width = `${picture.widthPx}px`;
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  picture.paint(context, theme);
  return canvas;
}
