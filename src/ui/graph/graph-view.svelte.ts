import { createContext } from 'svelte';
import type { BackPressure, pressureOf } from './pressure.ts';
import type { App } from '../state/app.svelte.ts';

/** What a menu is about, and where it opens, px of the window. */
export type MenuAbout =
  | { kind: 'stage'; id: string }
  | { kind: 'source' }
  | { kind: 'edge'; source: string; target: string }
  | { kind: 'graph' };
export interface Menu {
  about: MenuAbout;
  x: number;
  y: number;
}

/** A connection that is being drawn. */
export interface Drawing {
  /** Where it began, and whether that is where it will end. */
  from: string;
  backwards: boolean;
  /** It follows the pointer, or the keys. */
  by: 'pointer' | 'keys';
  /** Those that it cannot go to. */
  refused: ReadonlySet<string>;
  /** Chosen by keys; null: none yet. */
  target: string | null;
}

const noPressure: BackPressure = { backedUp: new Set(), sourceHeld: false };

/** What the graph shows besides the document: nothing here is saved. */
export class GraphView {
  drawing: Drawing | null = $state.raw(null);
  menu: Menu | null = $state.raw(null);
  /** A drag selects instead of moving the picture: for touch. */
  isSelecting = $state(false);
  isLegendOpen = $state(false);
  /** Comes with the first run or replay: before, nothing is held back. */
  private pressureOf: typeof pressureOf | null = $state.raw(null);
  readonly pressure: BackPressure = $derived.by(
    () => this.pressureOf?.(this.app.doc.document, this.app.stageStates) ?? noPressure,
  );
  private readonly app: App;

  /** Call while a component is set up. */
  constructor(app: App) {
    this.app = app;
    $effect(() => {
      if (app.stageStates.size === 0 || this.pressureOf !== null) return;
      // Without a connection the next state asks again.
      import('./pressure.ts').then(
        (loaded) => (this.pressureOf = loaded.pressureOf),
        () => null,
      );
    });
  }
}

export const [getGraphView, setGraphView] = createContext<GraphView>();
