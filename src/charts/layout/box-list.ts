/** What a rectangle of a schedule stands for, which decides how it is shaded. */
export const BoxKind = {
  setup: 0,
  busy: 1,
  /** Hatched: the task is done and waits for room downstream. */
  blocked: 2,
  /** Several spans within a pixel; `value` is the share of it they cover. */
  merged: 3,
  /** A tick: answered by the cache. */
  hit: 4,
  failed: 5,
  retried: 6,
  timedOut: 7,
  cancelled: 8,
  lost: 9,
  dropped: 10,
  /** Thin outline: the predicted schedule under a measured one. */
  predicted: 11,
  predictedMerged: 12,
} as const;
export type BoxKind = (typeof BoxKind)[keyof typeof BoxKind];

/**
 * Rectangles as columns, filled anew each frame without making objects. px are CSS pixels.
 * `value`: merged: covered share; busy: share of the service that was CPU. `spans`: how many spans of
 * the trace it stands for. `row`: a task (drops: a mark). `count` rectangles are valid.
 */
export class BoxList {
  count = 0;
  x = new Float32Array(1024);
  y = new Float32Array(1024);
  width = new Float32Array(1024);
  height = new Float32Array(1024);
  value = new Float32Array(1024);
  kind = new Uint8Array(1024);
  stage = new Uint16Array(1024);
  row = new Int32Array(1024);
  spans = new Int32Array(1024);

  clear(): void {
    this.count = 0;
  }

  add(
    kind: BoxKind,
    stage: number,
    row: number,
    x: number,
    y: number,
    width: number,
    height: number,
    value: number,
    spans: number,
  ): void {
    const i = this.count++;
    if (i === this.x.length) this.grow();
    this.kind[i] = kind;
    this.stage[i] = stage;
    this.row[i] = row;
    this.x[i] = x;
    this.y[i] = y;
    this.width[i] = width;
    this.height[i] = height;
    this.value[i] = value;
    this.spans[i] = spans;
  }

  private grow(): void {
    const size = this.x.length * 2;
    const moved = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.x = moved(new Float32Array(size), this.x);
    this.y = moved(new Float32Array(size), this.y);
    this.width = moved(new Float32Array(size), this.width);
    this.height = moved(new Float32Array(size), this.height);
    this.value = moved(new Float32Array(size), this.value);
    this.kind = moved(new Uint8Array(size), this.kind);
    this.stage = moved(new Uint16Array(size), this.stage);
    this.row = moved(new Int32Array(size), this.row);
    this.spans = moved(new Int32Array(size), this.spans);
  }
}
