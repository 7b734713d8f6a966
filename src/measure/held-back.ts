/** Who feeds a stage, and what of it holds them back. */
export interface Inlet<Id = number> {
  /** Room in the buffer; null: endless, or it drops or grows: nobody is ever held back. */
  capacity: number | null;
  /** Stages; none: the source feeds it. */
  parents: readonly Id[];
  /** Some parent feeds other stages as well: it may be held by one of those. */
  isShared: boolean;
}

/**
 * How many items must wait in the buffer for it to be what holds back a blocked task upstream, or the
 * source: as many as it has room for. Where a blocked parent feeds nobody else nothing else can hold it, so
 * there any number will do.
 */
export function holdsFrom({ capacity, parents, isShared }: Inlet<unknown>): number {
  if (capacity === null) return Infinity;
  return parents.length === 0 || isShared ? capacity : 0;
}

/** Whether some of these parents feed other stages as well. @param all the parents of every stage. */
export function sharedParents<Id>(
  all: Iterable<readonly Id[]>,
): (parents: readonly Id[]) => boolean {
  const children = new Map<Id, number>();
  for (const parents of all)
    for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  return (parents) => parents.some((parent) => children.get(parent)! > 1);
}
