/** One row of the claims ledger: what somebody wrote, and how this browser puts it to the test. */
import type { PipelineDocument } from '../../pipeline/types.ts';

/** The five projects whose documents make the claims; their ids begin with the letter. */
export type SystemLetter = 'A' | 'B' | 'C' | 'D' | 'E';

export interface ClaimedSystem {
  letter: SystemLetter;
  name: string;
  /** A few words: what it is. */
  about: string;
}

export interface Claim {
  /** "A1" … "E11". */
  id: string;
  /** The claim in short, in our words. */
  says: string;
  /** The figures as its document gives them. */
  figures: string;
  /** How much shorter times are here than in the document: "1:100"; absent: they are not scaled. */
  scale?: string;
  /** Each has a verdict; the row shows the weakest of those that run live, or else of those that are played. None: `sums` decide, or it cannot be tested in a tab. */
  trials: Trial[];
  /** The document's own figures, added up again. */
  sums?: Sum[];
  /** What is wrong in the document's code or reasoning, a sentence each. */
  faults?: string[];
  /** Why it cannot be tested in a tab, one sentence; only where there is no trial. */
  untestable?: string;
  /** The gallery's id of the document to look into, or the nearest honest experiment. */
  scenario?: string;
  /** One sentence: why it comes out as it does. */
  why: string | ((verdict: ClaimVerdict) => string);
}

export type ClaimVerdict =
  /**
   * Of a speedup: the whole interval is a gain, and the median within 5 % of the claim or beyond it, or at most 15 % off
   * where the interval holds it. Of "no slower": the whole interval is, to within 5 %. A count or share reaches its
   * figure.
   */
  | 'reproduced'
  /** A gain, smaller than claimed. */
  | 'fell short'
  /** No gain, or one too small to be seen; of "no slower": the whole interval is slower; of right or wrong: wrong. */
  | 'refuted'
  /** Its own figures contradict it. */
  | 'cannot add up'
  /** Declared durations were played: policy and arithmetic are judged, never the durations. */
  | 'replayed'
  | 'not testable';

/** A range of figures; a single figure has both ends alike, "more than 85" has only a low one. */
export interface Range {
  low?: number;
  high?: number;
}

/**
 * What is measured live is run 8 times over (each of two settings; a curve; a level), 13 times where the claim is run
 * by itself, and all claims together within three minutes: a run should last 50 to 150 ms, so settings may bring fewer
 * items than the document does ("/source/count"). Trials of the same document under the same settings share their
 * runs, whatever they judge of them. Replays cost nothing.
 */
export type Trial = CompareTrial | LevelTrial | CurveTrial;

interface AnyTrial {
  /** Stands for it in the ledger and in kept results: unique within the claim. */
  name: string;
  document: () => Promise<PipelineDocument>;
  /**
   * What is to come out on any machine, whatever was claimed: "gain": the interval is beyond no gain; "no gain": it
   * is not; "either": it takes free cores, or is too small to be seen on a busy machine. Tests hold it; absent: a gain.
   */
  expects?: 'gain' | 'no gain' | 'either';
}

/**
 * A place in what is known of a run: of its summary ("makespan", "latency/mean", "stages/call/queue/max",
 * "workers/utilization"), of a counter ("counters/cursor/writes"; live only), or of the first result of a stage
 * ("results/report/kept"; live only). Two of them with " ÷ " between are divided:
 * "stages/search/cacheHits ÷ stages/search/received".
 */
export type Quantity = string;

/** Two settings of one document, run in turns; what is judged is a ratio above 1 where the second is better. */
export interface CompareTrial extends AnyTrial {
  kind: 'compare';
  before: Settings;
  after: Settings;
  /** Absent: makespan. It must be above 0 in both. */
  quantity?: Quantity;
  /** Which is better; absent: less. */
  better?: 'less' | 'more';
  /** What the document says the ratio is; null: it gives no figure, only that it is better. */
  claimed: Range | null;
  /** Its durations are the document's own: the verdict is "replayed". */
  isReplay?: true;
  /** The two deliver different results by design (what is left out is the point); the reason, one sentence. */
  differs?: string;
  /** Both see a cache that begins empty with each run; absent: no cache. */
  cache?: true;
}

/** One setting, run several times; what is judged is a level. */
export interface LevelTrial extends AnyTrial {
  kind: 'level';
  settings: Settings;
  quantity: Quantity;
  /** "ms", "items"; "%": the quantity is a share, told and claimed in percent. */
  unit: string;
  claimed: Range;
  /** Which end of `claimed` is the hard one; "neither": it is to come out within both, as a right count does. */
  better: 'less' | 'more' | 'neither';
  /**
   * The level at which nothing was gained at all: there the claim is refuted, on the way it fell short. Absent:
   * whoever does not reach the claim has gained nothing. Not with "neither".
   */
  noGain?: number;
  isReplay?: true;
  cache?: true;
}

/**
 * Two stages that do the same by different means, over items of growing size: the cost of each against n, the
 * exponents fitted, the results equal. The source is of `values`, each `{ n, times? }`: each stage does it `times`
 * times (absent: once), so that clocks see small sizes too; costs are told of once. A stage below both compares what
 * they give and throws where it differs.
 */
export interface CurveTrial extends AnyTrial {
  kind: 'curve';
  /** Stage ids. */
  before: string;
  after: string;
  /** What n counts: "gaps". */
  of: string;
  /**
   * "time": CPU of the stage's tasks. "count": what is delivered says it, `{ cost: { [stage id]: number } }` for
   * both stages, of once; counts are the same on every machine.
   */
  cost: 'time' | 'count';
  /** What `cost: 'count'` counts: "elements kept". */
  unit?: string;
  /** Of cost before ÷ after, at the sizes from `fromN` to `toN`, both included; absent: to the largest. */
  claimed: Range;
  fromN: number;
  toN?: number;
  /** What the document says the costs grow like: exponents of n. */
  claimedExponents?: { before: number; after: number };
}

/** Pointer → value, as in a document's variants. */
export interface Settings {
  name: string;
  set: Record<string, unknown>;
}

/** One sum done again: "25/20/30 min in turn" and what it gives. */
export interface Sum {
  /** The working, with its figures: "12 ÷ 5". */
  working: string;
  /** What it comes to; computed, not typed in. */
  result: number;
  unit: string;
  /** What the document says it is; absent: it does not say. */
  claimed?: Range;
  /** One sentence: what follows. */
  follows: string;
}
