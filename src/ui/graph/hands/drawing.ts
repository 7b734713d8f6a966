import { connect as tryConnect, connectionFault } from '../../../pipeline/edit.ts';
import { ancestorsOf, childrenOf, descendantsOf } from '../../../pipeline/graph.ts';
import type { PipelineDocument } from '../../../pipeline/types.ts';
import type { App } from '../../state/app.svelte.ts';
import { asSentence } from '../../state/error-sentence.ts';
import { edgeId, nodeClass, sourceId } from '../flow-model.ts';
import type { Drawing, GraphView } from '../graph-view.svelte.ts';

/** A connection begins at a stage; `backwards`: that is where it will end. */
export function startDrawing(
  { doc }: App,
  view: GraphView,
  from: string,
  by: Drawing['by'],
  backwards = false,
): void {
  const refused = refusedFor(doc.document, from, backwards);
  view.drawing = { from, by, backwards, refused, target: null };
}

function refusedFor({ stages }: PipelineDocument, from: string, backwards: boolean): Set<string> {
  const beyond = backwards ? descendantsOf(stages, from) : ancestorsOf(stages, from);
  const joined = backwards
    ? (stages.find(({ id }) => id === from)?.after ?? [])
    : (childrenOf(stages).get(from) ?? []);
  return new Set([sourceId, from, ...beyond, ...joined]);
}

/** Why what is being drawn cannot end here; null: it can. */
export function drawingFault(app: App, { drawing }: GraphView, id: string): string | null {
  if (drawing === null) return null;
  const { from, backwards } = drawing;
  if (id === sourceId)
    return backwards
      ? 'the source feeds every stage that has no stage before it: no connection is needed'
      : 'nothing goes into the source: items begin there';
  const [source, target] = backwards ? [id, from] : [from, id];
  return connectionFault(app.doc.document, source, target) ?? refusal(app, source, target);
}

let asked: { document: PipelineDocument; edge: string; fault: string | null } | null = null;

/** By the rules of the whole document; asked many times a second of the same two. */
export function refusal({ doc: { document } }: App, source: string, target: string): string | null {
  const edge = edgeId(source, target);
  if (asked?.document !== document || asked.edge !== edge) {
    const result = tryConnect(document, source, target);
    asked = { document, edge, fault: result.ok ? null : result.error };
  }
  return asked.fault;
}

/** The pointer has been let go; `isGood`: where a connection was made. */
export function endDrawing(
  app: App,
  view: GraphView,
  event: MouseEvent | TouchEvent,
  isGood: boolean | null,
): void {
  const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0]! : event;
  const over = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>(nodeClass);
  const id = over?.dataset['id'];
  const isOther = id !== undefined && id !== view.drawing?.from;
  const fault = isOther && !isGood ? drawingFault(app, view, id) : null;
  if (fault !== null) app.tell('error', asSentence(fault));
  view.drawing = null;
}
