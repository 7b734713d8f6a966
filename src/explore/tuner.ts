import { SeededRandom } from '../base/seeded-random.ts';
import type { TrialOutcome } from './trials.ts';
import type { TunerField } from './tuner-fields.ts';
import { compareOutcomes, violation, type TunerGoal } from './tuner-goal.ts';
import { allPlaces, candidates, lineMoves, pairMoves, spread } from './tuner-moves.ts';
import { keyOf, placeNow, setOf, spaceSize, type Place, type Tried } from './tuner-space.ts';
import { Surrogate } from './tuner-surrogate.ts';
import { cheaperMoves, cheapestEqual } from './tuner-trim.ts';

export interface TuneRequest {
  /** At least one, each with the document's own value among its values. */
  fields: readonly TunerField[];
  goal: TunerGoal;
  seed: number;
  /** Settings to simulate at most, ≥ 1; the document's own counts. */
  budget: number;
}

/** Simulates settings: one outcome each, in their order; null: it was stopped. */
export type Evaluate = (
  sets: readonly Readonly<Record<string, unknown>>[],
) => Promise<readonly TrialOutcome[] | null>;

export interface TuneProgress {
  tried: number;
  budget: number;
  /** The best so far; it need not keep all limits. */
  best: Tried;
}

export interface TuneResult {
  /** The document as it is. */
  start: Tried;
  /** The cheapest of those that count as equal to `fastest`: see `cheapestEqual`. */
  best: Tried;
  /** What has least of what was to be least, whatever it takes. */
  fastest: Tried;
  /** `best` keeps all limits. If not, it is the one that breaks them by least. */
  isFeasible: boolean;
  /** Every setting simulated, in the order in which they were. */
  tried: readonly Tried[];
  /** How many settings there are. */
  space: number;
  ended: 'everything tried' | 'no improvement' | 'budget' | 'stopped';
}

/** Settings that a page may simulate: some seconds of most documents. */
export const usualBudget = 300;

/** Settings simulated in one go: enough to keep all threads busy, few enough to change course soon. */
const batchMost = 48;
/** Rounds in a row that may lead to nothing better. */
const patience = 8;
/** Settings among which each round chooses, and how many of them are simulated. */
const candidateCount = 400;
const promisingCount = 16;
/** How far the guess is trusted, in turns: sometimes it is better to look where nobody has been. */
const trusts = [0.95, 0.8, 0.5, 0.3];
/** Share of the budget that is kept for making the best one cheaper, as long as that needs it. */
const trimShare = 0.2;

/**
 * Searches the settings of some fields for the one with least of what the goal names, within its limits.
 *
 * From the best of a Latin hypercube, the document's own settings and both ends of the ranges, a descent through
 * two neighbourhoods, one field at a time and two at a time (variable neighbourhood descent, P. Hansen and N.
 * Mladenović, 2001); then rounds that simulate what looks promising from all that is known (`Surrogate`),
 * with another descent from whatever is better. Limits by Deb's rules
 * (`compareOutcomes`). No setting is simulated twice, and the same seed tries the same ones.
 */
export async function tune(
  request: TuneRequest,
  evaluate: Evaluate,
  onProgress: (progress: TuneProgress) => void = () => {},
): Promise<TuneResult> {
  const search = new Search(request, evaluate, onProgress);
  const ended = await search.conduct();
  const fastest = search.best;
  const all = [...search.tried.values()];
  return {
    start: all[0]!,
    best: cheapestEqual(request.fields, request.goal, all, fastest),
    fastest,
    isFeasible: violation(fastest.outcome, request.goal) === 0,
    tried: all,
    space: spaceSize(request.fields),
    ended,
  };
}

class Search {
  readonly tried = new Map<string, Tried>();
  best!: Tried;
  private isStopped = false;
  private readonly random: SeededRandom;
  private readonly request: TuneRequest;
  private readonly evaluate: Evaluate;
  private readonly onProgress: (progress: TuneProgress) => void;

  constructor(
    request: TuneRequest,
    evaluate: Evaluate,
    onProgress: (progress: TuneProgress) => void,
  ) {
    this.request = request;
    this.evaluate = evaluate;
    this.onProgress = onProgress;
    this.random = new SeededRandom(request.seed);
  }

  async conduct(): Promise<TuneResult['ended']> {
    const { fields, budget } = this.request;
    // The first is the document itself: whatever else happens, that much is known.
    await this.look([placeNow(fields)], budget);
    if (this.tried.size === 0) throw new Error('It was stopped before anything was known.');
    const searchMost = budget - Math.floor(budget * trimShare);
    if (spaceSize(fields) <= budget) await this.look(allPlaces(fields), budget);
    else {
      await this.begin(searchMost);
      await this.wander(searchMost);
      await this.trim();
      // What it did not need goes into the search, and what that finds is made cheaper in its turn.
      await this.wander(budget);
    }
    if (this.isStopped) return 'stopped';
    if (this.tried.size >= spaceSize(fields)) return 'everything tried';
    return this.tried.size >= budget ? 'budget' : 'no improvement';
  }

