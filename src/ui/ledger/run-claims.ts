import type { Overheads } from '../../engine/runner.ts';
import { startLedger, type Ledger, type LedgerProgress } from '../../explore/ledger/ledger.ts';
import type { ClaimOutcome } from '../../explore/ledger/outcome.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { Claim } from '../../scenarios/claims/claim.ts';
import type { App } from '../state/app.svelte.ts';
import { keptCalibration } from '../state/kept-overheads.ts';
import { trialsAtRest } from '../state/spare-trials.svelte.ts';

/** No document's namespace begins like this. */
const cacheNamespace = ' ledger';

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
  const { services } = app;
  let ledger: Ledger | null = null;
  let isStopped = false;
  async function conduct(): Promise<'done' | 'stopped'> {
    await trialsAtRest(app);
    const overheads = await overheadsOf(app);
    if (isStopped) return 'stopped';
    ledger = startLedger({
      ...{ claims, runner: services.live, overheads, cacheNamespace, seed: 1 },
      now: () => performance.now(),
      cores: services.environment.cores,
      clear: () => services.cache.clear(cacheNamespace),
      isInView: () => !document.hidden,
      breathe: () => new Promise((resolve) => setTimeout(resolve)),
      ...{ onOutcome, onProgress },
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

const found = new WeakMap<App, Overheads>();

/**
 * What predictions are made with: this browser as it was measured, whatever machine the page predicts. Where nothing
 * is kept it is measured now, once a page, which takes a second or two; null: it could not be.
 */
async function overheadsOf(app: App): Promise<Overheads | null> {
  const { services } = app;
  const known = keptCalibration(services.settings)?.overheads ?? found.get(app);
  if (known) return known;
  try {
    const { overheads } = await services.calibrate();
    found.set(app, overheads);
    return overheads;
  } catch {
    return null;
  }
}
