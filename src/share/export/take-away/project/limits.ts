/** Named limits that stages share: a task takes all it uses at once, or waits and takes nothing. */
export class Limits {
  readonly #free: Record<string, number>;
  readonly #waiting: { uses: Record<string, number>; go: () => void }[] = [];

  constructor(capacities: Record<string, number>) {
    this.#free = { ...capacities };
  }

  /** Resolves when all of them are taken. */
  take(uses: Record<string, number>): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ uses, go });
      this.#serve();
    });
  }

  give(uses: Record<string, number>): void {
    for (const [name, weight] of Object.entries(uses)) this.#free[name]! += weight;
    this.#serve();
  }

  /** Those who wait, oldest first; one that does not fit is passed by. */
  #serve(): void {
    for (let at = 0; at < this.#waiting.length;) {
      const { uses, go } = this.#waiting[at]!;
      const wanted = Object.entries(uses);
      if (wanted.some(([name, weight]) => this.#free[name]! < weight)) {
        at++;
        continue;
      }
      for (const [name, weight] of wanted) this.#free[name]! -= weight;
      this.#waiting.splice(at, 1);
      go();
    }
  }
}
