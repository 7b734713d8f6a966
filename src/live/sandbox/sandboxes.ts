import type { Frame } from './frame.ts';

/** A sandbox that nobody takes over within this is removed. ms. */
const keptMs = 1000;

/**
 * The sandboxes that runs are in. Each run has a fresh one, but for runs of one experiment: where one follows at once
 * upon another that ended well, both for the same cache (so no stranger's code is beside one's own), the frame
 * and the coordinator go on. Their workers never do: no code of a run is alive in the next.
 */
export class Sandboxes {
  #kept: { frame: Frame; namespace: string; timer: ReturnType<typeof setTimeout> } | null = null;

  /** @throws Error when no frame loads. */
  async take(namespace: string): Promise<Frame> {
    const kept = this.#kept;
    this.#kept = null;
    if (kept) {
      clearTimeout(kept.timer);
      if (kept.namespace === namespace && kept.frame.isAttached) {
        kept.frame.renew();
        return kept.frame;
      }
      kept.frame.close();
    }
    const { openFrame } = await import('./frame.ts');
    return openFrame();
  }

  /** Its run is over, and another may follow. */
  keep(frame: Frame, namespace: string): void {
    this.#letGo();
    frame.onFailure = () => {};
    frame.port.onmessage = null;
    this.#kept = { frame, namespace, timer: setTimeout(() => this.#letGo(), keptMs) };
  }

  #letGo(): void {
    if (!this.#kept) return;
    clearTimeout(this.#kept.timer);
    this.#kept.frame.close();
    this.#kept = null;
  }
}
