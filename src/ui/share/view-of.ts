import type { LinkedView } from '../../share/link/link-content.ts';
import type { App } from '../state/app.svelte.ts';
import { isTab } from '../tabs/tab-names.ts';
import { zoomOnceDrawn } from './zoom-once-drawn.svelte.ts';

/** What the page shows now, for a link; what is as it comes is left out. */
export function viewOf({ view, graph, timeline }: App): LinkedView {
  const selected = [...graph.selected];
  const { startMs, endMs } = timeline.axis;
  return {
    ...(view.tab !== 'notes' && { tab: view.tab }),
    ...(selected.length > 0 && { selected }),
    // In whole µs: no less can be shown, and the link stays short.
    ...(timeline.zoomed && { zoom: [floorUs(startMs), ceilUs(endMs)] }),
  };
}

/**
 * Shows a document that has just been opened as whoever shared it saw it. Tabs that this page does not know and
 * stages that the document does not have are passed over.
 */
export function applyView(app: App, { tab, selected = [], zoom }: LinkedView): void {
  const { doc, graph, timeline, view } = app;
  const there = selected.filter((id) => doc.document.stages.some((stage) => stage.id === id));
  if (there.length > 0) graph.select(there);
  const code = there.find((id) => app.isCodeStage(id));
  if (tab === 'code' && code !== undefined) view.editCode({ kind: 'stage', id: code });
  else if (tab !== undefined && isTab(tab)) view.tab = tab;
  // The window of the document before stays otherwise.
  timeline.showAll();
  if (zoom) zoomOnceDrawn(app, zoom);
}

const perMs = 1000;
const floorUs = (ms: number): number => Math.floor(ms * perMs) / perMs;
const ceilUs = (ms: number): number => Math.ceil(ms * perMs) / perMs;
