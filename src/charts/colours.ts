import { hcl, lab, rgb } from 'd3';

export type Theme = 'light' | 'dark';

/**
 * Ten stage colours a theme. Searched for, so that any two stay at least 19 apart in CIE Lab for normal
 * sight, protanopes and deuteranopes alike (simulated after Machado, Oliveira and Fernandes 2009; a
 * just noticeable difference is about 2), each stands out from the ground by 3:1, and a stage keeps
 * its hue from theme to theme. Ordered so that the first few are furthest apart.
 */
const palettes: Record<Theme, readonly string[]> = {
  light: [
    '#207dc2',
    '#a08a04',
    '#7a0540',
    '#009e8a',
    '#023db8',
    '#a20002',
    '#67157a',
    '#65984b',
    '#814a3c',
    '#724c79',
  ],
  dark: [
    '#96c5fc',
    '#f9d93d',
    '#c93a76',
    '#29f7d9',
    '#6674fb',
    '#ed583b',
    '#a452b6',
    '#b4ea97',
    '#c78978',
    '#b58bbc',
  ],
};

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

/** Stages past the tenth take the hues again, lighter and darker; label and lane carry the rest. */
const lightnessSteps = [0, 12, -12, 20];

/** The fill of the n-th stage, "#rrggbb"; 3:1 or more against lanes (WCAG 2.2, 1.4.11). */
export function stageColour(stage: number, theme: Theme): string {
  const palette = palettes[theme];
  const colour = palette[stage % palette.length]!;
  const lift = lightnessSteps[Math.floor(stage / palette.length) % lightnessSteps.length]!;
  if (lift === 0) return colour;
  const base = hcl(colour);
  base.l += lift;
  const away = theme === 'light' ? -2 : 2;
  while (contrast(base.formatHex(), chartColours(theme).lane) < 3) base.l += away;
  return base.formatHex();
}

/**
 * The same colour as a pale wash, for time a task spent waiting. Opaque, so that layers do not add up.
 * Painters ask for few different ones, thousands of times a frame: each is worked out once.
 */
export function paleColour(colour: string, theme: Theme, strength = 0.35): string {
  const key = `${colour}/${theme}/${strength}`;
  let pale = paleColours.get(key);
  if (pale === undefined) {
    const ground = lab(chartColours(theme).background);
    const fill = lab(colour);
    pale = lab(
      ground.l + (fill.l - ground.l) * strength,
      ground.a + (fill.a - ground.a) * strength,
      ground.b + (fill.b - ground.b) * strength,
    ).formatHex();
    paleColours.set(key, pale);
  }
  return pale;
}

const paleColours = new Map<string, string>();

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
