import type { StageState, State } from './state.ts';

/**
 * Zips that waited in vain: items came, and not one pair was ever complete. One sentence each, which
 * names the branch that let them down.
 */
export function vainWaits(state: State): string[] {
  return state.stages.filter(neverPaired).map((stage) => {
    const { parents, id } = stage.plan;
    const { missed } = stage.zip!;
    const least = Math.max(...missed);
    const parent = parents[missed.indexOf(least)]!;
    const branch = parent === -1 ? 'the source' : state.stages[parent]!.plan.id;
    const { dropped } = stage.books;
    return `Stage ${id} zips items with those of ${branch}, out of which none of them came: ${dropped === 1 ? 'the one half was' : `all ${dropped} halves were`} let go.`;
  });
}

function neverPaired({ zip, books }: StageState): boolean {
  return (
    zip !== null &&
    books.received > 0 &&
    books.dropped === books.received &&
    zip.missed.some((count) => count > 0)
  );
}
