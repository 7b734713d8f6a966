import type { Edge, Node, Position } from '@xyflow/svelte';
import { meanOf } from '../../base/draw-mean.ts';
import { formatCount, formatMs } from '../../base/units.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument, Problem, StageDocument } from '../../pipeline/types.ts';
import { nodeSizePx, sourceSizePx, type Placed, type Placing } from './layout.ts';

export const sourceId = '(source)';

/** Of the library: a node on the page; its id is the element's data-id. */
export const nodeClass = '.svelte-flow__node';

/** A handle is dragged and takes no key: by keyboard a stage is connected with C, or in the inspector. */
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

/** The element that says what the node of this stage shows of a run. */
export const toldId = (stage: string): string => `told-${stage}`;

/** The element that says which keys a node takes. */
export const keysHelpId = 'graph-keys';

export interface Flow {
  nodes: Node[];
  edges: Edge[];
}

/**
 * The document as nodes and edges. What is as it was in `before` is the very same object, so that nothing is
 * drawn again for it. Sizes and places of handles are known, so that nothing has to be measured either.
 */
export function flowOf(
  document: PipelineDocument,
  problems: readonly Problem[],
  isSelected: (id: string) => boolean,
  { places, vertical }: Placing,
  before: Flow,
): Flow {
  const positionOf = (id: string): Placed => places.get(id) ?? { x: 0, y: 0 };
  const faults = new Map<string, string>();
  for (const { stage, severity, message } of problems) {
    if (stage !== undefined && severity === 'error' && !faults.has(stage))
      faults.set(stage, message);
  }
  const sourceNode: Node = {
    ...frameOf(sourceId, sourceSizePx, vertical),
    type: 'source',
    position: positionOf(sourceId),
    data: { text: sourceText(document), vertical } satisfies SourceNodeData,
    selected: isSelected(sourceId),
    ariaLabel: `Source, ${sourceText(document)}`,
  };
  const stageNodes = document.stages.map((stage, index): Node => {
    const { name, kind } = wordsOf(stage);
    return {
      ...frameOf(stage.id, nodeSizePx, vertical),
      type: 'stage',
      position: positionOf(stage.id),
      selected: isSelected(stage.id),
      ariaLabel: `Stage ${name}, ${kind}`,
      data: {
        id: stage.id,
        index,
        name,
        kind,
        permits: stage.permits ?? null,
        capacity: stage.buffer?.capacity ?? null,
        problem: faults.get(stage.id) ?? null,
        vertical,
      } satisfies StageNodeData,
    };
  });
  const names = new Map(document.stages.map((stage) => [stage.id, stageTitle(stage)]));
  const edgeOf = (source: string, target: string): Edge => ({
    id: edgeId(source, target),
    source,
    target,
    type: 'channel',
    ariaLabel: `From ${names.get(source) ?? 'the source'} to ${names.get(target) ?? target}`,
  });
  const edges = document.stages.flatMap(({ id, after = [] }) =>
    (after.length === 0 ? [sourceId] : after).map((parent) => edgeOf(parent, id)),
  );
  return {
    nodes: reused([sourceNode, ...stageNodes], before.nodes, isSameNode),
    edges: reused(edges, before.edges, (a, b) => a.ariaLabel === b.ariaLabel),
  };
}

export const edgeId = (source: string, target: string): string => `${source}>${target}`;

/** Diameter of a handle, px. */
const handlePx = 10;

function frameOf(
  id: string,
  size: { width: number; height: number },
  vertical: boolean,
): Pick<Node, 'id' | 'width' | 'height' | 'measured' | 'handles' | 'ariaRole' | 'domAttributes'> {
  const { width, height } = size;
  const handle = (type: 'source' | 'target') => {
    const isStart = type === 'target';
    const [middle, end] = vertical ? [width / 2, height] : [height / 2, width];
    const along = isStart ? 0 : end;
    const [x, y] = vertical ? [middle, along] : [along, middle];
    // By their values: whoever only needs an id of this module need not fetch the library for it.
    const [before, behind] = vertical ? ['top', 'bottom'] : ['left', 'right'];
    return {
      type,
      position: (isStart ? before : behind) as Position,
      x: x - handlePx / 2,
      y: y - handlePx / 2,
      width: handlePx,
      height: handlePx,
    };
  };
  return {
    id,
    ...size,
    measured: { ...size },
    handles: id === sourceId ? [handle('source')] : [handle('target'), handle('source')],
    ariaRole: 'group',
    domAttributes: { 'aria-describedby': `${toldId(id)} ${keysHelpId}` },
  };
}

function reused<T extends { id: string }>(
  items: T[],
  before: readonly T[],
  isSame: (a: T, b: T) => boolean,
): T[] {
  const old = new Map(before.map((item) => [item.id, item]));
  return items.map((item) => {
    const was = old.get(item.id);
    return was && isSame(was, item) ? was : item;
  });
}

function isSameNode(a: Node, b: Node): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    Boolean(a.selected) === Boolean(b.selected) &&
    a.ariaLabel === b.ariaLabel &&
    !a.dragging &&
    Object.keys(b.data).every((key) => a.data[key] === b.data[key])
  );
}

/** Worked out once a stage: a recorded one may hold a million durations. */
const words = new WeakMap<StageDocument, { name: string; kind: string }>();
function wordsOf(stage: StageDocument): { name: string; kind: string } {
  let known = words.get(stage);
  if (!known) words.set(stage, (known = { name: stageTitle(stage), kind: kindText(stage) }));
  return known;
}

/** "code · 12.4 ms", "CPU 10 ms + wait 5 ms", "wait 8 ms + 500 µs". */
export function kindText({ work }: StageDocument): string {
  const phases = work.kind === 'code' ? (work.model?.phases ?? []) : work.phases;
  const costs = phases.map((phase, place) => {
    const isWait = 'wait' in phase;
    const before = phases[place - 1];
    const word = before && 'wait' in before === isWait ? '' : isWait ? 'wait ' : 'CPU ';
    return word + formatMs(meanOf(isWait ? phase.wait : phase.cpu));
  });
  if (work.kind === 'synthetic') return costs.join(' + ') || 'no work';
  const totalMs = phases.reduce((sum, p) => sum + meanOf('wait' in p ? p.wait : p.cpu), 0);
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
