/** Below this share both are called equal. */
const sameShare = 0.005;

/** Which way an error points, in words: the sign alone is read either way. */
export function errorWords(error: number | null): string {
  if (error === null || Math.abs(error) < sameShare) return '';
  return error < 0 ? 'measured slower' : 'measured faster';
}
