/**
 * The schema as JSON Schema (draft 7), for completion and hover texts in the editor. Derived from the
 * one that validates, so that the two cannot drift apart.
 */
import { bytesDraw, durationDraw, expandDraw } from './schema-draws.ts';
import { aboutOf, choicesOf, type Schema } from './schema-parts.ts';
import { documentSchema } from './schema.ts';

export type JsonSchema = { [key: string]: unknown };

/** Inner structure of valibot schemas, as far as the walk needs it. */
interface Inside {
  type: string;
  pipe?: readonly (Inside & { requirement?: unknown })[];
  wrapped?: Inside;
  entries?: Record<string, Inside>;
  item?: Inside;
  value?: Inside;
  options?: readonly string[];
}

/** Schemas that occur often, written once. */
const shared = new Map<unknown, string>([
  [durationDraw, 'duration'],
  [bytesDraw, 'bytes'],
  [expandDraw, 'outputs'],
]);

export function documentJsonSchema(): JsonSchema {
  const definitions: JsonSchema = {};
  for (const [schema, name] of shared) definitions[name] = derived(schema as Schema, false);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Millrace pipeline',
    ...derived(documentSchema, true),
    definitions,
  };
}

/** Of one field alone, as `schemaAt` finds it: references lead into the whole document's schema. */
export function fieldJsonSchema(schema: Schema): JsonSchema {
  return derived(schema, true);
}

function derived(schema: Schema, useShared: boolean): JsonSchema {
  const inside = schema as unknown as Inside;
  const { description, minimum, exclusiveMinimum, maximum } = aboutOf(schema);
  const sentence = description === undefined ? {} : { description };
  const name = sharedName(schema);
  // Draft 7 ignores what stands beside a $ref, so the description goes around it.
  if (useShared && name !== null)
    return { allOf: [{ $ref: `#/definitions/${name}` }], ...sentence };
  const range = {
    ...(minimum === undefined ? {} : { minimum }),
    ...(exclusiveMinimum === undefined ? {} : { exclusiveMinimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
  return { ...body(inside, schema), ...range, ...sentence };
}

/** A described copy of a shared schema has the same choices. */
function sharedName(schema: Schema): string | null {
  const options = choicesOf(schema);
  if (!options) return null;
  for (const [known, name] of shared) if (choicesOf(known as Schema) === options) return name;
  return null;
}

function body(inside: Inside, schema: Schema): JsonSchema {
  const options = choicesOf(schema);
  if (options) return { anyOf: options.map((option) => derived(option, true)) };
  if (inside.pipe) return piped(inside.pipe, schema);
  switch (inside.type) {
    case 'nullable':
      return { anyOf: [derived(inside.wrapped as unknown as Schema, true), { type: 'null' }] };
    case 'optional':
      return derived(inside.wrapped as unknown as Schema, true);
    case 'strict_object':
      return objectOf(inside.entries!);
    case 'record':
      return {
        type: 'object',
        additionalProperties: derived(inside.value as unknown as Schema, true),
      };
    case 'array':
      return { type: 'array', items: derived(inside.item as unknown as Schema, true) };
    case 'picklist':
      return { enum: [...inside.options!] };
    case 'number':
      return { type: aboutOf(schema).whole ? 'integer' : 'number' };
    case 'string':
    case 'boolean':
      return { type: inside.type };
    default:
      return {};
  }
}

function piped(pipe: NonNullable<Inside['pipe']>, schema: Schema): JsonSchema {
  const shape = pipe.find((part) => part.entries ?? part.item ?? part.value) ?? pipe[0]!;
  const result = body(shape, shape as unknown as Schema);
  if (result['type'] === 'number' && aboutOf(schema).whole) result['type'] = 'integer';
  for (const { type, requirement } of pipe) {
    if (type === 'min_length' && requirement !== 0) {
      result[shape.item ? 'minItems' : 'minLength'] = requirement;
    }
    if (type === 'max_length') result[shape.item ? 'maxItems' : 'maxLength'] = requirement;
  }
  return result;
}

function objectOf(entries: Record<string, Inside>): JsonSchema {
  const properties: JsonSchema = {};
  const required: string[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    properties[name] = derived(entry as unknown as Schema, true);
    if (entry.type !== 'optional') required.push(name);
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
  };
}
