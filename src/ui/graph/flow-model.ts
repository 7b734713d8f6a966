import type { Edge, Node } from '@xyflow/svelte';
import { formatCount, formatMs } from '../../base/units.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument, Problem, StageDocument } from '../../pipeline/types.ts';
import { meanOfDraw } from '../parts/draws.ts';
import type { Placed } from './layout.ts';

export const sourceId = '(source)';

/** A handle is dragged and takes no key: by keyboard a stage is connected in the inspector. */
export const onlyForThePointer = { role: null, 'aria-label': null, 'aria-hidden': true } as const;

export interface StageNodeData extends Record<string, unknown> {
  id: string;
  index: number;
  name: string;
  kind: string;
  permits: number | null;
  capacity: number | null;
  problem: string | null;
  vertical: boolean;
}
export interface SourceNodeData extends Record<string, unknown> {
  text: string;
  vertical: boolean;
}

/** The document as nodes and edges; `moved`: nodes a reader has dragged elsewhere. */
export function flowOf(
  document: PipelineDocument,
  problems: readonly Problem[],
  selectedId: string | null,
  moved: ReadonlyMap<string, { x: number; y: number }>,
  { places, vertical }: { places: ReadonlyMap<string, Placed>; vertical: boolean },
): { nodes: Node[]; edges: Edge[] } {
  const stages = document.stages.map(({ id, after }) => ({ id, after: after ?? [] }));
  const positionOf = (id: string) => moved.get(id) ?? places.get(id) ?? { x: 0, y: 0 };
  const sourceNode: Node = {
    id: sourceId,
    type: 'source',
    position: positionOf(sourceId),
    data: { text: sourceText(document), vertical } satisfies SourceNodeData,
    selected: selectedId === sourceId,
    ariaRole: 'group',
    ariaLabel: `Source, ${sourceText(document)}`,
  };
  const stageNodes = document.stages.map((stage, index): Node => {
    const problem = problems.find((p) => p.stage === stage.id && p.severity === 'error');
    const name = stageTitle(stage);
    return {
      id: stage.id,
      type: 'stage',
      position: positionOf(stage.id),
      selected: selectedId === stage.id,
      ariaRole: 'group',
      ariaLabel: `Stage ${name}, ${kindText(stage)}`,
      data: {
        id: stage.id,
        index,
        name,
        kind: kindText(stage),
        permits: stage.permits ?? null,
        capacity: stage.buffer?.capacity ?? null,
        problem: problem?.message ?? null,
        vertical,
      } satisfies StageNodeData,
    };
  });
  const names = new Map(document.stages.map((stage) => [stage.id, stageTitle(stage)]));
  const edgeOf = (source: string, target: string): Edge => ({
    id: `${source}>${target}`,
    source,
    target,
    ariaLabel: `From ${names.get(source) ?? 'the source'} to ${names.get(target) ?? target}`,
  });
  const edges = stages.flatMap(({ id, after }) =>
    (after.length === 0 ? [sourceId] : after).map((parent) => edgeOf(parent, id)),
  );
  return { nodes: [sourceNode, ...stageNodes], edges };
}

/** "code · 12.4 ms", "CPU 10 ms + wait 5 ms", "wait 8 ms + 500 µs". */
function kindText({ work }: StageDocument): string {
  const phases = work.kind === 'code' ? (work.model?.phases ?? []) : work.phases;
  const costs = phases.map((phase, place) => {
    const isWait = 'wait' in phase;
    const before = phases[place - 1];
    const word = before && 'wait' in before === isWait ? '' : isWait ? 'wait ' : 'CPU ';
    return word + formatMs(meanOfDraw(isWait ? phase.wait : phase.cpu));
  });
  if (work.kind === 'synthetic') return costs.join(' + ') || 'no work';
  const totalMs = phases.reduce((sum, p) => sum + meanOfDraw('wait' in p ? p.wait : p.cpu), 0);
  return phases.length > 0 ? `code · ${formatMs(totalMs)}` : 'code · not measured';
}

const counted = (count: number, what: string): string =>
  `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;

export function sourceText({ source }: PipelineDocument): string {
  if (!source) return '200 items';
  switch (source.kind) {
    case 'count':
      return counted(source.count, 'item');
    case 'values':
      return counted(source.values.length, 'value');
    case 'corpus':
      return `corpus ${source.corpus}`;
    case 'files':
      return 'your files';
    default:
      return source.kind;
  }
}
