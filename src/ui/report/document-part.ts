import { graphSvg, type GraphArrow, type GraphBox } from '../../charts/svg/graph-svg.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { documentLines } from '../../share/document-text.ts';
import type { ReportBlock, ReportPicture, ReportTable } from '../../share/report/report.ts';
import {
  flowOf,
  sourceId,
  sourceText,
  type SourceNodeData,
  type StageNodeData,
} from '../graph/flow-model.ts';
import { loadPlaceInLayers, nodeSizePx, placeBest } from '../graph/layout.ts';
import type { App } from '../state/app.svelte.ts';
import { parseMarkdown } from '../tabs/markdown.ts';
import { settingsOf } from './settings-of.ts';
import type { Told } from './part.ts';

/** Wider, and its words were too small to read on a page. */
const graphWidthMostPx = 1100;
const stagesShown = 60;

/** What was run: notes, graph, stages, settings that are not the defaults, and the file itself. */
export async function documentPart({ doc }: App): Promise<Told> {
  const { document } = doc;
  const blocks: ReportBlock[] = [];
  if (document.notes?.trim())
    blocks.push({ kind: 'notes', blocks: parseMarkdown(document.notes.trim()) });
  const picture = await graphPicture(document);
  if (picture) blocks.push(picture);
  blocks.push({ kind: 'facts', facts: [['Source', sourceText(document)]] }, stagesTable(document));
  const settings = settingsOf(document, null);
  if (settings.length > 0) {
    blocks.push({ kind: 'text', text: 'Settings of the whole that are not the defaults:' });
    blocks.push({ kind: 'list', items: settings });
  } else blocks.push({ kind: 'text', text: 'Machine, cache and limits are at their defaults.' });
  if (doc.textBroken) {
    const text = 'The text in the Document tab cannot be read; this is the last state that could.';
    blocks.push({ kind: 'text', text });
  }
  blocks.push({ kind: 'source', title: 'The document as JSON', text: documentLines(document) });
  return { title: 'Document', blocks };
}

async function graphPicture(document: PipelineDocument): Promise<ReportPicture | null> {
  const { stages } = document;
  if (stages.length === 0 || stages.length > stagesShown) return null;
  const shape = stages.map(({ id, after = [] }) => ({ id, after }));
  const placeInLayers = await loadPlaceInLayers();
  // Side by side where there is room for it, else from the top down.
  const place = (heightPx: number) =>
    placeBest(shape, sourceId, graphWidthMostPx, heightPx, placeInLayers);
  const wide = place(100);
  const isTooWide = [...(wide?.places.values() ?? [])].some(
    ({ x }) => x + nodeSizePx.width > graphWidthMostPx,
  );
  const placing = isTooWide ? place(10_000) : wide;
  if (!placing) return null;
  const { nodes, edges } = flowOf(document, [], () => false, placing, { nodes: [], edges: [] });
  const boxes = nodes.map((node): GraphBox => {
    const frame = { id: node.id, ...node.position };
    const size = {
      widthPx: node.width ?? nodeSizePx.width,
      heightPx: node.height ?? nodeSizePx.height,
    };
    if (node.type === 'source') {
      const { text } = node.data as SourceNodeData;
      return { ...frame, ...size, title: 'Source', detail: text, stage: null };
    }
    const { name, kind, permits, index } = node.data as StageNodeData;
    const detail =
      permits === null ? kind : `${kind} · ${permits} ${permits === 1 ? 'permit' : 'permits'}`;
    return { ...frame, ...size, title: name, detail, stage: index };
  });
  const arrows = edges.map(({ source, target }): GraphArrow => ({ from: source, to: target }));
  const names = new Map(stages.map((stage) => [stage.id, stageTitle(stage)]));
  const label = `Graph: ${stages
    .map(({ id, after = [] }) => {
      const parents = after.map((parent) => names.get(parent) ?? parent).join(' and ');
      return `${names.get(id)} after ${parents || 'the source'}`;
    })
    .join('; ')}`;
  const paint = (theme: 'light' | 'dark') =>
    graphSvg(boxes, arrows, { theme, label, vertical: placing.vertical });
  return {
    ...{ kind: 'picture', label, light: paint('light'), dark: paint('dark') },
    caption: 'The graph: items come from the source and follow the arrows.',
  };
}

function stagesTable(document: PipelineDocument): ReportTable {
  const names = new Map(document.stages.map((stage) => [stage.id, stageTitle(stage)]));
  const rows = document.stages.slice(0, stagesShown).map((stage) => {
    const parents = (stage.after ?? []).map((id) => names.get(id) ?? id).join(', ');
    return [
      stageTitle(stage),
      parents || 'the source',
      stage.work.kind === 'code' ? 'code' : 'synthetic load',
      settingsOf(document, stage.id).join('; ') || 'defaults',
    ];
  });
  const more = document.stages.length - rows.length;
  return {
    kind: 'table',
    caption: `The stages, and how they differ from the defaults${more > 0 ? `; ${more} more are in the file` : ''}`,
    head: ['Stage', 'After', 'Work', 'Settings'],
    ...{ rows, numeric: [] },
  };
}
