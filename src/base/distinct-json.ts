/** The values, each where it first comes; compared as JSON text. The very list where none comes again. */
export function distinctJson<T>(values: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  const found = values.filter((value) => {
    const text = JSON.stringify(value);
    return !seen.has(text) && seen.add(text);
  });
  return found.length === values.length ? values : found;
}
