/**
 * The building blocks of the schema: valibot schemas whose messages are advice ("use a whole number
 * of 1 or more") and that can say what they are, so that the JSON Schema is derived from them.
 */
import * as v from 'valibot';
import { formatCount } from '../base/units.ts';
import { suggest } from '../base/suggest.ts';

export type Schema = v.GenericSchema;

/** What a schema tells the JSON Schema beyond its type. */
export interface About {
  description?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  whole?: boolean;
}
const about = new WeakMap<Schema, About>();
const choices = new WeakMap<Schema, readonly Schema[]>();

export function aboutOf(schema: Schema): About {
  return about.get(schema) ?? {};
}

/** The schemas a `choice` picks from. */
export function choicesOf(schema: Schema): readonly Schema[] | undefined {
  return choices.get(schema);
}

/** A copy of the schema with a sentence about the field it is for. */
export function described<S extends Schema>(description: string, schema: S): S {
  const copy = { ...schema };
  about.set(copy, { ...aboutOf(schema), description });
  const options = choicesOf(schema);
  if (options) choices.set(copy, options);
  return copy;
}

/** Which of several schemas a value must meet is read off the value itself, so that errors are specific. */
export function choice(options: readonly Schema[], pick: (input: unknown) => Schema): Schema {
  const schema = v.lazy(pick) as Schema;
  choices.set(schema, options);
  return schema;
}

export interface Range {
  /** Least value allowed (`above`: not allowed itself). */
  min?: number;
  above?: number;
  max: number;
  whole?: boolean;
  /** Why a value that is too small is senseless, and what to use: "no permits means …; use 1 or more". */
  tooSmall?: string;
  /** Appended to what to use: "or null for no limit". */
  or?: string;
}

/** A number within a range. */
export function amount(range: Range): Schema {
  const { min, above, max, whole = false } = range;
  const kind = whole ? 'a whole number' : 'a number';
  const least = above === undefined ? `of ${min ?? 0} or more` : `above ${above}`;
  const use = `use ${kind} ${max <= 1 ? `from ${min ?? above ?? 0} to ${max}` : least}${range.or ? `, ${range.or}` : ''}`;
  const fits = (value: number): boolean =>
    Number.isFinite(value) &&
    (min === undefined || value >= min) &&
    (above === undefined || value > above) &&
    value <= max &&
    (!whole || Number.isInteger(value));
  const advice = (value: number): string => {
    if (value > max && max > 1) return `the ceiling is ${formatCount(max)}`;
    const small = (min !== undefined && value < min) || (above !== undefined && value <= above);
    return small && range.tooSmall ? range.tooSmall : use;
  };
  const schema = v.pipe(
    v.number(use),
    v.check(fits, (issue) => advice(issue.input)),
  ) as Schema;
  about.set(schema, {
    whole,
    maximum: max,
    ...(min === undefined ? {} : { minimum: min }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
  });
  return schema;
}

/** Either a range of numbers, or one word. */
export function amountOr(word: string, range: Range): Schema {
  const number = amount({ ...range, or: `or "${word}"` });
  const literal = oneOf([word], `use "${word}" or a number`);
  return choice([number, literal], (input) => (typeof input === 'string' ? literal : number));
}

export function orNull(schema: Schema): Schema {
  return v.nullable(schema) as Schema;
}

export function oneOf(words: readonly string[], advice?: string): Schema {
  return v.picklist(words, (issue) => advice ?? oneOfAdvice(issue.input, words)) as Schema;
}

export function oneOfAdvice(input: unknown, words: readonly string[]): string {
  const nearest = typeof input === 'string' ? suggest(input, words) : null;
  const list = words.map((word) => `"${word}"`).join(', ');
  if (nearest !== null) return `did you mean "${nearest}"? It can be ${list}`;
  return words.length === 1 ? `use ${list}` : `use one of ${list}`;
}

export function text(advice = 'use text'): Schema {
  return v.string(advice) as Schema;
}

export function shortText(maxLetters: number): Schema {
  return v.pipe(
    v.string('use text'),
    v.maxLength(maxLetters, `use at most ${formatCount(maxLetters)} letters`),
  ) as Schema;
}

/** Code that must not be empty. */
export function code(advice: string): Schema {
  return v.pipe(
    v.string(advice),
    v.check((source) => source.trim() !== '', advice),
  ) as Schema;
}

export const flag: Schema = v.boolean('use true or false') as Schema;

export function list(item: Schema, maxLength: number, what: string, minLength = 0): Schema {
  return v.pipe(
    v.array(item, `use a list of ${what}`),
    v.minLength(minLength, minLength === 1 ? 'give at least one' : `give at least ${minLength}`),
    v.maxLength(maxLength, `the ceiling is ${formatCount(maxLength)} ${what}`),
  ) as Schema;
}

/** Names → values. Names that every JavaScript object has ("constructor") are refused. */
export function table(value: Schema, maxEntries: number, what: string): Schema {
  const size = `the ceiling is ${formatCount(maxEntries)} ${what}`;
  return v.pipe(
    v.custom<object>(isPlainObject, `use an object of ${what}`),
    v.check(
      (entries) => !Object.keys(entries).some(isReserved),
      (issue) =>
        `the name "${Object.keys(issue.input).find(isReserved)!}" is reserved, use another`,
    ),
    v.check((entries) => Object.keys(entries).length <= maxEntries, size),
    v.record(v.string(), value),
  ) as Schema;
}

export function isReserved(name: string): boolean {
  return name in Object.prototype;
}

export function isPlainObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/** An object with these fields and no others. Fields ending in "?" may be absent. */
export function record(fields: Record<string, Schema>, hints: Record<string, string> = {}): Schema {
  // No prototype: valibot asks `key in entries`, and "constructor" is in every object that has one.
  const entries = Object.create(null) as Record<string, Schema>;
  for (const [name, schema] of Object.entries(fields)) {
    if (name.endsWith('?')) entries[name.slice(0, -1)] = v.optional(schema) as Schema;
    else entries[name] = schema;
  }
  const known = Object.keys(entries);
  const shape = v.strictObject(entries, (issue) => {
    const last = issue.path?.at(-1);
    if (issue.expected === 'never') return unknownField(String(last?.key), known);
    return hints[String(last?.key)] ?? '';
  });
  // A list is an object to valibot.
  const advice = `use an object${known.length === 0 ? ' without fields' : ` with ${known.join(', ')}`}`;
  return v.pipe(v.custom<object>(isPlainObject, advice), shape) as unknown as Schema;
}

function unknownField(name: string, known: readonly string[]): string {
  const nearest = suggest(name, known);
  if (nearest !== null) return `did you mean "${nearest}"?`;
  return `its fields are ${known.join(', ')}`;
}

/** One of several objects, told apart by a field. */
export function tagged(field: string, cases: Record<string, Schema>): Schema {
  const words = Object.keys(cases);
  // What has no usable tag is held against the tag alone: the other fields can't be judged.
  const loose = v.looseObject({ [field]: oneOf(words) }, (issue) =>
    issue.path?.at(-1)?.origin === 'key'
      ? oneOfAdvice(undefined, words)
      : `use an object with "${field}"`,
  ) as unknown as Schema;
  return choice(Object.values(cases), (input) => {
    const tag = isPlainObject(input) ? input[field] : undefined;
    return typeof tag === 'string' && Object.hasOwn(cases, tag) ? cases[tag]! : loose;
  });
}
