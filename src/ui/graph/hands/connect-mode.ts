import type { App } from '../../state/app.svelte.ts';
import { connect } from '../../state/stage-edits.ts';
import { namesOf } from '../../state/stage-names.ts';
import { asSentence } from '../../state/error-sentence.ts';
import { sourceId } from '../flow-model.ts';
import { focusNode } from '../focus-node.ts';
import type { GraphView } from '../graph-view.svelte.ts';
import { drawingFault, startDrawing } from './drawing.ts';

/** Connecting without a pointer: the keys go through the stages it can go to; a press on one connects too. */
export function startConnecting(app: App, view: GraphView, from: string): void {
  if (!app.mayEdit()) return;
  if (from === sourceId) {
    app.messages.show('info', 'The source feeds every stage that no other stage comes before.');
    return;
  }
  startDrawing(app, view, from, 'keys');
  const targets = targetsOf(app, view);
  if (targets.length === 0) {
    view.drawing = null;
    app.tell(
      'info',
      `“${nameOf(app, from)}” is connected to every stage it can be connected to: add another stage first.`,
    );
    return;
  }
  // The first one further down the list: connections mostly lead on.
  const { stages } = app.doc.document;
  const place = (id: string): number => stages.findIndex((stage) => stage.id === id);
  choose(app, view, targets.find((id) => place(id) > place(from)) ?? targets[0]!);
}

/** What the keys do while one is being chosen. true: it was one of them. */
export function keyWhileConnecting(app: App, view: GraphView, event: KeyboardEvent): boolean {
  const { drawing } = view;
  if (drawing?.by !== 'keys') return false;
  const targets = targetsOf(app, view);
  if (targets.length === 0) {
    endConnecting(app, view);
    return true;
  }
  const at = targets.indexOf(drawing.target ?? '');
  const goTo = (to: number): void =>
    choose(app, view, targets[(to + targets.length) % targets.length]!);
  const { key, shiftKey } = event;
  if (key === 'Escape') endConnecting(app, view);
  else if (key === 'Enter' || key === ' ') connectTo(app, view, drawing.target);
  else if (key === 'Tab') goTo(at + (shiftKey ? -1 : 1));
  else if (key === 'ArrowRight' || key === 'ArrowDown') goTo(at + 1);
  else if (key === 'ArrowLeft' || key === 'ArrowUp') goTo(at - 1);
  else if (key === 'Home') goTo(0);
  else if (key === 'End') goTo(-1);
  else return false;
  return true;
}

/** Connects to a stage that was chosen or pressed; where that is refused it says why, and goes on. */
export function connectTo(app: App, view: GraphView, target: string | null): void {
  const { drawing } = view;
  if (!drawing || target === null) return;
  const fault = drawingFault(app, view, target);
  if (fault !== null) {
    app.tell('error', asSentence(fault));
    return;
  }
  view.drawing = null;
  connect(app, drawing.from, target);
  focusNode(drawing.from);
}

function endConnecting(app: App, view: GraphView): void {
  const from = view.drawing?.from;
  view.drawing = null;
  app.announcer.say('connect', 'Not connected');
  if (from !== undefined) focusNode(from);
}

function choose(app: App, view: GraphView, target: string): void {
  const drawing = view.drawing!;
  view.drawing = { ...drawing, target };
  const targets = targetsOf(app, view);
  const [from, to] = [nameOf(app, drawing.from), nameOf(app, target)];
  const help = drawing.target === null ? ' Arrow keys choose, Enter connects, Escape ends.' : '';
  app.announcer.say(
    'connect',
    `Connect “${from}” to “${to}”, ${targets.indexOf(target) + 1} of ${targets.length}.${help}`,
  );
  focusNode(target);
}

function targetsOf(app: App, view: GraphView): string[] {
  const { refused } = view.drawing!;
  return app.doc.document.stages.flatMap(({ id }) => (refused.has(id) ? [] : [id]));
}

const nameOf = (app: App, id: string): string => namesOf(app.doc.document).get(id) ?? id;
