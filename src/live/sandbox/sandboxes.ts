import type { RunRequest } from '../../engine/runner.ts';
import type { ToFrame } from '../border.ts';
import type { Frame } from './frame.ts';

/** One that nobody takes over within this is removed. ms. */
const defaultKeptMs = 2000;
/** One that was kept is alive if it answers within this. ms. */
const answerMs = 1000;

type Whose = Pick<RunRequest, 'series' | 'cacheNamespace'>;

/**
 * The sandboxes that runs are in. Each run has a fresh one, but for those of one experiment: there the frame and the
 * coordinator go on, so that a run costs little beside its work. Their workers never do: no code of a run is alive in
 * the next. All runs of an experiment are treated alike: once one may not go on, those after it begin afresh as well,
 * or the setting that comes after the other would be compared under other conditions.
 */
export class Sandboxes {
  #kept: { frame: Frame; of: Whose; timer: ReturnType<typeof setTimeout> } | null = null;
  /** Experiments whose runs may not share one. */
  readonly #apart = new WeakSet<object>();
  readonly #keptMs: number;

  constructor(keptMs = defaultKeptMs) {
    this.#keptMs = keptMs;
  }

  /** @throws Error when no frame loads. */
  async take(whose: Whose): Promise<Frame> {
    const frame = this.#takeKept(whose);
    if (frame !== null) {
      frame.renew();
      if (await isAlive(frame)) return frame;
      frame.close();
    }
    const { openFrame } = await import('./frame.ts');
    return openFrame();
  }

  #takeKept({ series, cacheNamespace }: Whose): Frame | null {
    if (!this.#kept) return null;
    const { frame, of, timer } = this.#kept;
    const isOwn = of.series === series && of.cacheNamespace === cacheNamespace;
    if (!isOwn || !frame.isAttached) {
      this.#letGo();
      return null;
    }
    clearTimeout(timer);
    this.#kept = null;
    return frame;
  }

  /** A run in it is over. `endedWell`: another could be in it as if it were fresh. */
  giveBack(frame: Frame, { series, cacheNamespace }: Whose, endedWell: boolean): void {
    if (series && !endedWell) this.#apart.add(series);
    if (!series || this.#apart.has(series)) {
      frame.close();
      return;
    }
    this.#letGo();
    frame.port.onmessage = null;
    frame.onFailure = () => this.#letGo();
    const timer = setTimeout(() => this.#letGo(), this.#keptMs);
    this.#kept = { frame, of: { series, cacheNamespace }, timer };
  }

  #letGo(): void {
    if (!this.#kept) return;
    clearTimeout(this.#kept.timer);
    this.#kept.frame.close();
    this.#kept = null;
  }
}

/** Its process may have died while nobody listened. */
function isAlive({ port }: Frame): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, answerMs, false);
    port.onmessage = () => {
      clearTimeout(timer);
      port.onmessage = null;
      resolve(true);
    };
    port.postMessage({ type: 'look' } satisfies ToFrame);
  });
}
