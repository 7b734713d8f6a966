/** Which schema governs the value at a pointer, so that variants and sweeps can be checked. */
import { suggest } from '../base/suggest.ts';
import { parsePointer } from '../base/json-pointer.ts';
import { documentSchema } from './schema.ts';
import { choicesOf, type Schema } from './schema-parts.ts';

/** Inner structure of valibot schemas, as far as the walk needs it. */
interface Inside {
  type: string;
  pipe?: readonly Inside[];
  wrapped?: Inside;
  entries?: Record<string, Inside>;
  item?: Inside;
  items?: readonly Inside[];
  value?: Inside;
  getter?: (input: unknown) => Inside;
}

export type SchemaAt = { schema: Schema } | { error: string };

/** Places that are not settings: changing them would make another document, not another run. */
const notSettings = new Set(['format', 'variants', 'sweep', 'lesson']);

export function schemaAt(document: unknown, pointer: string): SchemaAt {
  const segments = parsePointer(pointer);
  if (segments === null || segments.length === 0) {
    return {
      error: `${JSON.stringify(pointer)} is no pointer: write one such as "/machine/workers"`,
    };
  }
  if (notSettings.has(segments[0]!)) {
    return {
      error: `"/${segments[0]!}" is not a setting: point at the source, a stage, a limit or the machine`,
    };
  }
  let schema = documentSchema as unknown as Inside;
  let data: unknown = document;
  for (const [depth, segment] of segments.entries()) {
    const here = `/${segments.slice(0, depth).join('/')}`;
    const next = step(
      unwrapped(schema, data),
      data,
      segment,
      depth === 1 && segments[0] === 'stages',
    );
    if ('error' in next) return { error: next.error(here) };
    ({ schema, data } = next);
  }
  if (segments[0] === 'stages' && segments.length === 3 && segments[2] === 'id') {
    return { error: 'the id of a stage is its name everywhere: it cannot vary' };
  }
  return { schema: schema as unknown as Schema };
}

/** Strips "optional", "null or", checks and choices; a choice is made by the data there is. */
function unwrapped(schema: Inside, data: unknown): Inside[] {
  if (schema.pipe) {
    const shape =
      schema.pipe.find((part) => part.entries ?? part.item ?? part.value) ?? schema.pipe[0]!;
    return shape === schema ? [schema] : unwrapped(shape, data);
  }
  if (schema.wrapped) return unwrapped(schema.wrapped, data);
  const options = choicesOf(schema as unknown as Schema) as readonly Inside[] | undefined;
  if (!options) return [schema];
  if (data !== undefined && data !== null && schema.getter) {
    const picked = schema.getter(data);
    if (options.includes(picked)) return unwrapped(picked, data);
  }
  return options.flatMap((option) => unwrapped(option, data));
}

type Step = { schema: Inside; data: unknown } | { error: (here: string) => string };

function step(shapes: readonly Inside[], data: unknown, segment: string, isStage: boolean): Step {
  const inner = (key: string | number): unknown =>
    typeof data === 'object' && data !== null && Object.hasOwn(data, key)
      ? (data as Record<string | number, unknown>)[key]
      : undefined;
  const names: string[] = [];
  for (const shape of shapes) {
    if (shape.entries) {
      const entry = shape.entries[segment];
      if (entry) return { schema: entry, data: inner(segment) };
      names.push(...Object.keys(shape.entries));
    } else if (shape.type === 'record' && shape.value) {
      return { schema: shape.value, data: inner(segment) };
    } else if (shape.item ?? shape.items) {
      const list = Array.isArray(data) ? (data as unknown[]) : [];
      const ids = isStage ? list.map((stage) => String((stage as { id?: unknown }).id)) : [];
      const index = isStage ? ids.indexOf(segment) : /^\d+$/.test(segment) ? Number(segment) : -1;
      if (index >= 0 && index < list.length) {
        return { schema: shape.item ?? shape.items![index]!, data: list[index] };
      }
      if (!isStage) return { error: (here) => `${here} has no entry ${segment}` };
      return { error: () => noStage(segment, ids) };
    } else if (shape.type === 'unknown') return { schema: shape, data: inner(segment) };
  }
  const nearest = suggest(segment, names);
  const hint = nearest !== null ? `did you mean "${nearest}"?` : fieldList(names);
  return {
    error: (here) => `${here === '/' ? 'the document' : here} has no field "${segment}": ${hint}`,
  };
}

function fieldList(names: readonly string[]): string {
  return names.length === 0
    ? 'it has no fields'
    : `its fields are ${[...new Set(names)].join(', ')}`;
}

/** "there is no stage "resise": did you mean "resize"?" */
export function noStage(id: string, ids: readonly string[]): string {
  const nearest = suggest(id, ids);
  if (nearest !== null) return `there is no stage "${id}": did you mean "${nearest}"?`;
  const some = ids.slice(0, 8).join(', ') + (ids.length > 8 ? ', …' : '');
  return `there is no stage "${id}": the stages are ${some}`;
}
