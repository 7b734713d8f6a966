/** What the address of an embedded view asks for, before its "#". */
import { suggest } from '../../base/suggest.ts';

export const embedThemes = ['light', 'dark', 'auto'] as const;
export type EmbedTheme = (typeof embedThemes)[number];
export const embedParts = ['graph', 'schedule'] as const;
export type EmbedPart = (typeof embedParts)[number];

export interface EmbedOptions {
  /** auto: what the reader’s system asks for. */
  theme: EmbedTheme;
  parts: ReadonlySet<EmbedPart>;
  /** Ground of the Run button and the letters on it, "#rrggbb"; null: the page’s own. */
  accent: { ground: string; ink: string } | null;
  /** The only page that is heard and told anything; null: none. */
  origin: string | null;
}

const names = ['embed', 'theme', 'parts', 'accent', 'origin'] as const;
/** An address may be long; what it asks for is not. */
const shownLettersMax = 40;

/**
 * `?embed&theme=dark&parts=graph,schedule&accent=0a6570&origin=https://example.org`, in any order.
 * @returns what holds, and a sentence for each thing that is not understood: the default holds in its place.
 */
export function readEmbedOptions(search: string): { options: EmbedOptions; faults: string[] } {
  const asked = new URLSearchParams(search);
  const faults: string[] = [];
  for (const name of new Set(asked.keys())) {
    if ((names as readonly string[]).includes(name)) continue;
    faults.push(
      `The address asks for ${quoted(name)}, which is none of ${names.join(', ')}${meant(name, names)}.`,
    );
  }
  const theme = asked.get('theme') ?? 'auto';
  const isTheme = (embedThemes as readonly string[]).includes(theme);
  if (!isTheme)
    faults.push(
      `The address asks for the theme ${quoted(theme)}: use one of ${embedThemes.join(', ')}${meant(theme, embedThemes)}.`,
    );
  const accent = asked.get('accent');
  const ground = accent === null ? null : colourIn(accent);
  if (accent !== null && ground === null)
    faults.push(
      `The address asks for the accent ${quoted(accent)}: use six hexadecimal digits, like 0a6570.`,
    );
  const origin = asked.get('origin');
  const isOrigin = origin === null || isWebOrigin(origin);
  if (!isOrigin)
    faults.push(
      `The address names the origin ${quoted(origin)}: use one like https://example.org, without a path or a slash at its end.`,
    );
  return {
    options: {
      theme: isTheme ? (theme as EmbedTheme) : 'auto',
      parts: partsIn(asked.get('parts'), faults),
      accent: ground === null ? null : { ground, ink: inkOn(ground) },
      origin: isOrigin ? origin : null,
    },
    faults,
  };
}

function partsIn(text: string | null, faults: string[]): ReadonlySet<EmbedPart> {
  const all = new Set(embedParts);
  if (text === null) return all;
  const asked = text.split(',').map((part) => part.trim());
  const known = asked.filter((part): part is EmbedPart =>
    (embedParts as readonly string[]).includes(part),
  );
  const unknown = asked.find((part) => !(embedParts as readonly string[]).includes(part));
  if (unknown !== undefined)
    faults.push(
      `The address asks for the part ${quoted(unknown)}: use ${embedParts.join(', ')} or both${meant(unknown, embedParts)}.`,
    );
  return known.length > 0 ? new Set(known) : all;
}

const colourIn = (text: string): string | null => {
  const digits = /^#?([0-9a-f]{6})$/i.exec(text)?.[1];
  return digits === undefined ? null : `#${digits.toLowerCase()}`;
};

/** Black or white, whichever stands out more: 4.5:1 or better on any ground (WCAG 2.2, 1.4.3). */
function inkOn(ground: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(ground.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Where (L + 0.05) ÷ 0.05 is 1.05 ÷ (L + 0.05), both stand out alike.
  return luminance > Math.sqrt(1.05 * 0.05) - 0.05 ? '#000000' : '#ffffff';
}

/** As `event.origin` gives it: nothing that would only nearly match. */
function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol } = new URL(text);
  return origin === text && (protocol === 'https:' || protocol === 'http:');
}

const quoted = (text: string): string =>
  `“${text.length > shownLettersMax ? `${text.slice(0, shownLettersMax)}…` : text}”`;

function meant(typed: string, known: readonly string[]): string {
  const nearest = suggest(typed, known);
  return nearest === null ? '' : ` (did you mean ${nearest}?)`;
}
