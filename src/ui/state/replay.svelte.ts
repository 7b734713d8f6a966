/** ms of the run in a ms of the clock; "fit": the whole run in ten seconds, however long it took. */
export type ReplaySpeed = 'fit' | number;

export interface ReplaySubject {
  /** Where the replayed trace ends. */
  endMs: number;
  /** What it is of: once any of these is another one, the replay is over. */
  of: readonly unknown[];
}

const fitMs = 10_000;
/** A page in the background gets no frames: what it missed is not caught up with. */
const longestFrameMs = 100;

/**
 * The instant that all charts and the graph show: where the pointer is, else where a click or the replay
 * has left it. It knows no clock: whoever paints hands in the time of each frame.
 */
export class Replay {
  speed: ReplaySpeed = $state('fit');
  /** Somebody draws its frames: only then can it play. */
  isShown = $state(false);
  private hovered: { ms: number; of: readonly unknown[] } | null = $state.raw(null);
  private pin: { ms: number; of: readonly unknown[]; plays: boolean } | null = $state.raw(null);
  private lastFrameMs: number | null = null;
  private readonly subject: () => ReplaySubject;

  constructor(subject: () => ReplaySubject) {
    this.subject = subject;
  }

  private readonly valid = $derived.by(() => this.ofNow(this.pin));
  /** The instant was one of another trace: nobody points at it any more. */
  private ofNow<T extends { of: readonly unknown[] }>(instant: T | null): T | null {
    // Nobody asks what the page shows for an instant that is not there: with every step of a knob that counts.
    if (instant === null) return null;
    const { of } = this.subject();
    return instant.of.every((thing, i) => thing === of[i]) ? instant : null;
  }
  readonly pinnedMs: number | null = $derived(this.valid?.ms ?? null);
  readonly playing: boolean = $derived(this.valid?.plays ?? false);
  readonly shownMs: number | null = $derived(this.ofNow(this.hovered)?.ms ?? this.pinnedMs);
  get endMs(): number {
    return this.subject().endMs;
  }

  /** The pointer is at this instant, or at none. While it plays the replay is what is shown. */
  hover(ms: number | null): void {
    if (!this.playing) this.hovered = ms === null ? null : { ms, of: this.subject().of };
  }

  /** Stays there until it is moved or taken away; null takes it away. */
  pinAt(ms: number | null, plays = false): void {
    const { endMs, of } = this.subject();
    this.hovered = null;
    this.pin = ms === null ? null : { ms: Math.min(endMs, Math.max(0, ms)), of, plays };
  }

  /** From where it stands; from the end, or from nowhere, it begins anew. */
  play(): void {
    const fromMs = this.shownMs ?? this.endMs;
    this.lastFrameMs = null;
    this.pinAt(fromMs < this.endMs ? fromMs : 0, true);
  }
  pause(): void {
    this.pinAt(this.pinnedMs);
  }
  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** One frame, at `nowMs` of any clock that only goes forward. */
  frame(nowMs: number): void {
    if (!this.playing || this.pinnedMs === null) return;
    const tookMs = Math.min(longestFrameMs, nowMs - (this.lastFrameMs ?? nowMs));
    this.lastFrameMs = nowMs;
    const rate = this.speed === 'fit' ? this.endMs / fitMs : this.speed;
    const ms = this.pinnedMs + tookMs * rate;
    this.pinAt(ms, ms < this.endMs);
  }
}
