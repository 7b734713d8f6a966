/** What is said of claims: figures and ranges as people write them. */
import { formatCount, formatMs, formatRatio } from '../../base/units.ts';
import { supportedDigits } from '../../measure/speedup.ts';
import type { Range } from '../../scenarios/claims/claim.ts';
import type { Interval, TrialOutcome } from './outcome.ts';
import { isNoSlower } from './verdict.ts';

/** A figure in the unit of its trial: "1.5×", "12 ms", "57 %", "3 items". */
export function figure(value: number, unit: string): string {
  if (unit === '×') return formatRatio(value);
  if (unit === 'ms') return formatMs(value);
  return unit === '' ? formatCount(value) : `${formatCount(value)} ${unit}`;
}

/** With its interval, and no more digits than that supports: "1.83× (1.79–1.88)"; "12 ms (11–13 ms)". */
export function intervalText({ value, low, high }: Interval, unit: string): string {
  if (low === high) return figure(value, unit);
  if (!Number.isFinite(high)) return `${figure(value, unit)} (at least ${figure(low, unit)})`;
  if (unit !== '×')
    return `${figure(value, unit)} (${span(figure(low, unit), figure(high, unit))})`;
  const digits = Math.min(2, supportedDigits(low, high));
  return `${value.toFixed(digits)}× (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** Two figures, their unit named once where it is the same: "460–860 ms", "460 ms–1.2 s". */
function span(low: string, high: string): string {
  const unitOf = (text: string): string => /\D*$/.exec(text)![0];
  const unit = unitOf(low);
  return `${unit === unitOf(high) ? low.slice(0, low.length - unit.length) : low}–${high}`;
}

/** "10–50×", "2×", "at least 85 %", "at most 100 ms"; "better" where nothing is claimed. */
export function rangeText(range: Range | null, unit: string): string {
  const { low, high } = range ?? {};
  if (low !== undefined && high !== undefined) {
    if (low === high) return plain(low, unit);
    return span(plain(low, unit), plain(high, unit));
  }
  if (low !== undefined) return `at least ${plain(low, unit)}`;
  return high === undefined ? 'better' : `at most ${plain(high, unit)}`;
}

/** As it is claimed: 2× is no 2.00×. */
const plain = (value: number, unit: string): string =>
  unit === '×' ? `${formatCount(value)}×` : figure(value, unit);

/** Played durations are the same each time: what is farther from a claim than rounding is outside it. */
const nearPlayed = 0.005;

/** What played durations came to, against what was claimed. */
export function replayNote(value: number, claimed: Range | null, unit: string): string {
  const came = `Played durations come to ${figure(value, unit)}`;
  const { low, high } = claimed ?? {};
  const below = low !== undefined && value < low - Math.abs(low) * nearPlayed;
  const above = high !== undefined && value > high + Math.abs(high) * nearPlayed;
  const against = `the claimed ${rangeText(claimed, unit)}`;
  if (low !== undefined && high !== undefined) {
    if (below || above) return `${came}, ${below ? 'below' : 'above'} ${against}.`;
    return `${came}, ${low === high ? 'which is' : 'within'} ${against}.`;
  }
  if (low !== undefined) return `${came}, ${below ? 'short of' : 'which reaches'} ${against}.`;
  if (high !== undefined) return `${came}, ${above ? 'more than' : 'which keeps to'} ${against}.`;
  return `${came}: ${value > 1 ? 'better' : 'no better'}, as far as they go.`;
}

/** An outcome without figures, and why. */
export const untold = (name: string, unit: string, note: string): TrialOutcome => ({
  ...{ name, verdict: null, measured: null, unit, predicted: null, note },
});

/** Of a trial that threw. */
export const brokenOff = ({ name }: { name: string }, error: unknown): TrialOutcome =>
  untold(name, '', `The trial broke off: ${String((error as Error | null)?.message ?? error)}`);

/** Several sentences as one text; what is nothing is left out. */
export const notesOf = (...notes: (string | false | undefined)[]): string =>
  notes.filter(Boolean).join(' ');

/** Of an interval that allows no verdict. @param claimed of a ratio; "right": of a figure that is right or wrong */
export function unevenWords(claimed: Range | null | 'right'): string {
  const reach =
    claimed === 'right' ? reaches.right : reaches[isNoSlower(claimed) ? 'even' : 'gain'];
  return `The runs vary too much to tell: their interval reaches from ${reach}.`;
}
const reaches = {
  right: 'inside what is claimed to outside',
  even: 'clearly slower to no slower',
  gain: 'no gain to a clear one',
};
