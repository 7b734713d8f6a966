import { startExperiment, type ExperimentState } from '../../explore/experiment.ts';
import type { App } from './app.svelte.ts';
import type { ExperimentPlan, MeasuredExperiment } from './experiment-store.svelte.ts';
import { lookLeftMs } from './look-left.ts';
import { Pace } from './pace.ts';

/**
 * Measures on the live machine and shows it as it goes, in the panel of its kind and in the top bar; `app.stop`
 * ends it. Gives what came of it; null: something else runs, or another document came meanwhile.
 */
export async function conductExperiment(
  app: App,
  plan: ExperimentPlan,
): Promise<ExperimentState | null> {
  if (app.busy) return null;
  const { experiment: store, services } = app;
  const { kind } = plan;
  const startMs = performance.now();
  let own: MeasuredExperiment = {
    plan,
    state: null,
    reports: plan.contenders.map(() => null),
    lookLeftMs: null,
    elapsedMs: 0,
    asOfMs: Date.now(),
    wasHidden: false,
  };
  const show = (news: Partial<MeasuredExperiment>): boolean => {
    if (store.measured[kind]?.plan !== plan) return false;
    own = { ...own, ...news, asOfMs: Date.now() };
    store.measured = { ...store.measured, [kind]: own };
    return true;
  };
  store.kind = kind;
  store.stopping = false;
  store.measured = { ...store.measured, [kind]: own };
  store.running = true;
  const pace = new Pace();
  const reports = [...own.reports];
  try {
    store.handle = startExperiment({
      runner: services.live,
      contenders: plan.contenders,
      seed: plan.pipeline.seed,
      budgetMs: plan.budgetMs,
      now: () => performance.now(),
      onUpdate: (state) => {
        const elapsedMs = performance.now() - startMs;
        const lookLeft = lookLeftMs(state, elapsedMs, plan.budgetMs);
        const news = { state, elapsedMs, lookLeftMs: lookLeft, reports: [...reports] };
        if (state.phase === 'done') show(news);
        else pace.take(() => void show(news));
      },
      onReport: (contender, _round, report) => {
        reports[contender] = report;
        if (report.environment?.hidden) own = { ...own, wasHidden: true };
      },
    });
    const state = await store.handle.done;
    return show({ state, reports, lookLeftMs: null, elapsedMs: performance.now() - startMs })
      ? state
      : null;
  } finally {
    store.handle = null;
    store.running = false;
    store.stopping = false;
  }
}
