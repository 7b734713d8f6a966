import type { Settings } from '../services.ts';
import type { App } from './app.svelte.ts';
import type { PaneSizes, Panes } from './panes.svelte.ts';

const name = 'view';
const pauseMs = 300;

/** As it was when the page was last left. */
type KeptView = PaneSizes & {
  arePanelsFull?: App['view']['arePanelsFull'];
  tab?: App['view']['tab'];
  by?: App['timeline']['by'];
  show?: App['timeline']['show'];
};

/** What may come back. Not the code: it was that of one stage. */
const tabs = [
  ...['notes', 'results', 'speedup', 'why', 'whatif', 'prediction', 'compare', 'sweep'],
  ...['cache', 'log', 'document', 'lesson'],
];
const lanes = ['worker', 'stage', 'item'];
const shown = ['both', 'predicted', 'measured'];

/**
 * Shows the page the way it was left, and remembers how it is left; call while a component is set up, so
 * that nothing moves afterwards.
 */
export function keepView({ services: { settings }, view, timeline }: App, panes: Panes): void {
  const kept = read(settings);
  const { tab, by, show, arePanelsFull, ...sizes } = kept;
  panes.sizes = Object.fromEntries(
    Object.entries(sizes).filter(
      ([pane, size]) =>
        ['leftPx', 'graphShare', 'panelsPx'].includes(pane) && Number.isFinite(size),
    ),
  );
  view.arePanelsFull = arePanelsFull === true;
  if (tab !== undefined && tabs.includes(tab)) view.tab = tab;
  if (by !== undefined && lanes.includes(by)) timeline.by = by;
  if (show !== undefined && shown.includes(show)) timeline.show = show;
  $effect(() => {
    const now: KeptView = {
      ...panes.sizes,
      arePanelsFull: view.arePanelsFull,
      tab: view.tab,
      by: timeline.by,
      show: timeline.show,
    };
    const text = JSON.stringify(now);
    const write = (): void => settings.set(name, text);
    // A splitter that is dragged is no reason to write sixty times a second.
    const timer = setTimeout(write, pauseMs);
    addEventListener('pagehide', write);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', write);
    };
  });
}

function read(settings: Settings): KeptView {
  try {
    const kept: unknown = JSON.parse(settings.get(name) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}
