import type { Runner } from '../../engine/runner.ts';
import { startLedger, type Ledger, type LedgerProgress } from '../../explore/ledger/ledger.ts';
import type { ClaimOutcome } from '../../explore/ledger/outcome.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { Claim } from '../../scenarios/claims/claim.ts';
import type { App } from '../state/app.svelte.ts';
import { trialsAtRest } from '../state/spare-trials.svelte.ts';

/** No document's namespace begins like this. */
const cacheNamespace = ' ledger';
/** One claim alone need not be as sparing as all of them. */
const aloneBudgetMs = 30_000;

interface Listener {
  /** `environment`: where its live runs were; null: none of it ran live. */
  onOutcome(outcome: ClaimOutcome, environment: MeasuredEnvironment | null): void;
  onProgress(progress: LedgerProgress): void;
}

/** Runs claims on the live machine, which has to be free. `done`: how it ended. */
export function runClaims(
  app: App,
  claims: readonly Claim[],
  { onOutcome, onProgress }: Listener,
): { done: Promise<'done' | 'stopped'>; stop(): void } {
  const { services, prediction } = app;
  let ledger: Ledger | null = null;
  let isStopped = false;
  let environment: MeasuredEnvironment | null = null;
  /** Notes where the runs are, so that each claim's outcome can tell. */
  const runner: Runner = {
    run(request) {
      const handle = services.live.run(request);
      const done = handle.done.then((report) => {
        environment = report.environment ?? environment;
        return report;
      });
      return { ...handle, done };
    },
  };
  async function conduct(): Promise<'done' | 'stopped'> {
    await trialsAtRest(app);
    if (isStopped) return 'stopped';
    ledger = startLedger({
      ...{ claims, runner, cacheNamespace, seed: 1, onProgress },
      now: () => performance.now(),
      cores: services.environment.cores,
      overheads: prediction.overheads,
      clear: () => services.cache.clear(cacheNamespace),
      ...(claims.length === 1 && { budgetMs: aloneBudgetMs }),
      breathe: () => new Promise((resolve) => setTimeout(resolve)),
      onOutcome: (outcome) => onOutcome(outcome, isLive(outcome, claims) ? environment : null),
    });
    return (await ledger.done).ended;
  }
  return {
    done: conduct(),
    stop() {
      isStopped = true;
      ledger?.stop();
    },
  };
}

/** Whether any of it was run rather than played. */
const isLive = ({ id }: ClaimOutcome, claims: readonly Claim[]): boolean =>
  claims.some(
    (claim) =>
      claim.id === id && claim.trials.some((trial) => trial.kind === 'curve' || !trial.isReplay),
  );
