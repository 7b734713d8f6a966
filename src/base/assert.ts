/** Thrown when the program itself is wrong, never for bad input. */
export class AssertionError extends Error {
  override name = 'AssertionError';
}

/** States what must be true; where it is not, going on would corrupt results. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** The value, which must be there. */
export function defined<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new AssertionError(message);
  return value;
}
