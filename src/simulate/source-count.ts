import type { Pipeline } from '../pipeline/types.ts';

/**
 * How many items the source will bring in a simulated run: declared where the document says so, told
 * by the caller where only the world knows (files, a corpus), else as many as the measured models
 * have durations for. null: nobody knows.
 */
export function sourceCount(pipeline: Pipeline, told: number | undefined): number | null {
  const { source } = pipeline;
  switch (source.kind) {
    case 'count':
      return source.count;
    case 'values':
      return source.values.length;
    case 'service':
      return source.service.items;
    default:
      return told ?? modelledItems(pipeline);
  }
}

function modelledItems(pipeline: Pipeline): number | null {
  let most = 0;
  for (const { work, after } of pipeline.stages) {
    if (work.kind !== 'code' || after.length > 0) continue;
    for (const phase of work.model?.phases ?? []) {
      const draw = 'wait' in phase ? phase.wait : phase.cpu;
      if (typeof draw === 'object' && 'perItem' in draw) most = Math.max(most, draw.perItem.length);
    }
  }
  return most > 0 ? most : null;
}
