import { bucketRows, sortedBy } from '../base/sorted-rows.ts';
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
  const rows = bucketRows(tasks.count, stages, (row) => tasks.stage[row]!);
  for (const own of rows) sortedBy(own, tasks.start);
  return rows;
}
