/** The document's own module: tasks that come and end, for every way of routing alike. */
declare module 'office' {
  export interface Office {
    n: number;
    times: number;
    ends: number[];
    pairs: [number, number][];
  }
  export function routeAll(
    office: Office,
    choose: (task: number) => number,
    change: (pool: number, by: 1 | -1) => void,
  ): number[];
}
