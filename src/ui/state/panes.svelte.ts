/** What the reader has set by hand; absent: as it comes, which goes with the window. */
export interface PaneSizes {
  /** Width of the left column, CSS pixels. */
  leftPx?: number;
  /** Height of the graph in the left column, %. */
  graphShare?: number;
  /** Height of the panels under the schedule, CSS pixels. */
  panelsPx?: number;
}

/** The least that is left to what is beside or above a pane, CSS pixels. */
const timelineWidthMinPx = 420;
const timelineHeightMinPx = 280;

const clamp = (value: number, min: number, max: number): number =>
  Math.round(Math.max(min, Math.min(max, value)));

/** How the window is divided. What was set for a larger window comes back with it. */
export class Panes {
  sizes: PaneSizes = $state.raw({});
  windowPx: { width: number; height: number } = $state.raw({ width: 1440, height: 900 });

  readonly leftMinPx = 300;
  readonly leftMaxPx: number = $derived(
    Math.max(this.leftMinPx, Math.min(this.windowPx.width - timelineWidthMinPx, 1200)),
  );
  readonly leftPx: number = $derived(
    clamp(
      this.sizes.leftPx ?? clamp(0.24 * this.windowPx.width, 440, 620),
      this.leftMinPx,
      this.leftMaxPx,
    ),
  );
  readonly graphShareMin = 15;
  readonly graphShareMax = 80;
  readonly graphShare: number = $derived(
    Math.max(this.graphShareMin, Math.min(this.graphShareMax, this.sizes.graphShare ?? 47)),
  );
  readonly panelsMinPx = 120;
  readonly panelsMaxPx: number = $derived(
    Math.max(this.panelsMinPx, this.windowPx.height - timelineHeightMinPx),
  );
  readonly panelsPx: number = $derived(
    clamp(
      this.sizes.panelsPx ?? Math.max(280, 0.32 * this.windowPx.height),
      this.panelsMinPx,
      this.panelsMaxPx,
    ),
  );

  /** undefined: as it comes. */
  set(pane: keyof PaneSizes, value: number | undefined): void {
    const { [pane]: _, ...others } = this.sizes;
    this.sizes = value === undefined ? others : { ...others, [pane]: value };
  }
}
