/** Order, cycles and neighbourhoods of the stage graph. All iterative: a thousand stages in a row are fine. */
import { IndexedHeap } from '../base/indexed-heap.ts';

export interface GraphStage {
  id: string;
  /** Parents; unknown ones are ignored here. */
  after?: readonly string[] | undefined;
}

function known(stages: readonly GraphStage[]): Map<string, number> {
  return new Map(stages.map((stage, index) => [stage.id, index]));
}

/** Stage ids with every parent before its children, otherwise in document order; null: there is a cycle. */
export function topologicalOrder(stages: readonly GraphStage[]): string[] | null {
  const indexOf = known(stages);
  const children = childrenOf(stages);
  const waitsFor = stages.map(
    (stage) => new Set(stage.after?.filter((parent) => indexOf.has(parent))).size,
  );
  const ready = new IndexedHeap((a, b) => a - b, stages.length);
  waitsFor.forEach((count, index) => {
    if (count === 0) ready.push(index);
  });
  const order: string[] = [];
  while (ready.size > 0) {
    const { id } = stages[ready.pop()]!;
    order.push(id);
    for (const child of children.get(id) ?? []) {
      const index = indexOf.get(child)!;
      waitsFor[index]!--;
      if (waitsFor[index] === 0) ready.push(index);
    }
  }
  return order.length === stages.length ? order : null;
}

/** Stage id → ids of the stages that come after it, in document order. */
export function childrenOf(stages: readonly GraphStage[]): Map<string, string[]> {
  const children = new Map<string, string[]>(stages.map((stage) => [stage.id, []]));
  for (const stage of stages) {
    for (const parent of new Set(stage.after)) children.get(parent)?.push(stage.id);
  }
  return children;
}

/** The stages fed by the source. */
export function rootsOf(stages: readonly GraphStage[]): string[] {
  return stages.filter((stage) => !stage.after?.length).map((stage) => stage.id);
}

/** The stages whose outputs leave the pipeline. */
export function sinksOf(stages: readonly GraphStage[]): string[] {
  const children = childrenOf(stages);
  return stages.filter((s) => children.get(s.id)!.length === 0).map((stage) => stage.id);
}

/** Everything upstream of a stage, without itself. */
export function ancestorsOf(stages: readonly GraphStage[], id: string): Set<string> {
  const parents = new Map(stages.map((stage) => [stage.id, stage.after ?? []]));
  return reached(id, (at) => (parents.get(at) ?? []).filter((parent) => parents.has(parent)));
}

/** Everything downstream of a stage, without itself (unless it is on a cycle). */
export function descendantsOf(stages: readonly GraphStage[], id: string): Set<string> {
  const children = childrenOf(stages);
  return reached(id, (at) => children.get(at) ?? []);
}

function reached(from: string, next: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const todo = [...next(from)];
  while (todo.length > 0) {
    const id = todo.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    todo.push(...next(id));
  }
  return seen;
}

/**
 * The shortest chain of stages from one to another along the flow, both included; null: there is none.
 * From a stage to itself: a cycle through it, named at both ends.
 */
export function pathBetween(
  stages: readonly GraphStage[],
  from: string,
  to: string,
): string[] | null {
  const children = childrenOf(stages);
  const cameFrom = new Map<string, string>();
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    for (const child of children.get(queue[at]!) ?? []) {
      if (cameFrom.has(child)) continue;
      cameFrom.set(child, queue[at]!);
      if (child === to) return unwind(cameFrom, from, to);
      queue.push(child);
    }
  }
  return null;
}

function unwind(cameFrom: Map<string, string>, from: string, to: string): string[] {
  const path = [to];
  let at = to;
  do {
    at = cameFrom.get(at)!;
    path.push(at);
  } while (at !== from);
  return path.reverse();
}

/** Some cycle, its earliest stage in the document first and last: ["a", "b", "a"]; null: there is none. */
export function findCycle(stages: readonly GraphStage[]): string[] | null {
  const left = new Set(stages.map((stage) => stage.id));
  for (const id of peel(stages)) left.delete(id);
  if (left.size === 0) return null;
  // All that is left is on a cycle or after one, so every stage has a parent that is left: walking up
  // from any of them must come round.
  const parents = new Map(stages.map((stage) => [stage.id, stage.after ?? []]));
  const walked = new Set<string>();
  let at = [...left][0]!;
  while (!walked.has(at)) {
    walked.add(at);
    at = parents.get(at)!.find((parent) => left.has(parent))!;
  }
  const cycle = pathBetween(stages, at, at)!.slice(1);
  const position = known(stages);
  const first = cycle.reduce((a, b) => (position.get(a)! <= position.get(b)! ? a : b));
  const start = cycle.indexOf(first);
  return [...cycle.slice(start), ...cycle.slice(0, start), first];
}

/** The stages that can be put in order before the first cycle. */
function peel(stages: readonly GraphStage[]): string[] {
  const ids = new Set(stages.map((stage) => stage.id));
  const children = childrenOf(stages);
  const waitsFor = new Map(
    stages.map((stage) => [stage.id, new Set(stage.after?.filter((p) => ids.has(p))).size]),
  );
  const ready = [...ids].filter((id) => waitsFor.get(id) === 0);
  for (let at = 0; at < ready.length; at++) {
    for (const child of children.get(ready[at]!) ?? []) {
      const count = waitsFor.get(child)! - 1;
      waitsFor.set(child, count);
      if (count === 0) ready.push(child);
    }
  }
  return ready;
}

/** The chain of stages with the largest sum of weights, and that sum. The graph must have no cycle. */
export function longestPath(
  stages: readonly GraphStage[],
  weightOf: (id: string) => number,
): { stages: string[]; total: number } {
  const order = topologicalOrder(stages) ?? [];
  const after = new Map(stages.map((stage) => [stage.id, stage.after ?? []]));
  const total = new Map<string, number>();
  const before = new Map<string, string>();
  let last: string | null = null;
  for (const id of order) {
    let most = 0;
    for (const parent of after.get(id)!) {
      const sum = total.get(parent);
      if (sum === undefined || (before.has(id) && sum <= most)) continue;
      most = sum;
      before.set(id, parent);
    }
    total.set(id, most + weightOf(id));
    if (last === null || total.get(id)! > total.get(last)!) last = id;
  }
  if (last === null) return { stages: [], total: 0 };
  const path = [last];
  for (let at = before.get(last); at !== undefined; at = before.get(at)) path.push(at);
  return { stages: path.reverse(), total: total.get(last)! };
}

/** Stage id → how many stages lie before it on the longest way from the source. No cycle. */
export function layersOf(stages: readonly GraphStage[]): Map<string, number> {
  const after = new Map(stages.map((stage) => [stage.id, stage.after ?? []]));
  const layers = new Map<string, number>();
  for (const id of topologicalOrder(stages) ?? []) {
    const parents = after.get(id)!.map((parent) => layers.get(parent) ?? -1);
    layers.set(
      id,
      parents.reduce((deepest, layer) => Math.max(deepest, layer + 1), 0),
    );
  }
  return layers;
}
