import { lab, rgb } from 'd3';
import type { Theme } from './stage-colours.ts';

export interface ChartColours {
  background: string;
  text: string;
  faintText: string;
  grid: string;
  axis: string;
  cursor: string;
  failure: string;
  warning: string;
  drop: string;
  hit: string;
  focus: string;
  /** Behind a level while its source or upstream is held back. */
  throttled: string;
  /** Alternate lanes. */
  lane: string;
}

const light: ChartColours = {
  background: '#fafaf8',
  text: '#1c2128',
  faintText: '#57606a',
  grid: '#e4e7eb',
  axis: '#8c959f',
  cursor: '#1c2128',
  failure: '#b3261e',
  warning: '#8a5300',
  drop: '#b3261e',
  hit: '#0a6b4b',
  focus: '#0b57d0',
  throttled: '#f6d9a8',
  lane: '#f5f6f8',
};

const dark: ChartColours = {
  background: '#151b1e',
  text: '#e6e9ee',
  faintText: '#a1aab5',
  grid: '#2a2f37',
  axis: '#6b7480',
  cursor: '#f2f4f8',
  failure: '#ff8f87',
  warning: '#f2b75c',
  drop: '#ff8f87',
  hit: '#6fd8ad',
  focus: '#8ab4f8',
  throttled: '#4a3a1c',
  lane: '#191d23',
};

export function chartColours(theme: Theme): ChartColours {
  return theme === 'light' ? light : dark;
}

/**
 * The same colour as a pale wash, for time a task spent waiting. Opaque, so that layers do not add up.
 * Painters ask for few different ones, thousands of times a frame: each is worked out once.
 */
export function paleColour(colour: string, theme: Theme, strength = 0.35): string {
  const shades = shadesOf(colour, theme);
  // In whole percent: no eye tells more apart, and what is kept stays small.
  const percent = Math.round(strength * 100);
  return (shades[percent] ??= mixed(colour, theme, percent / 100));
}

function mixed(colour: string, theme: Theme, share: number): string {
  const ground = lab(chartColours(theme).background);
  const fill = lab(colour);
  return lab(
    ground.l + (fill.l - ground.l) * share,
    ground.a + (fill.a - ground.a) * share,
    ground.b + (fill.b - ground.b) * share,
  ).formatHex();
}

/** By theme and colour: the shades worked out so far, at their percent. */
const paleColours: Record<Theme, Map<string, string[]>> = { light: new Map(), dark: new Map() };

function shadesOf(colour: string, theme: Theme): string[] {
  const known = paleColours[theme];
  let shades = known.get(colour);
  if (!shades) known.set(colour, (shades = []));
  return shades;
}

/** Dark or light ink, whichever reads better on this fill; one of them always reaches 4.5:1. */
export function textOn(fill: string): '#000000' | '#ffffff' {
  return contrast(fill, '#000000') >= contrast(fill, '#ffffff') ? '#000000' : '#ffffff';
}

/** WCAG 2.2 contrast ratio of two opaque colours, 1 … 21. */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** WCAG relative luminance. */
function luminance(colour: string): number {
  const { r, g, b } = rgb(colour);
  const linear = (channel: number) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
