/** Claims about one small document, and a ledger that tests them on the simulated machine. */
import { idealOverheads } from '../../../src/engine/runner.ts';
import type { LedgerOptions, LedgerProgress } from '../../../src/explore/ledger/ledger.ts';
import { startLedger } from '../../../src/explore/ledger/ledger.ts';
import type { ClaimOutcome } from '../../../src/explore/ledger/outcome.ts';
import type { Phase, PipelineDocument } from '../../../src/pipeline/types.ts';
import type {
  Claim,
  CompareTrial,
  LevelTrial,
  Trial,
} from '../../../src/scenarios/claims/claim.ts';
import { SimulatingRunner } from './simulating-runner.ts';

export const staged = (
  phases: Phase[],
  more: Partial<PipelineDocument> = {},
): PipelineDocument => ({
  format: 'millrace/1',
  source: { kind: 'count', count: 40 },
  stages: [{ id: 'work', work: { kind: 'synthetic', phases } }],
  machine: { workers: 4, cores: 4 },
  ...more,
});
export const document = staged([{ wait: { exponential: 5 } }]);

export const compare = (more: Partial<CompareTrial> = {}): CompareTrial => ({
  kind: 'compare',
  name: 'one worker, then four',
  document: () => Promise.resolve(document),
  before: { name: 'one', set: { '/machine/workers': 1 } },
  after: { name: 'four', set: {} },
  claimed: { low: 3, high: 4 },
  ...more,
});
export const level = (more: Partial<LevelTrial> = {}): LevelTrial => ({
  kind: 'level',
  name: 'how long',
  document: () => Promise.resolve(document),
  settings: { name: 'four', set: {} },
  ...{ quantity: 'makespan', unit: 'ms', claimed: { high: 100 }, better: 'less' },
  ...more,
});
export const claim = (id: string, trials: Trial[], more: Partial<Claim> = {}): Claim => ({
  ...{ id, says: '', figures: '', trials, why: '' },
  ...more,
});

export async function run(
  claims: readonly Claim[],
  runner = new SimulatingRunner(),
  more: Partial<LedgerOptions> = {},
) {
  const progress: LedgerProgress[] = [];
  const told: ClaimOutcome[] = [];
  let cleared = 0;
  const ledger = startLedger({
    ...{ claims, runner, now: () => runner.clockMs, cores: 2, seed: 1 },
    overheads: idealOverheads,
    ...{ cacheNamespace: 'test', clear: () => Promise.resolve(void cleared++) },
    onOutcome: (outcome) => told.push(outcome),
    onProgress(news) {
      progress.push(news);
    },
    ...more,
  });
  return { ...(await ledger.done), told, progress, runner, cleared };
}
