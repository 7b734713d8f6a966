/** The document's own module: a way of sorting tasks into rounds, one of two. */
declare module 'sort' {
  export default function run(input: { times: number; before: number[][] }): number[][];
}
