import { untrack } from 'svelte';
import type { App } from '../state/app.svelte.ts';
import { sourceId } from './flow-model.ts';
import { keepPlaces, keptPlaces } from './kept-places.ts';
import {
  loadPlaceInLayers,
  onceEachWay,
  placeBest,
  type GraphShape,
  type PlaceNodes,
  type Placed,
  type Placing,
} from './layout.ts';
import type * as Beside from './place-beside.ts';

/** Height of what stands above the graph in its pane, px. */
const toolsPx = 44;

/**
 * Where the nodes stand: where the layout puts them, until the reader moves one. From then on all of them
 * stay where they are, through edits, undo and reloads, and new ones find a place beside.
 */
export class GraphPlaces {
  /** Of the pane, px. */
  widthPx = $state(0);
  heightPx = $state(0);
  private placeInLayers: PlaceNodes | null = $state.raw(null);
  /** Follows edits of what is arranged by hand; null: nothing is, or it has not come yet. */
  private beside: typeof Beside | null = $state.raw(null);
  private tidied = $state(0);
  /** Changes with the graph itself, not with every knob. */
  readonly shape: string = $derived.by(() =>
    this.app.doc.document.stages.map(({ id, after = [] }) => `${id}<${after.join('+')}`).join(';'),
  );
  /** Another text with every new layout; what the reader moves changes nothing of it. */
  layout: string = $state('');
  /** By hand, of the work that is open; null: by the layout. */
  private readonly arranged: Placing | null = $derived.by(() => this.app.doc.arranged);
  readonly isByHand: boolean = $derived(this.arranged !== null);
  /** Once for each shape and direction: the size of the pane only chooses between them. */
  private readonly placeNodes: PlaceNodes | null = $derived.by(() => {
    void this.shape;
    const { placeInLayers } = this;
    return placeInLayers && onceEachWay(placeInLayers);
  });
  /** null: the layout has not come yet. */
  readonly current: Placing | null = $derived.by(() => {
    void this.shape;
    const graph = untrack(() => this.graph());
    const { arranged, beside } = this;
    if (arranged !== null)
      return graph.every(({ id }) => arranged.places.has(id))
        ? arranged
        : beside && beside.placeNew(graph, arranged, sourceId);
    const [width, height] = [Math.max(1, this.widthPx), Math.max(1, this.heightPx - toolsPx)];
    return placeBest(graph, sourceId, width, height, this.placeNodes);
  });
  private readonly app: App;

  /** Call while a component is set up. */
  constructor(app: App) {
    this.app = app;
    let before: GraphShape = [];
    const gone: Beside.Gone = new Map();
    $effect.pre(() => {
      void app.doc.workId;
      untrack(() => {
        app.doc.arranged = this.keys().reduce<Placing | null>(
          (found, key) => found ?? keptPlaces(app.services.settings, key),
          null,
        );
        before = this.graph();
        gone.clear();
      });
    });
    $effect.pre(() => {
      void this.shape;
      const { arranged, beside } = this;
      untrack(() => {
        // Edits until it has come are followed as one.
        if (arranged !== null && beside === null) return;
        const now = this.graph();
        if (arranged !== null) {
          const next = beside!.placeAfterEdit(before, now, arranged, gone, sourceId);
          if (next.places !== arranged.places) app.doc.arranged = next;
        }
        before = now;
      });
    });
    $effect.pre(() => {
      if (this.current === null || this.arranged !== null) return;
      this.layout = `${this.shape} ${this.tidied}`;
    });
    $effect(() => {
      const { arranged } = app.doc;
      untrack(() => this.keep(arranged));
    });
    const failed = (): void =>
      app.messages.show(
        'error',
        'The graph could not be laid out: check the connection and reload the page.',
      );
    $effect(() => {
      const { arranged, beside, current, placeInLayers } = this;
      if (arranged !== null) {
        if (beside === null)
          import('./place-beside.ts').then((loaded) => (this.beside = loaded), failed);
      } else if (current === null && placeInLayers === null)
        loadPlaceInLayers().then((loaded) => (this.placeInLayers = loaded), failed);
    });
  }

  /** The reader has moved these: one step of undo, or part of the one before with the same `key`. */
  move(moved: readonly (readonly [id: string, place: Placed])[], key: string | null = null): void {
    const { app, current } = this;
    if (current === null || moved.length === 0) return;
    const places = new Map([...current.places, ...moved]);
    const ids = moved.map(([id]) => id);
    app.doc.arrange({ vertical: current.vertical, places }, ids, key);
  }

  /** Back to the layout. */
  tidy(): void {
    this.tidied++;
    this.app.doc.arrange(null, []);
  }

  private keep(arranged: Placing | null): void {
    for (const key of this.keys()) keepPlaces(this.app.services.settings, key, arranged);
  }

  /** A document of the gallery that nobody has changed has another id every time it is opened. */
  private keys(): string[] {
    const { id, gallery, isEdited } = this.app.doc.present.work;
    return gallery !== undefined && !isEdited ? [id, `gallery ${gallery}`] : [id];
  }

  private graph(): GraphShape {
    return this.app.doc.document.stages.map(({ id, after }) => ({ id, after: after ?? [] }));
  }
}
