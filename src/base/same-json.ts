/** Equal as JSON: the order of keys does not matter, and a field set to undefined counts as absent. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  const [fields, others] = [fieldsOf(a), fieldsOf(b)];
  return (
    fields.length === others.length &&
    fields.every(
      ([key, value]) => Object.hasOwn(b, key) && same(value, (b as Record<string, unknown>)[key]),
    )
  );
}

const fieldsOf = (value: object): [key: string, value: unknown][] =>
  Object.entries(value).filter(([, field]) => field !== undefined);
