import type { PipelineDocument } from '../../pipeline/types.ts';

/** A document made of a text in another format, and what a reader should know before opening it. */
export interface Imported {
  document: PipelineDocument;
  /** What was assumed, and what was left out: a sentence each. */
  remarks: readonly string[];
  /** What can be read otherwise, with how it was read now. */
  choices: readonly ImportChoice[];
}

/** `id` is what `Chosen` calls it. */
export type ImportChoice = { id: string; label: string } & (
  | { kind: 'one-of'; value: string; options: readonly { value: string; label: string }[] }
  | { kind: 'number'; value: number; min: number; max: number; whole: boolean }
);

/** What a reader chose, by the id of the choice; the others stay as they are by themselves. */
export type Chosen = Readonly<Record<string, string | number>>;

/** From text to a document, which may still be too large. @throws {Refusal} */
export type Importer = (text: string, name: string, chosen: Chosen) => Imported;

/** One of a few. What is not among them counts as not chosen: a format may offer others for another text. */
export function oneOf(
  chosen: Chosen,
  id: string,
  label: string,
  options: readonly (readonly [value: string, label: string])[],
): ImportChoice & { kind: 'one-of' } {
  const value = options.find(([known]) => known === chosen[id])?.[0] ?? options[0]![0];
  return {
    ...{ kind: 'one-of', id, label, value },
    options: options.map(([known, words]) => ({ value: known, label: words })),
  };
}

/** A number, held within its range. */
export function numberOf(
  chosen: Chosen,
  id: string,
  label: string,
  {
    initial,
    min,
    max,
    whole = true,
  }: { initial: number; min: number; max: number; whole?: boolean },
): ImportChoice & { kind: 'number' } {
  const given = chosen[id];
  const wanted = typeof given === 'number' && !Number.isNaN(given) ? given : initial;
  const value = Math.min(max, Math.max(min, whole ? Math.round(wanted) : wanted));
  return { kind: 'number', id, label, value, min, max, whole };
}

/** "“a”, “b”, “c” and 2 more". */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2
    ? shown.join('')
    : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`;
}