  /** From the best of settings that lie far apart, down to where no neighbour is better. */
  private async begin(most: number): Promise<void> {
    const { fields } = this.request;
    const starts = Math.min(Math.ceil(most / 8), 8 * fields.length);
    const ends = [fields.map(({ values }) => values.length - 1), fields.map(() => 0)];
    await this.look([...ends, ...spread(fields, starts, this.random)], most);
    await this.descend(this.best, most);
  }

  /** Until nothing better has come of several kicks, or `most` settings are known. */
  private async wander(most: number): Promise<void> {
    const { fields } = this.request;
    let vain = 0;
    for (let round = 0; vain < patience && this.hasRoom(most); round++) {
      const before = this.best;
      const surrogate = new Surrogate(fields, this.ranked());
      const among = candidates(fields, before.place, candidateCount, this.random);
      const trust = trusts[round % trusts.length]!;
      const chosen = surrogate.promising(among, promisingCount, trust);
      if (chosen.length === 0) return;
      await this.look(chosen, most);
      if (this.best !== before) await this.descend(this.best, most);
      vain = this.best === before ? vain + 1 : 0;
    }
  }

  /** All that have been simulated, the best first. */
  private ranked(): Place[] {
    return [...this.tried.values()]
      .sort((a, b) => compareOutcomes(a.outcome, b.outcome, this.request.goal))
      .map(({ place }) => place);
  }

  /** Down from `from` to where no neighbour is better. */
  private async descend(from: Tried, most: number): Promise<void> {
    const { fields } = this.request;
    let at = from;
    while (this.hasRoom(most)) {
      let next = this.leastOf(await this.look(lineMoves(fields, at.place), most));
      if (next === null || !this.isBetter(next, at)) {
        // One after another batch of pairs, and on with the first that holds something better.
        const pairs = this.hasRoom(most) ? pairMoves(fields, at.place, this.random) : [];
        for (let i = 0; i < pairs.length && this.hasRoom(most); i += batchMost) {
          next = this.leastOf(await this.look(pairs.slice(i, i + batchMost), most));
          if (next !== null && this.isBetter(next, at)) break;
        }
      }
      if (next === null || !this.isBetter(next, at)) return;
      at = next;
    }
  }

  /** Takes the rest of the budget to find the same for less. */
  private async trim(): Promise<void> {
    const { budget, fields, goal } = this.request;
    while (this.hasRoom(budget)) {
      const chosen = cheapestEqual(fields, goal, [...this.tried.values()], this.best);
      const moves = cheaperMoves(fields, chosen.place);
      const fresh: Place[] = [];
      for (const place of moves) {
        if (fresh.length === batchMost) break;
        if (!this.tried.has(keyOf(place))) fresh.push(place);
      }
      if (fresh.length === 0) return;
      await this.look(fresh.slice(0, batchMost), budget);
    }
  }

  /** Simulates what is not known yet while there is room; gives all of them that are known then. */
  private async look(places: Iterable<Place>, most: number): Promise<Tried[]> {
    const { fields } = this.request;
    const fresh = new Map<string, Place>();
    const keys: string[] = [];
    const room = Math.max(0, most - this.tried.size);
    for (const place of places) {
      if (fresh.size >= room) break;
      const key = keyOf(place);
      keys.push(key);
      if (!this.tried.has(key)) fresh.set(key, place);
    }
    const wanted = [...fresh];
    for (let i = 0; i < wanted.length && !this.isStopped; i += batchMost) {
      const batch = wanted
        .slice(i, i + batchMost)
        .map(([key, place]) => ({ key, place, set: setOf(fields, place) }));
      const outcomes = await this.evaluate(batch.map(({ set }) => set));
      if (outcomes === null) {
        this.isStopped = true;
        break;
      }
      batch.forEach(({ key, place, set }, index) => {
        const tried = { place, set, outcome: outcomes[index]! };
        this.tried.set(key, tried);
        if (this.best === undefined || this.isBetter(tried, this.best)) this.best = tried;
      });
      this.onProgress({
        tried: this.tried.size,
        budget: this.request.budget,
        best: this.best,
      });
    }
    return keys.flatMap((key) => this.tried.get(key) ?? []);
  }

  private hasRoom(most: number): boolean {
    return (
      !this.isStopped && this.tried.size < most && this.tried.size < spaceSize(this.request.fields)
    );
  }

  private leastOf(known: readonly Tried[]): Tried | null {
    return known.reduce<Tried | null>(
      (least, one) => (least === null || this.isBetter(one, least) ? one : least),
      null,
    );
  }

  private isBetter(a: Tried, b: Tried): boolean {
    return compareOutcomes(a.outcome, b.outcome, this.request.goal) < 0;
  }
}
