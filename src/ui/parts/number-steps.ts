import type { Quantity } from './quantities.ts';

/** What of a key event says which way to step, and how far. */
export type KeyStep = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

export interface Steppable {
  /** null: there is no number yet. */
  value: number | null;
  /** What the first step gives where there is none. */
  at: number;
  min: number;
  /** Where a slider ends; a box may go further. */
  max: number;
  whole: boolean;
  /** A slider takes Left and Right, Home and End as well; in a box these move the caret. */
  isSlider: boolean;
  kind: Quantity;
}

const coarse = 10;
const fine = 0.1;

/**
 * The value a key leads to: Up and Down go one natural step, with Shift (or Page Up and Down) ten of them,
 * with Alt a tenth of one. null: the key is none of these.
 */
export function stepped(event: KeyStep, field: Steppable): number | null {
  if (event.ctrlKey || event.metaKey) return null;
  const { value, at, min, max, whole, isSlider, kind } = field;
  if (isSlider && event.key === 'Home') return min;
  if (isSlider && event.key === 'End') return max;
  const way = wayOf(event.key, isSlider);
  if (way === 0) return null;
  if (value === null) return at;
  const isTen = event.shiftKey || event.key.startsWith('Page');
  const natural = kind.step(value, way > 0);
  const size = whole ? Math.max(1, natural) : event.altKey ? natural * fine : natural;
  const next = Number((value + way * size * (isTen ? coarse : 1)).toPrecision(12));
  // What was typed beyond the slider's end stays there.
  const top = isSlider ? Math.max(max, value) : Infinity;
  const inside = Math.min(top, Math.max(Math.min(min, value), next));
  return whole ? Math.round(inside) : inside;
}

function wayOf(key: string, isSlider: boolean): 1 | -1 | 0 {
  if (key === 'ArrowUp' || key === 'PageUp' || (isSlider && key === 'ArrowRight')) return 1;
  if (key === 'ArrowDown' || key === 'PageDown' || (isSlider && key === 'ArrowLeft')) return -1;
  return 0;
}

const nones = new Set(['none', 'no limit', 'unlimited', 'endless', 'null', '∞']);

/** Does what was typed mean "none", in the field's own words or in usual ones? */
export function isNone(typed: string, none: string): boolean {
  const text = typed.trim().toLowerCase();
  return text === none.toLowerCase() || nones.has(text);
}
