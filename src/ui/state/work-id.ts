/** For a document that nobody has worked on before: drawn from 2 ** 64, so that no two tabs draw the same. */
export function newWorkId(): string {
  return `work-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
}
