/** A list of times (ms) that grows as an array does, without turning into objects on the way. */
export class TimeList {
  count = 0;
  private times = new Float64Array(64);

  push(ms: number): void {
    if (this.count === this.times.length) {
      const grown = new Float64Array(this.count * 2);
      grown.set(this.times);
      this.times = grown;
    }
    this.times[this.count++] = ms;
  }

  /** NaN of an empty one. */
  get last(): number {
    return this.count === 0 ? NaN : this.times[this.count - 1]!;
  }

  /** A copy of its own size. */
  taken(): Float64Array {
    return this.times.slice(0, this.count);
  }
}
