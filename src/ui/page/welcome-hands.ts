import { loadDialogs } from '../commands/open-dialog.ts';
import { loadReading } from '../files/load-reading.ts';
import { loadPlaceInLayers } from '../graph/layout.ts';
import { loadInspector } from '../inspector/load-inspector.ts';
import { help } from '../parts/help.svelte.ts';
import type { App } from '../state/app.svelte.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { loadEditorTab, loadTab } from '../tabs/load-tabs.ts';
import { loadCharts } from '../timeline/load-charts.ts';
import { keepVersions } from '../versions/keep-versions.svelte.ts';
import { offerTour } from '../welcome/offer-tour.ts';
import { announce } from './announce.svelte.ts';
import { noteRuns } from './interrupted-run.svelte.ts';
import { keepFocus } from './keep-focus.ts';
import { rememberFocus } from './regions.ts';
import { tooltipHands } from './tooltip-hands.ts';

/**
 * From the first sign of a reader's hands on: the focus is looked after, terms explain themselves, what
 * changes is said aloud and kept as versions, what runs is noted, and the small panels that the next click
 * may open are fetched, so that they open at once. A newcomer is offered the tour. Returns what ends it.
 * @param seen what was there when this was asked for.
 */
export function welcomeHands(app: App, seen: Snapshot, isFirstVisit: () => boolean): () => void {
  let isOver = false;
  // Without them nothing but explanations is missing.
  help.load().catch(() => null);
  const ends = [
    keepFocus(),
    rememberFocus(),
    announce(app, seen),
    tooltipHands(),
    keepVersions(app),
    noteRuns(app),
  ];
  void fetchAll().then(() => {
    // Without it the palette still starts the tour.
    if (!isOver && isFirstVisit()) offerTour(app).catch(() => null);
  });
  return () => {
    isOver = true;
    for (const end of ends) end();
  };
}

/** One after the other: nothing that is asked for meanwhile has to wait for all of them. */
async function fetchAll(): Promise<void> {
  const dialogs = await loadDialogs().catch(() => null);
  const loads = [
    ...Object.values(loadInspector),
    ...Object.values(loadTab),
    ...Object.values(dialogs?.loadDialog ?? {}),
    loadEditorTab,
  ];
  for (const load of [...loads, loadCharts, loadPlaceInLayers, loadReading]) {
    // It is asked for again when it is needed, and what goes wrong then is said.
    await load().catch(() => null);
  }
}
