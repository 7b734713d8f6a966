import { topologicalOrder } from '../pipeline/graph.ts';
import type { Pipeline } from '../pipeline/types.ts';

export interface StageGraph {
  /** Parents of each stage by index; [] for a stage the source feeds. */
  parents: number[][];
  /** Stage indices, parents first. */
  order: number[];
}

/** The graph of a valid pipeline, by stage index. */
export function stageGraph(pipeline: Pipeline): StageGraph {
  const indexOf = new Map(pipeline.stages.map((stage, index) => [stage.id, index]));
  const parents = pipeline.stages.map((stage) => stage.after.map((id) => indexOf.get(id)!));
  const order = (topologicalOrder(pipeline.stages) ?? []).map((id) => indexOf.get(id)!);
  return { parents, order };
}

/** Task rows by stage, each by ascending start. */
export function rowsByStage(
  stages: number,
  tasks: { count: number; stage: Uint16Array; start: Float64Array },
): Int32Array[] {
  const sizes = new Int32Array(stages);
  for (let row = 0; row < tasks.count; row++) sizes[tasks.stage[row]!]!++;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let row = 0; row < tasks.count; row++) {
    const stage = tasks.stage[row]!;
    rows[stage]![sizes[stage]!++] = row;
  }
  for (const own of rows) own.sort((a, b) => tasks.start[a]! - tasks.start[b]! || a - b);
  return rows;
}
