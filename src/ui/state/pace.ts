/** What takes longer to show is felt by whoever types or clicks, ms. */
const feltMs = 50;
/** Of the time at least this many parts to one are left to the reader's hands. */
const restShare = 3;

/**
 * Shows what comes as fast as it comes, unless showing it takes long (a graph of hundreds of stages): then
 * what comes in between is passed over, so that the page still hears its reader.
 */
export class Pace {
  private isShowing = false;
  private freeAtMs = 0;

  /** @param show changes what the page is drawn from; is called now or not at all. */
  take(show: () => void): void {
    const beganMs = performance.now();
    if (this.isShowing || beganMs < this.freeAtMs) return;
    this.isShowing = true;
    show();
    // A turn after the frame: by then it is painted.
    requestAnimationFrame(() =>
      setTimeout(() => {
        const endedMs = performance.now();
        const tookMs = endedMs - beganMs;
        this.freeAtMs = tookMs > feltMs ? endedMs + restShare * tookMs : endedMs;
        this.isShowing = false;
      }),
    );
  }
}
