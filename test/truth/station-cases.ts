import { SeededRandom } from '../../src/base/seeded-random.ts';
import type { Phase, PipelineDocument } from '../../src/pipeline/types.ts';
import {
  erlangArrivalsM1,
  erlangB,
  md1,
  mg1,
  mm1,
  mmc,
  mmck,
  processorSharing,
  type StationMeans,
} from './queueing-formulas.ts';
import type { TruthCase } from './replications.ts';
import {
  inside,
  queued,
  running,
  shareBeyond,
  shareDropped,
  shareWaiting,
  stay,
  throughput,
  wait,
  type Run,
} from './run-means.ts';
import { exponentialStage, poisson, stage, station } from './truth-documents.ts';

/** The four means that Little's law ties; `Lq` is the product's own measure. */
const fourMeans = (exact: StationMeans): TruthCase['means'] => ({
  W: { exact: exact.W, of: stay },
  Wq: { exact: exact.Wq, of: wait() },
  L: { exact: exact.L, of: inside },
  Lq: { exact: exact.Lq, of: queued() },
});

function mm1Case(lambda: number, items: number): TruthCase {
  const exact = mm1(lambda, 1);
  return {
    name: `M/M/1 at load ${lambda}`,
    items,
    warmItems: 2000,
    ratePerMs: lambda,
    document: (seed, count) => station(seed, poisson(count, lambda), exponentialStage('s', 1), 1),
    means: {
      ...fourMeans(exact),
      utilization: { exact: 1 - exact.p0, of: running() },
      // Rare: only where a run of this length holds enough of them.
      ...(lambda > 0.5
        ? {}
        : { 'share beyond p95': { exact: 0.05, of: shareBeyond(exact.W_p95) } }),
    },
  };
}

function mmcCase(lambda: number, c: number, items: number): TruthCase {
  const exact = mmc(lambda, 1, c);
  return {
    name: `M/M/${c} at load ${lambda / c}`,
    items,
    warmItems: 2000,
    ratePerMs: lambda,
    document: (seed, count) => station(seed, poisson(count, lambda), exponentialStage('s', 1), c),
    means: {
      ...fourMeans(exact),
      'share that waits': { exact: exact.Pwait, of: shareWaiting() },
    },
  };
}

function mg1Case(
  service: string,
  lambda: number,
  phases: Phase[] | ((seed: number, items: number) => Phase[]),
  exact: StationMeans,
  items: number,
): TruthCase {
  return {
    name: `M/G/1, ${service}`,
    items,
    warmItems: 2000,
    ratePerMs: lambda,
    document: (seed, count) => {
      const own = typeof phases === 'function' ? phases(seed, count) : phases;
      return station(seed, poisson(count, lambda), stage('s', own), 1);
    },
    means: fourMeans(exact),
  };
}

/** No draw of the document is hyperexponential, so these durations are drawn here and recorded in it. */
const hyperexponential = (seed: number, items: number): Phase[] => {
  const random = new SeededRandom(seed, 1);
  const one = (): number => -Math.log(1 - random.next()) / (random.next() < 0.5 ? 0.5 : 2);
  return [{ cpu: { perItem: Array.from({ length: items }, one) } }];
};

function lossCase(service: string, lambda: number, phases: Phase[], c: number): TruthCase {
  const blocking = erlangB(lambda, c);
  const full = { buffer: { capacity: 0, whenFull: 'drop-newest' as const } };
  return {
    name: `M/${service}/${c}/${c}`,
    items: 10_000,
    warmItems: 500,
    ratePerMs: lambda,
    document: (seed, count) => station(seed, poisson(count, lambda), stage('s', phases, full), c),
    means: {
      blocking: { exact: blocking, of: shareDropped },
      carried: { exact: lambda * (1 - blocking), of: running() },
    },
  };
}

function placesCase(lambda: number, mu: number, c: number, K: number): TruthCase {
  const exact = mmck(lambda, mu, c, K);
  const buffer = { capacity: K - c, whenFull: 'drop-newest' as const };
  return {
    name: `M/M/${c}/${K} at ${lambda / (c * mu)} times its capacity`,
    items: 10_000,
    warmItems: 500,
    ratePerMs: lambda,
    document: (seed, count) =>
      station(seed, poisson(count, lambda), exponentialStage('s', mu, { buffer }), c),
    means: {
      ...fourMeans(exact),
      blocking: { exact: exact.blocking, of: shareDropped },
      throughput: { exact: exact.throughput, of: throughput },
    },
  };
}

