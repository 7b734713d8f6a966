/** Building may take one part in so many of the time. */
const restShare = 10;

/**
 * A model of a record that grows, built anew only as often as it does not cost much of the time: of a
 * million tasks that takes a while, and there is news many times a second.
 */
export class PacedModel<T> {
  private kept: { model: T; of: readonly unknown[]; freeAtMs: number } | null = null;

  /** @param of what it is built from besides what grows: anything else builds it anew at once. */
  get(
    build: () => T,
    of: readonly unknown[],
    isGrowing: boolean,
    now = () => performance.now(),
  ): T {
    const { kept } = this;
    const isSame = kept !== null && kept.of.every((one, at) => one === of[at]);
    const beganMs = now();
    if (isSame && isGrowing && beganMs < kept.freeAtMs) return kept.model;
    const model = build();
    const endedMs = now();
    this.kept = { model, of, freeAtMs: endedMs + restShare * (endedMs - beganMs) };
    return model;
  }
}
