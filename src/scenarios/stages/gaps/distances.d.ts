/** The document's own module: what both ways of clustering share. */
declare module 'distances' {
  export const limit: number;
  export function distancesOf(gaps: readonly { x: number; y: number }[]): number[][];
  export function join(distances: number[][], members: number[][], a: number, b: number): void;
}
