import type { App } from '../../state/app.svelte.ts';
import { namesOf } from '../../state/stage-names.ts';
import { sourceId } from '../flow-model.ts';
import { focusNode } from '../focus-node.ts';
import type { GraphPlaces } from '../graph-places.svelte.ts';
import type { GraphView, MenuAbout } from '../graph-view.svelte.ts';
import * as actions from './actions.ts';
import { keyWhileConnecting, startConnecting } from './connect-mode.ts';
import { neighbour, wayOf, type Way } from './neighbours.ts';

export interface Graph {
  app: App;
  view: GraphView;
  places: GraphPlaces;
}

/** What has the focus: a node, an edge, or the graph as a whole. */
export type Focused =
  | { kind: 'node'; id: string; element: HTMLElement }
  | { kind: 'edge'; source: string; target: string; element: HTMLElement }
  | { kind: 'graph'; element: HTMLElement };

/** px in the graph's own space that Alt and an arrow move a stage; with Shift. */
const stepPx = 10;
const longStepPx = 50;

/**
 * The keys of the graph. They act on the node or edge that has the focus itself, and on the others that are
 * selected with it; never on one that is only selected elsewhere. true: it was one of them.
 */
export function pressGraphKey(graph: Graph, focused: Focused, event: KeyboardEvent): boolean {
  const { app, view } = graph;
  if (keyWhileConnecting(app, view, event)) return true;
  const { key, altKey, shiftKey } = event;
  const isMod = event.ctrlKey || event.metaKey;
  if (isMod && key.toLowerCase() === 'a') {
    app.graph.selectAll();
    actions.saySelection(app);
    return true;
  }
  if (key === 'Escape') {
    view.isSelecting = false;
    app.view.select({ kind: 'machine' });
    actions.saySelection(app);
    return true;
  }
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
    openMenu(view, focused);
    return true;
  }
  const id = focused.kind === 'node' ? focused.id : null;
  if (focused.kind === 'edge') return pressOnEdge(graph, focused, event);
  if (key === 'Delete' || key === 'Backspace') {
    if (id !== null || app.graph.selected.size > 0) actions.remove(app, actions.idsAbout(app, id));
    return true;
  }
  if (isMod && key.toLowerCase() === 'd') {
    actions.duplicate(app, actions.idsAbout(app, id));
    return true;
  }
  if (key === 'Insert' || (key.toLowerCase() === 'a' && !isMod && !altKey)) {
    actions.addAfter(app, id ?? app.view.selectedStage());
    return true;
  }
  return id !== null && pressOnNode(graph, id, event);
}

function pressOnNode({ app, view, places }: Graph, id: string, event: KeyboardEvent): boolean {
  const { key, altKey, shiftKey } = event;
  const isMod = event.ctrlKey || event.metaKey;
  const way = wayOf(key, places.current?.vertical ?? false);
  if (way !== null && altKey) move(app, places, id, key, shiftKey ? longStepPx : stepPx);
  else if (way !== null && !isMod) goTo({ app, view, places }, id, way, shiftKey);
  else if (key === 'Enter' || key === ' ') {
    if (id === sourceId) app.view.select({ kind: 'source' });
    else if (isMod || shiftKey) {
      actions.toggle(app, id);
      actions.saySelection(app);
    } else app.graph.select([id]);
  } else if (key === 'F2' && id !== sourceId) actions.rename(app, id);
  else if (key.toLowerCase() === 'c' && !isMod && !altKey) startConnecting(app, view, id);
  else return false;
  return true;
}

function pressOnEdge(
  { app, places }: Graph,
  { source, target }: Focused & { kind: 'edge' },
  { key }: KeyboardEvent,
): boolean {
  const way = wayOf(key, places.current?.vertical ?? false);
  if (key === 'Delete' || key === 'Backspace') actions.disconnect(app, source, target);
  else if (key === 'Insert') actions.insertInto(app, source, target);
  else if (way === 'forward') focusNode(target);
  else if (way === 'back') focusNode(source);
  else return false;
  return true;
}

/** @param isExtending what it comes to is selected too. */
function goTo({ app, places }: Graph, id: string, way: Way, isExtending: boolean): void {
  if (places.current === null) return;
  const stages = app.doc.document.stages.map((stage) => ({
    id: stage.id,
    after: stage.after ?? [],
  }));
  const next = neighbour(stages, places.current, id, way);
  if (next === null) {
    const name = namesOf(app.doc.document).get(id) ?? 'the source';
    const where = { forward: 'after', back: 'before', left: 'beside', right: 'beside' }[way];
    app.announcer.say('graph', `There is nothing ${where} “${name}”`);
    return;
  }
  if (isExtending && next !== sourceId) {
    // What was selected elsewhere before is no part of the range that begins here.
    const from = app.graph.selected.has(id) ? app.graph.selected : id === sourceId ? [] : [id];
    app.graph.select([...new Set([...from, next])], next);
    actions.saySelection(app);
  }
  focusNode(next);
}

function move(app: App, places: GraphPlaces, id: string, key: string, px: number): void {
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const [x, y] = (by ?? [0, 0]) as [number, number];
  const ids = id === sourceId ? [id] : actions.idsAbout(app, id);
  places.move(
    ids.flatMap((moved) => {
      const place = places.current?.places.get(moved);
      return place ? [[moved, { x: place.x + x * px, y: place.y + y * px }] as const] : [];
    }),
    `move ${ids.join(' ')}`,
  );
}

export function openMenu(view: GraphView, focused: Focused): void {
  const box = focused.element.getBoundingClientRect();
  const about: MenuAbout =
    focused.kind === 'edge'
      ? { kind: 'edge', source: focused.source, target: focused.target }
      : focused.kind === 'graph'
        ? { kind: 'graph' }
        : focused.id === sourceId
          ? { kind: 'source' }
          : { kind: 'stage', id: focused.id };
  const isWhole = focused.kind === 'graph';
  view.menu = {
    about,
    x: box.left + (isWhole ? 12 : box.width / 2),
    y: isWhole ? box.top + 44 : box.bottom,
  };
}
