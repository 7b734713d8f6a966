/**
 * `npm run bench -- NAME`: figures for people to read; nothing fails on a slow machine. Without a bench's name: `live`.
 */
type Bench = (args: readonly string[]) => Promise<void>;

/** Loaded one by one: a bench need not wait for what another one needs. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  speedup: async () => (await import('./speedup-bench.ts')).runSpeedupBench,
  simulation: async () => (await import('./simulation-bench.ts')).runSimulationBench,
  live: async () => (await import('./live-bench.ts')).runLiveBench,
  tricks: async () => (await import('./tricks-bench.ts')).runTricksBench,
  profile: async () => (await import('./profile-bench.ts')).runProfileBench,
  start: async () => (await import('./start-bench.ts')).runStartBench,
  'cache-store': async () => (await import('./cache-store-bench.ts')).runCacheStoreBench,
  'cache-policy': async () => (await import('./cache-policy-bench.ts')).runCachePolicyBench,
  experiment: async () => (await import('./experiment-bench.ts')).runExperimentBench,
  workbench: async () => (await import('./workbench-bench.ts')).runWorkbenchBench,
  hostile: async () => (await import('./hostile-bench.ts')).runHostileBench,
  prediction: async () => (await import('./prediction-bench.ts')).runPredictionBench,
  tuner: async () => (await import('./tuner-bench.ts')).runTunerBench,
  sweep: async () => (await import('./sweep-bench.ts')).runSweepBench,
  orders: async () => (await import('./orders-bench.ts')).runOrdersBench,
  link: async () => (await import('./link-bench.ts')).runLinkBench,
  ledger: async () => (await import('./ledger-bench.ts')).runLedgerBench,
  scale: async () => (await import('./scale-bench.ts')).runScaleBench,
  soak: async () => (await import('./soak-bench.ts')).runSoak,
  'what-if': async () => (await import('./what-if-bench.ts')).runWhatIfBench,
};

const given = process.argv.slice(3);
const isNamed = given.length > 0 && Object.hasOwn(benches, given[0]!);
const [name, args] = isNamed ? [given[0]!, given.slice(1)] : ['live', given];
try {
  const run = await benches[name]!();
  await run(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  // The first word may have been meant as a bench's name.
  if (!isNamed) console.error(`Benches are ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 1;
}

export {};
