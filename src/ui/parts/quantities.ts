import {
  formatBytes,
  formatCount,
  formatMs,
  formatPercent,
  parseBytes,
  parseCount,
  parseMs,
  parsePercent,
} from '../../base/units.ts';

/** A kind of number: how it is shown, how typed text is read, and what kind of typing is expected. */
export interface Quantity {
  format(value: number): string;
  /** null: not a number of this kind. */
  parse(text: string): number | null;
  example: string;
  /** One arrow key from this value, upwards or downwards; always above zero. */
  step(value: number, up: boolean): number;
}

/** A tenth of the leading digit's place: 12 → 1, 250 → 10, 0.5 → 0.01. */
function tenth(value: number, up: boolean): number {
  const size = Math.abs(value);
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const place = 10 ** Math.floor(Math.log10(size));
  // Down from a round number the place below is the one to step in.
  return (!up && size === place ? place / 10 : place) / 10;
}
const one = (): number => 1;
/** Small whole numbers step by one: 4 ms → 5 ms, 10 ms → 9 ms. */
function smallOrTenth(value: number, up: boolean): number {
  const isSmall = Number.isInteger(value) && value <= 10 && value > (up ? -1 : 1);
  return isSmall ? 1 : tenth(value, up);
}

/** A sixteenth of the power of two below: 64 KiB → 4 KiB. */
function binary(value: number, up: boolean): number {
  if (value < 16) return 1;
  const place = 2 ** Math.floor(Math.log2(value));
  return (!up && value === place ? place / 2 : place) / 16;
}

const plainNumber = (value: number): string =>
  String(Number(value.toPrecision(6))).replace('e+', 'e');

export const quantities = {
  count: { format: formatCount, parse: parseCount, example: '8', step: one },
  ms: { format: formatMs, parse: parseMs, example: '250 ms', step: smallOrTenth },
  bytes: { format: formatBytes, parse: parseBytes, example: '64 KiB', step: binary },
  share: { format: formatPercent, parse: parsePercent, example: '5 %', step: () => 0.01 },
  number: {
    format: plainNumber,
    parse: (text: string) => {
      const value = Number(text.trim());
      return text.trim() === '' || !Number.isFinite(value) ? null : value;
    },
    example: '1.5',
    step: () => 0.1,
  },
  perSecond: {
    format: (value: number) => `${plainNumber(value)} /s`,
    parse: (text: string) => {
      const value = Number(text.replace(/\/\s*s$/, '').trim());
      return text.trim() === '' || !Number.isFinite(value) ? null : value;
    },
    example: '20 /s',
    step: smallOrTenth,
  },
} satisfies Record<string, Quantity>;
export type QuantityName = keyof typeof quantities;

/** As it is shown, unless that leaves digits out: then all of them. What is typed anew must lose nothing. */
export function exactText(quantity: QuantityName, value: number): string {
  const { format, parse } = quantities[quantity];
  const text = format(value);
  if (parse(text) === value) return text;
  return quantity === 'share' ? `${Number((value * 100).toPrecision(15))} %` : String(value);
}

/**
 * Where a slider stands for a value. `log`: equal steps multiply, with zero at the very left, so one
 * slider serves 1 ms and 10 s alike. Positions run 0 … 1000.
 */
export const sliderSteps = 1000;

export function toSlider(value: number, min: number, max: number, log: boolean): number {
  if (!log) return clamp(((value - min) / (max - min)) * sliderSteps);
  const low = lowestOf(min, max);
  if (value < low) return 0;
  return clamp(1 + (Math.log(value / low) / Math.log(max / low)) * (sliderSteps - 1));
}

export function fromSlider(at: number, min: number, max: number, log: boolean): number {
  if (!log) return min + (at / sliderSteps) * (max - min);
  const low = lowestOf(min, max);
  if (at < 1) return min;
  const value = low * (max / low) ** ((at - 1) / (sliderSteps - 1));
  return Number(value.toPrecision(2));
}

const clamp = (at: number): number => Math.min(sliderSteps, Math.max(0, at));
const lowestOf = (min: number, max: number): number => (min > 0 ? min : max / 100_000);
