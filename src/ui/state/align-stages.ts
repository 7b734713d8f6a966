import type { StageMeta, Trace } from '../../trace/types.ts';

/**
 * The places of stages on the page, by id: those of the document first, in its order, then those that only
 * the trace knows (removed since it ran). Place gives colour and lane, so that a stage has one of each.
 */
export function stagePlaces(
  document: readonly string[],
  trace: readonly string[],
): ReadonlyMap<string, number> {
  const ids = [...new Set([...document, ...trace])];
  return new Map(ids.map((id, place) => [id, place]));
}

/**
 * The trace with each stage at its place; a stage that it knows nothing of has an empty entry there. The
 * very same trace where everything stands in place already, as it does until a stage is added, moved
 * or removed. Rows keep their numbers.
 */
export function alignStages(
  trace: Trace,
  document: readonly { id: string; name?: string }[],
): Trace {
  const { meta, tasks, marks, items } = trace;
  const ids = meta.stages.map(({ id }) => id);
  const places = stagePlaces(
    document.map(({ id }) => id),
    ids,
  );
  if (places.size === ids.length && ids.every((id, index) => places.get(id) === index))
    return trace;
  const placeOf = ids.map((id) => places.get(id)!);
  const known = new Map(document.map(({ id, name = id }) => [id, absent(id, name)]));
  for (const stage of meta.stages) known.set(stage.id, stage);
  return {
    ...trace,
    meta: { ...meta, stages: [...places.keys()].map((id) => known.get(id)!) },
    tasks: { ...tasks, stage: tasks.stage.map((index) => placeOf[index] ?? index) },
    marks: { ...marks, stage: marks.stage.map((index) => placeOf[index] ?? index) },
    items: { ...items, ordinal: alignedOrdinals(trace, placeOf) },
  };
}

/** Copies name their parent stage, results their own: both by its number. */
function alignedOrdinals({ items }: Trace, placeOf: readonly number[]): Int32Array {
  return items.ordinal.map((ordinal, row) => {
    const parent = items.parent[row]!;
    if (parent === -2) return placeOf[ordinal] ?? ordinal;
    if (parent >= 0 && ordinal < 0) return -1 - (placeOf[-1 - ordinal] ?? -1 - ordinal);
    return ordinal;
  });
}

const absent = (id: string, name: string): StageMeta => ({
  id,
  name,
  tasks: 0,
  retried: 0,
  timedOut: 0,
  cacheHits: 0,
  capacity: null,
  permits: null,
  received: 0,
  delivered: 0,
  failed: 0,
  dropped: 0,
  cancelled: 0,
  inside: 0,
});
