/**
 * How often one may look at an experiment under way without deceiving oneself: the group-sequential sign test.
 *
 * Each pair votes for one of two settings. If they are equally fast, and the order within each pair is drawn by
 * lot, every vote is a fair coin whatever the machine does meanwhile (drift, bursts, heavy tails hit both alike),
 * so the votes are a random walk whose distribution is known exactly. At each look some of the 5 % that may go
 * wrong is spent (Lan and DeMets, Biometrika 70, 1983; in proportion to the share of the experiment that is over,
 * Kim and DeMets, Biometrika 74, 1987, ρ = 1), and the bound is the farthest out that the walk leaves
 * by chance with no more than that, having stayed within all bounds before. The share may be measured by time
 * as well as by pairs (Lan and DeMets, Statistics in Medicine 8, 1989): how long runs take does not depend
 * on which of two equals is called the second.
 */
export class SignBoundaries {
  private readonly error: number;
  private pairs = 0;
  private spent = 0;
  /** P(so many votes for the second, and no bound crossed before), by number of votes. */
  private walk: Float64Array = Float64Array.of(1);

  /** @param error the chance that any of the looks finds a difference where there is none, e.g. 0.05 */
  constructor(error: number) {
    this.error = error;
  }

  /**
   * The next look. Looks come in order of `pairs`.
   * @param pairs all pairs so far
   * @param share of the experiment that is over, 0 … 1; never less than at the look before
   * @returns the most votes that the loser may have where a difference is found; −1: none can be found yet
   */
  look(pairs: number, share: number): number {
    for (; this.pairs < pairs; this.pairs++) {
      const next = new Float64Array(this.pairs + 2);
      this.walk.forEach((chance, votes) => {
        next[votes]! += chance / 2;
        next[votes + 1]! += chance / 2;
      });
      this.walk = next;
    }
    const mayBeSpent = this.error * Math.min(1, share);
    let most = -1;
    // Both ends: a walk that is far to one side is as unlikely as one far to the other.
    for (let votes = 0; votes < pairs / 2; votes++) {
      const both = this.walk[votes]! + this.walk[pairs - votes]!;
      if (this.spent + both > mayBeSpent) break;
      this.spent += both;
      this.walk[votes] = this.walk[pairs - votes] = 0;
      most = votes;
    }
    return most;
  }
}

/** Two-sided chance of a fair coin: the loser has at most `votes` of `pairs`. */
export function signError(pairs: number, votes: number): number {
  let probability = 0.5 ** pairs;
  let below = 0;
  for (let k = 0; k <= votes; k++) {
    below += probability;
    probability *= (pairs - k) / (k + 1);
  }
  return Math.min(1, 2 * below);
}
