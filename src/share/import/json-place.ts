import { scanJson } from '../../pipeline/json-syntax.ts';
import { Refusal } from './refusal.ts';

/** A value in JSON text and where it stands, as in "workflow.specification.tasks[3].id". */
export interface JsonPlace {
  value: unknown;
  path: string;
}

/** @throws {Refusal} naming line and column of what is no JSON */
export function readJson(text: string): JsonPlace {
  try {
    return { value: JSON.parse(text) as unknown, path: '' };
  } catch {
    const found = scanJson(text);
    const place =
      found === null ? '' : `, line ${found.line}, column ${found.column}: ${found.message}`;
    throw new Refusal(`no JSON${place}`);
  }
}

function refuse({ value, path }: JsonPlace, expected: string): never {
  const found = value === undefined ? 'is missing' : `is ${kindOf(value)}`;
  throw new Refusal(`${path || 'the text'} ${found}; it takes ${expected}`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbsent = ({ value }: JsonPlace): boolean => value === undefined || value === null;

/** A field of an object, which may be absent. @throws {Refusal} when the place holds no object */
export function field(place: JsonPlace, name: string): JsonPlace {
  if (!isRecord(place.value)) refuse(place, 'an object');
  const value = Object.hasOwn(place.value, name) ? place.value[name] : undefined;
  return { value, path: place.path === '' ? name : `${place.path}.${name}` };
}

/** @throws {Refusal} when the place holds no list */
export function entries(place: JsonPlace): JsonPlace[] {
  if (!Array.isArray(place.value)) refuse(place, 'a list');
  return place.value.map((value, index) => ({ value, path: `${place.path}[${index}]` }));
}

/** The entries of a list that may be absent. */
export const entriesIfAny = (place: JsonPlace): JsonPlace[] =>
  isAbsent(place) ? [] : entries(place);

/** @throws {Refusal} when the place holds no text, or an empty one */
export function words(place: JsonPlace): string {
  if (typeof place.value !== 'string' || place.value === '') refuse(place, 'text');
  return place.value;
}

/** @throws {Refusal} when the place holds no number of 0 or more */
export function amount(place: JsonPlace): number {
  const { value } = place;
  if (typeof value !== 'number' || !(value >= 0 && value < Infinity))
    refuse(place, 'a number, 0 or more');
  return value;
}
