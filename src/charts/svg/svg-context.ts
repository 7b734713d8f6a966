import { escapeXml, px } from './escape.ts';

/** What painters set and `save` keeps. */
interface Ink {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineDash: readonly number[];
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  /** Number of the clip path that holds; null: everything shows. */
  clip: number | null;
}

/** The share of a font's size that a letter of a plain sans serif is wide on average. */
const letterWidth = 0.55;

const anchorOf: Partial<Record<CanvasTextAlign, string>> = {
  right: 'end',
  end: 'end',
  center: 'middle',
};
const baselineOf: Partial<Record<CanvasTextBaseline, string>> = {
  middle: 'central',
  top: 'hanging',
  hanging: 'hanging',
  bottom: 'text-after-edge',
};

/**
 * A canvas's 2D context as far as our painters use it, that writes SVG text instead of pixels: what is
 * exported is what was on the screen, and no DOM is needed. Letters are taken for equally wide, so that the
 * same picture comes out on every machine.
 *
 * Anything a painter calls that is not here throws: a picture with a part missing must not go unnoticed.
 */
export class SvgContext {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';

  #lineDash: readonly number[] = [];
  #clip: number | null = null;
  readonly #saved: Ink[] = [];
  #path: string[] = [];
  readonly #clips: string[] = [];
  readonly #parts: string[] = [];
  /** Clip of the group that is open in `#parts`. */
  #openClip: number | null = null;

  readonly #id: string;

  /** @param id begins the ids inside; another one for each picture of a page, or they take each other's clips. */
  constructor(id = 'c') {
    this.#id = escapeXml(id);
  }

  /** For painters, which name the browser's type. */
  get asCanvas(): CanvasRenderingContext2D {
    return this as unknown as CanvasRenderingContext2D;
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline } = this;
    this.#saved.push({
      ...{ fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline },
      ...{ lineDash: this.#lineDash, clip: this.#clip },
    });
  }

  restore(): void {
    const ink = this.#saved.pop();
    if (!ink) return;
    const { lineDash, clip, ...rest } = ink;
    Object.assign(this, rest);
    this.#lineDash = lineDash;
    this.#clip = clip;
  }

  beginPath(): void {
    this.#path = [];
  }
  closePath(): void {
    this.#path.push('Z');
  }
  moveTo(x: number, y: number): void {
    this.#path.push(`M${px(x)} ${px(y)}`);
  }
  lineTo(x: number, y: number): void {
    this.#path.push(`L${px(x)} ${px(y)}`);
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${px(x)} ${px(y)}h${px(width)}v${px(height)}h${px(-width)}Z`);
  }
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#path.push(`C${[x1, y1, x2, y2, x, y].map(px).join(' ')}`);
  }
  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    this.#path.push(`Q${[x1, y1, x, y].map(px).join(' ')}`);
  }
  /** Clockwise; a whole turn is two halves, because SVG draws nothing between one point and itself. */
  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const at = (angle: number): string =>
      `${px(x + radius * Math.cos(angle))} ${px(y + radius * Math.sin(angle))}`;
    const middle = (from + to) / 2;
    const half = (angle: number): string => `A${px(radius)} ${px(radius)} 0 0 1 ${at(angle)}`;
    this.#path.push(`${this.#path.length > 0 ? 'L' : 'M'}${at(from)}${half(middle)}${half(to)}`);
  }

  clip(): void {
    const d = this.#path.join('');
    // A clip within a clip shows what both let through.
    const outer = this.#clip === null ? '' : ` clip-path="url(#${this.#id}${this.#clip})"`;
    this.#clip = this.#clips.length;
    this.#clips.push(`<clipPath id="${this.#id}${this.#clip}"${outer}><path d="${d}"/></clipPath>`);
  }
  fill(): void {
    this.#add(`<path d="${this.#path.join('')}" ${this.#fill}/>`);
  }
  stroke(): void {
    if (this.#path.length > 0)
      this.#add(`<path d="${this.#path.join('')}" fill="none" ${this.#stroke}/>`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#rect(x, y, width, height, this.#fill);
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#rect(x, y, width, height, `fill="none" ${this.#stroke}`);
  }
  /** A picture begins empty. */
  clearRect(): void {}
  /** What the picture is scaled by is the reader's affair. */
  setTransform(): void {}
  setLineDash(dash: readonly number[]): void {
    this.#lineDash = dash;
  }

  fillText(text: string, x: number, y: number, roomPx?: number): void {
    const anchor = anchorOf[this.textAlign];
    const baseline = baselineOf[this.textBaseline];
    const attributes = [
      `x="${px(x)}" y="${px(y)}" ${this.#fill} style="font:${escapeXml(this.font)}"`,
      anchor ? `text-anchor="${anchor}"` : '',
      baseline ? `dominant-baseline="${baseline}"` : '',
      roomPx !== undefined && this.measureText(text).width > roomPx
        ? `textLength="${px(roomPx)}" lengthAdjust="spacingAndGlyphs"`
        : '',
    ].filter((part) => part !== '');
    this.#add(`<text ${attributes.join(' ')}>${escapeXml(text)}</text>`);
  }
  measureText(text: string): { width: number } {
    const size = Number.parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '10');
    return { width: text.length * size * letterWidth };
  }

  /** The whole picture. `label`: what it shows, for those who do not see it. */
  toString(widthPx: number, heightPx: number, label: string): string {
    const size = `width="${px(widthPx)}" height="${px(heightPx)}"`;
    const box = `viewBox="0 0 ${px(widthPx)} ${px(heightPx)}"`;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box} role="img" aria-label="${escapeXml(label)}">`,
      ...(this.#clips.length > 0 ? [`<defs>${this.#clips.join('')}</defs>`] : []),
      ...this.#parts,
      ...(this.#openClip === null ? [] : ['</g>']),
      '</svg>',
    ].join('\n');
  }

  #add(part: string): void {
    if (this.#openClip !== this.#clip) {
      if (this.#openClip !== null) this.#parts.push('</g>');
      if (this.#clip !== null) this.#parts.push(`<g clip-path="url(#${this.#id}${this.#clip})">`);
      this.#openClip = this.#clip;
    }
    this.#parts.push(part);
  }

  #rect(x: number, y: number, width: number, height: number, look: string): void {
    if (width === 0 || height === 0) return;
    // A canvas takes rectangles that go backwards, SVG does not.
    const [left, top] = [Math.min(x, x + width), Math.min(y, y + height)];
    const box = `x="${px(left)}" y="${px(top)}" width="${px(Math.abs(width))}" height="${px(Math.abs(height))}"`;
    this.#add(`<rect ${box} ${look}/>`);
  }

  get #fill(): string {
    const alpha = this.globalAlpha < 1 ? ` fill-opacity="${px(this.globalAlpha)}"` : '';
    return `fill="${this.fillStyle}"${alpha}`;
  }
  get #stroke(): string {
    const dash = this.#lineDash.length > 0 ? ` stroke-dasharray="${this.#lineDash.join(' ')}"` : '';
    const alpha = this.globalAlpha < 1 ? ` stroke-opacity="${px(this.globalAlpha)}"` : '';
    return `stroke="${this.strokeStyle}" stroke-width="${px(this.lineWidth)}"${dash}${alpha}`;
  }
}
