import type { RunReport } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { compareItems, itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';

/** An item that a search has found. */
export interface ItemMatch {
  label: string;
  /** Where the words were found if not in its name: part of a value, a path or an error. */
  because: string;
}

/** What is known of items beside their names. */
export interface ItemTexts {
  pipeline: Pipeline | null;
  report: Pick<RunReport, 'results' | 'failures'> | null;
  files: readonly { path: string }[];
}

const shownLetters = 48;

/**
 * Items whose name is, begins with or contains the words, then those whose value, path or error does;
 * at most `most` of them.
 */
export function findItems(
  trace: Trace,
  words: string,
  texts: ItemTexts,
  most: number,
): ItemMatch[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const found = new Map<string, ItemMatch>();
  const add = (label: string, because = ''): boolean => {
    if (!found.has(label)) found.set(label, { label, because });
    return found.size >= most;
  };
  const exact = rowOfLabel(trace, words.trim());
  if (exact >= 0) add(itemLabel(trace, exact));
  for (const label of labelsLike(trace, wanted, most)) if (add(label)) break;
  for (const [label, text] of textsOf(texts)) {
    if (found.size >= most) break;
    const at = text.toLowerCase().indexOf(wanted);
    if (at >= 0 && rowOfLabel(trace, label) >= 0) add(label, around(text, at));
  }
  return [...found.values()];
}

/** The row of the item with that name; -1: there is none. */
export function rowOfLabel(trace: Trace, label: string): number {
  const { count, parent, ordinal } = trace.items;
  if (/^\d{1,9}$/.test(label)) {
    const number = Number(label);
    // Row i of a plain run is source item i.
    if (number < count && parent[number] === -1 && ordinal[number] === number) return number;
    for (let row = 0; row < count; row++)
      if (parent[row] === -1 && ordinal[row] === number) return row;
    return -1;
  }
  for (let row = 0; row < count; row++)
    if (parent[row] !== -1 && itemLabel(trace, row) === label) return row;
  return -1;
}

/** The row of the same item in another run's trace; -1: it is not in there. */
export function sameItem({ items }: Trace, item: number, other: Trace): number {
  if (item < other.items.count && compareItems(items, item, item, other.items) === 0) return item;
  for (let row = 0; row < other.items.count; row++)
    if (compareItems(items, item, row, other.items) === 0) return row;
  return -1;
}

/** Names that begin with the words, short ones first; source items are counted, not looked through. */
function labelsLike(trace: Trace, wanted: string, most: number): string[] {
  const { count, parent } = trace.items;
  const labels: string[] = [];
  if (/^\d{1,9}$/.test(wanted)) {
    const emitted = trace.meta.items.emitted || count;
    for (let from = Number(wanted) * 10, width = 10; from < emitted && from > 0;) {
      for (let n = from; n < Math.min(from + width, emitted) && labels.length < most; n++)
        if (rowOfLabel(trace, String(n)) >= 0) labels.push(String(n));
      if (labels.length >= most) break;
      from *= 10;
      width *= 10;
    }
  }
  for (let row = 0; row < count && labels.length < 2 * most; row++) {
    if (parent[row] === -1) continue;
    const label = itemLabel(trace, row);
    if (label.toLowerCase().startsWith(wanted) || isResultOf(trace, row, wanted))
      labels.push(label);
  }
  return labels.slice(0, most);
}

/** A result is called by its stage's id; people know the stage's name. */
function isResultOf({ items, meta }: Trace, row: number, wanted: string): boolean {
  const stage = items.parent[row] === -2 ? meta.stages[items.ordinal[row]!] : undefined;
  return stage !== undefined && stage.name.toLowerCase().includes(wanted);
}

function* textsOf({
  pipeline,
  report,
  files,
}: ItemTexts): Generator<[label: string, text: string]> {
  const source = pipeline?.source;
  if (source?.kind === 'values')
    for (const [number, value] of source.values.entries()) yield [String(number), textOf(value)];
  if (source?.kind === 'files')
    for (const [number, { path }] of files.entries()) yield [String(number), path];
  for (const { item, input, message } of report?.failures ?? [])
    yield [item, `${message} ${input ?? ''}`];
  for (const { item, value } of report?.results ?? []) yield [item, textOf(value)];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

function around(text: string, at: number): string {
  const from = at <= 16 ? 0 : at - 12;
  const cut = text.slice(from, from + shownLetters).replace(/\s+/g, ' ');
  return `${from > 0 ? '…' : ''}${cut}${from + shownLetters < text.length ? '…' : ''}`;
}
