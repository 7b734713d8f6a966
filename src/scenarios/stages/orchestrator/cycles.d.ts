/** The document's own module: a way of finding circles, one of two. */
declare module 'cycles' {
  export default function run(input: { needs: Record<string, string[]> }): {
    cycle: string[] | null;
    cost: number;
  };
}
