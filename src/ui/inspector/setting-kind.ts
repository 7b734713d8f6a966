/** What kind of value stands at a pointer, so that a variant or a sweep can be edited with the right control. */
import { fieldJsonSchema, type JsonSchema } from '../../pipeline/json-schema.ts';
import { distinctJson } from '../../base/distinct-json.ts';
import { parsePointer } from '../../base/json-pointer.ts';
import { schemaAt } from '../../pipeline/schema-at.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { exactText, type QuantityName, quantities } from '../parts/quantities.ts';

export interface SettingKind {
  /** The only values there are, as text; null: there are too many to list. */
  choices: readonly string[] | null;
  quantity: QuantityName | null;
  /** Words that may stand in place of a number: "null", "cores". */
  words: readonly string[];
  /** Any text is a value of it. */
  isText: boolean;
}

/** Units are no part of the schema: fields are known by their names, wherever they stand. */
const quantityOf: Record<string, QuantityName> = {
  linger: 'ms',
  timeout: 'ms',
  backoff: 'ms',
  ttl: 'ms',
  target: 'ms',
  stretch: 'ms',
  wait: 'ms',
  cpu: 'ms',
  latency: 'ms',
  budget: 'bytes',
  maxSize: 'bytes',
  bytes: 'bytes',
  output: 'bytes',
  failure: 'share',
  jitter: 'share',
  highWater: 'share',
  rate: 'perSecond',
};

export function settingKind(document: PipelineDocument, pointer: string): SettingKind {
  const found = schemaAt(document, pointer);
  const schema = 'schema' in found ? fieldJsonSchema(found.schema) : {};
  const parts = flat(schema);
  const words = parts.flatMap((part) =>
    part['type'] === 'null' ? ['null'] : ((part['enum'] as string[] | undefined) ?? []),
  );
  const number = parts.find((part) => part['type'] === 'number' || part['type'] === 'integer');
  const isFlag = parts.some((part) => part['type'] === 'boolean');
  const name = parsePointer(pointer)?.at(-1) ?? '';
  const isOther = parts.some((part) => part['type'] === 'object' || part['type'] === 'array');
  const isText = parts.some((part) => part['type'] === 'string');
  const isListed = !number && !isOther && !isText && (isFlag || words.length > 0);
  return {
    choices: isListed ? (isFlag ? ['true', 'false'] : words) : null,
    quantity: number
      ? (quantityOf[name] ?? (number['type'] === 'integer' ? 'count' : 'number'))
      : null,
    words: isListed ? [] : words,
    isText,
  };
}

/** What a field may be, references and alternatives followed; a shared draw is a number or an object. */
function flat(schema: JsonSchema): JsonSchema[] {
  const reference = (schema['allOf'] as JsonSchema[] | undefined)?.[0]?.['$ref'];
  if (reference !== undefined) return [{ type: 'number' }, { type: 'object' }];
  const options = schema['anyOf'] as JsonSchema[] | undefined;
  return options ? options.flatMap(flat) : [schema];
}

/** A value as it is typed: "20 ms", "null", "drop-newest", else JSON. */
export function settingText({ quantity, words, isText }: SettingKind, value: unknown): string {
  if (value === null && words.includes('null')) return 'none';
  if (typeof value === 'number' && quantity) return exactText(quantity, value);
  if (typeof value === 'string' && (isText || !/^[\d[{"]/.test(value))) return value;
  return JSON.stringify(value) ?? '';
}

/** The value that was typed; undefined: it is none. Whether the document takes it is said by the document. */
export function settingValue(kind: SettingKind, text: string): unknown {
  const trimmed = text.trim();
  if (kind.choices) return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed;
  if (kind.words.includes('null') && /^(null|none|no limit)$/i.test(trimmed)) return null;
  if (kind.words.includes(trimmed)) return trimmed;
  const number = kind.quantity ? quantities[kind.quantity].parse(trimmed) : null;
  if (number !== null) return number;
  if (kind.isText) return text;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    return undefined;
  }
}

/** Values one after the other, "1, 2, 4"; such as are no single words as a JSON list. */
export function listText(kind: SettingKind, values: readonly unknown[]): string {
  const texts = values.map((value) => settingText(kind, value).replace(/(\d),(?=\d{3})/g, '$1'));
  const isPlain = texts.every((text) => text !== '' && !/[,[{\n]/.test(text));
  return isPlain ? texts.join(', ') : JSON.stringify(values);
}

/** The values that were typed, each once: one that comes again tries nothing new. undefined: one of them is no value. */
export function listValues(kind: SettingKind, text: string): unknown[] | undefined {
  if (text.trim().startsWith('[')) {
    try {
      const list = JSON.parse(text) as unknown;
      if (Array.isArray(list)) return [...distinctJson(list)];
    } catch {
      return undefined;
    }
  }
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const values = parts.map((part) => settingValue(kind, part));
  return values.length === 0 || values.includes(undefined) ? undefined : [...distinctJson(values)];
}
