import type { Combination } from './github-matrix.ts';

const ofMatrix = /\$\{\{\s*matrix((?:\.[\w-]+)+)\s*\}\}/g;

/** Whether there is something in it that is worked out while a workflow runs. */
export const hasExpression = (value: unknown): boolean =>
  typeof value === 'string' && value.includes('${{');

/** A text with `${{ matrix.os }}` replaced by what it is in this combination; other expressions stay as they stand. */
export function filledIn(text: string, combination: Combination): string {
  return text.replace(ofMatrix, (whole, path: string) => {
    let value: unknown = combination;
    for (const name of path.slice(1).split('.')) {
      const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
      // GitHub takes what is not there for an empty text.
      value = isThere ? (value as Record<string, unknown>)[name] : '';
    }
    return typeof value === 'object' ? whole : String(value);
  });
}