/** More workers than one core can serve at once: nobody ever waits for a worker, all share the core. */
function sharingCase(service: string, lambda: number, phases: Phase[]): TruthCase {
  const exact = processorSharing(lambda, 1);
  return {
    name: `M/${service}/1 under processor sharing`,
    items: 20_000,
    warmItems: 2000,
    ratePerMs: lambda,
    document: (seed, count) =>
      station(seed, poisson(count, lambda), stage('s', phases), 200, { cores: 1 }),
    means: { W: { exact: exact.W, of: stay }, L: { exact: exact.L, of: inside } },
  };
}

/** Two cores shared by all who come: the number inside behaves as in an M/M/2. */
const sharedPair: TruthCase = {
  name: 'M/M/2 under processor sharing',
  items: 20_000,
  warmItems: 2000,
  ratePerMs: 1.4,
  document: (seed, count) =>
    station(seed, poisson(count, 1.4), exponentialStage('s', 1), 200, { cores: 2 }),
  means: {
    W: { exact: mmc(1.4, 1, 2).W, of: stay },
    L: { exact: mmc(1.4, 1, 2).L, of: inside },
  },
};

/** A queue a worker: what each of them sees is an M/M/1, or under turns an Erlang process. */
function routedCase(
  routing: NonNullable<NonNullable<PipelineDocument['machine']>['routing']>,
  exact: StationMeans,
): TruthCase {
  const totalWait = (run: Run): number => wait()(run);
  return {
    name: `three queues, routing ${routing}`,
    items: 25_000,
    warmItems: 2000,
    ratePerMs: 2.1,
    document: (seed, count) =>
      station(seed, poisson(count, 2.1), exponentialStage('s', 1), 3, { routing }),
    means: {
      W: { exact: exact.W, of: stay },
      Wq: { exact: exact.Wq, of: totalWait },
      L: { exact: 3 * exact.L, of: inside },
    },
  };
}

export const stationCases: readonly TruthCase[] = [
  mm1Case(0.5, 20_000),
  mm1Case(0.8, 50_000),
  mmcCase(1.5, 2, 25_000),
  mmcCase(3, 4, 25_000),
  mg1Case('a fixed service time (M/D/1), load 0.5', 0.5, [{ cpu: 1 }], md1(0.5, 1), 20_000),
  mg1Case('a fixed service time (M/D/1), load 0.8', 0.8, [{ cpu: 1 }], md1(0.8, 1), 25_000),
  mg1Case(
    'Erlang-2',
    0.8,
    [{ cpu: { exponential: 0.5 } }, { cpu: { exponential: 0.5 } }],
    mg1(0.8, 1, 1.5),
    35_000,
  ),
  mg1Case('hyperexponential, recorded', 0.6, hyperexponential, mg1(0.6, 1.25, 4.25), 35_000),
  mg1Case('uniform', 0.7, [{ cpu: { uniform: [0.5, 1.5] } }], mg1(0.7, 1, 1 + 1 / 12), 25_000),
  mg1Case(
    'lognormal',
    0.7,
    [{ cpu: { lognormal: { mean: 1, cv: 0.8 } } }],
    mg1(0.7, 1, 1 + 0.8 ** 2),
    25_000,
  ),
  // E[S²] = α x² / (α − 2) with the smallest value x = (α − 1) / α.
  mg1Case(
    'Pareto',
    0.7,
    [{ cpu: { pareto: { mean: 1, alpha: 6 } } }],
    mg1(0.7, 1, (6 * (5 / 6) ** 2) / 4),
    25_000,
  ),
  mg1Case(
    'empirical',
    0.7,
    [{ cpu: { empirical: [0.25, 0.25, 0.5, 3] } }],
    mg1(0.7, 1, (0.25 ** 2 * 2 + 0.5 ** 2 + 9) / 4),
    35_000,
  ),
  lossCase('M', 1, [{ cpu: { exponential: 1 } }], 2),
  lossCase('M', 2, [{ cpu: { exponential: 1 } }], 4),
  lossCase('D', 2, [{ cpu: 1 }], 4),
  lossCase('G', 2, [{ wait: { lognormal: { mean: 1, cv: 1.5 } } }], 4),
  placesCase(1, 1, 1, 3),
  placesCase(3, 1, 2, 6),
  sharingCase('M', 0.6, [{ cpu: { exponential: 1 } }]),
  sharingCase('D', 0.6, [{ cpu: 1 }]),
  sharingCase('G', 0.6, [{ cpu: { lognormal: { mean: 1, cv: 1.2 } } }]),
  sharedPair,
  routedCase('random', mm1(0.7, 1)),
  routedCase('round-robin', erlangArrivalsM1(0.7, 1, 3)),
];
