/** The same place in a document, as a JSON Pointer and in words. Stages go by their ids. */
import { formatPointer } from '../base/json-pointer.ts';

export type Path = readonly (string | number)[];

/** "stages.resize.permits", "stages[2]", "sweep["/machine/workers"]". */
export function inWords(path: Path): string {
  let words = '';
  for (const segment of path) {
    if (typeof segment === 'number') words += `[${segment}]`;
    else if (/^[\w-]+$/.test(segment)) words += words === '' ? segment : `.${segment}`;
    else words += `[${JSON.stringify(cut(segment, 80))}]`;
  }
  return words;
}

export function asPointer(path: Path): string {
  return formatPointer(path);
}

/** A value as the messages show it: short, never a dump. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, 40));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** Ids that name one stage each, by their place in the list; null where an id is missing or not unique. */
export function stageNames(document: unknown): (string | null)[] {
  const stages = (document as { stages?: unknown } | null)?.stages;
  if (!Array.isArray(stages)) return [];
  const ids = stages.map((stage: unknown) => {
    const id = (stage as { id?: unknown } | null)?.id;
    return typeof id === 'string' && id.length <= 200 && id !== '' ? id : null;
  });
  const times = new Map<string | null, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return ids.map((id) => (times.get(id) === 1 ? id : null));
}

/** A path with indexes → one with stage ids. */
export function byId(path: Path, names: readonly (string | null)[]): Path {
  const [head, index, ...rest] = path;
  if (head !== 'stages' || typeof index !== 'number') return path;
  return ['stages', names[index] ?? index, ...rest];
}
