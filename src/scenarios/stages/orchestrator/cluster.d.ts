/** The document's own module: a way of clustering gaps, one of two. */
declare module 'cluster' {
  export default function run(input: {
    times: number;
    gaps: { x: number; y: number }[];
  }): number[][];
}
