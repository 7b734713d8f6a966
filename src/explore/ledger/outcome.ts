/** What came of claims, as plain data: what the page shows, a file keeps and a link carries. */
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { ClaimVerdict } from '../../scenarios/claims/claim.ts';

/** A number with its 95 % interval. */
export interface Interval {
  /** Median. */
  value: number;
  low: number;
  high: number;
  /** Pairs, runs or sizes it rests on. */
  samples: number;
}

/** One size of a curve: medians of what both ways cost there. */
export interface CurvePoint {
  n: number;
  before: number;
  after: number;
}

export interface CurveOutcome {
  points: CurvePoint[];
  /** Fitted exponents of n; null: too few sizes. */
  exponents: { before: Interval; after: Interval } | null;
  /** "ms", "elements kept". */
  unit: string;
}

export interface TrialOutcome {
  name: string;
  /** null: it could not be run here, or its runs vary too much to tell; `note` says which. */
  verdict: ClaimVerdict | null;
  /** Of a replay: of the simulated runs. null: nothing was measured. */
  measured: Interval | null;
  /** "×" for ratios. */
  unit: string;
  /** The same figure of simulated runs; null: it cannot be predicted. */
  predicted: number | null;
  /** One sentence, or "". */
  note: string;
  curve?: CurveOutcome;
}

export interface ClaimOutcome {
  id: string;
  /** As `judgeClaim` has it; null: a trial has none, and it might be weaker than the others. */
  verdict: ClaimVerdict | null;
  trials: TrialOutcome[];
  /** Of what ran live; what is played takes no time worth telling. */
  tookMs: number;
}

/** A ledger as it is kept, exported and shared. */
export interface LedgerResult {
  /** ISO 8601, UTC. */
  measuredAt: string;
  /** null: nothing ran live. */
  environment: MeasuredEnvironment | null;
  outcomes: ClaimOutcome[];
}
