import type { Phase } from '../../src/pipeline/types.ts';
import {
  closedNetwork,
  lossyTandem,
  saturatedTandem,
  tandem,
  type TandemStation,
} from './network-formulas.ts';
import type { TruthCase } from './replications.ts';
import {
  atStage,
  blocked,
  idle,
  inside,
  running,
  shareDropped,
  stay,
  throughput,
} from './run-means.ts';
import { exponentialStage, poisson, row, stage } from './truth-documents.ts';

const allAtOnce = (count: number) => ({ source: { kind: 'count' as const, count } });

function tandemCase(lambda: number, stations: readonly TandemStation[], items: number): TruthCase {
  const exact = tandem(lambda, stations);
  return {
    name: `tandem of ${stations.map(({ c }) => `M/M/${c}`).join(' and ')}`,
    items,
    warmItems: 2000,
    ratePerMs: lambda,
    document: (seed, count) =>
      row(
        seed,
        poisson(count, lambda),
        stations.map(({ mu, c }, i) => exponentialStage(`s${i}`, mu, { permits: c })),
      ),
    means: {
      'W in all': { exact: exact.W_total, of: stay },
      'L in all': { exact: exact.L_total, of: inside },
      ...Object.fromEntries(
        exact.L.map((L, i) => [`L at station ${i + 1}`, { exact: L, of: atStage(i) }]),
      ),
    },
  };
}

/** `inFlight` closes the network: who leaves makes room for the next of an endless line of items. */
function closedCase(demands: readonly number[], think: number, N: number): TruthCase {
  const exact = closedNetwork(demands, think, N);
  const thinking: Phase[] = [{ wait: { exponential: think } }];
  const first = think > 0 ? 1 : 0;
  return {
    name: `closed network of ${demands.length} stations and ${N} customers`,
    items: 12_000,
    warmItems: 1000,
    ratePerMs: exact.throughput,
    document: (seed, count) =>
      row(
        seed,
        allAtOnce(count),
        [
          ...(think > 0 ? [stage('think', thinking, { permits: N })] : []),
          ...demands.map((demand, i) => exponentialStage(`s${i}`, 1 / demand, { permits: 1 })),
        ],
        { inFlight: N },
      ),
    means: {
      throughput: { exact: exact.throughput, of: throughput },
      ...Object.fromEntries(
        demands.flatMap((_, i) => [
          [`customers at station ${i + 1}`, { exact: exact.Q[i]!, of: atStage(first + i) }],
          [`utilization of station ${i + 1}`, { exact: exact.U[i]!, of: running(first + i) }],
        ]),
      ),
    },
  };
}

function saturatedCase(mu1: number, mu2: number, B: number): TruthCase {
  const exact = saturatedTandem(mu1, mu2, B);
  return {
    name: `saturated tandem of rates ${mu1} and ${mu2} with ${B} places between`,
    items: 10_000,
    warmItems: 500,
    ratePerMs: exact.throughput,
    document: (seed, count) =>
      row(seed, allAtOnce(count), [
        exponentialStage('first', mu1, { permits: 1 }),
        exponentialStage('second', mu2, { permits: 1, buffer: { capacity: B } }),
      ]),
    means: {
      throughput: { exact: exact.throughput, of: throughput },
      'first blocked': { exact: exact.stage1_blocked, of: blocked(0) },
      'second starved': { exact: exact.stage2_starved, of: idle(1) },
    },
  };
}

function lossyCase(lambda: number, mu1: number, mu2: number, K: number, B: number): TruthCase {
  const exact = lossyTandem(lambda, mu1, mu2, K, B);
  return {
    name: `tandem with ${K} places that drops, then ${B} that block`,
    items: 15_000,
    warmItems: 1000,
    ratePerMs: lambda,
    document: (seed, count) =>
      row(seed, poisson(count, lambda), [
        exponentialStage('first', mu1, {
          permits: 1,
          buffer: { capacity: K - 1, whenFull: 'drop-newest' },
        }),
        exponentialStage('second', mu2, { permits: 1, buffer: { capacity: B } }),
      ]),
    means: {
      blocking: { exact: exact.blocking, of: shareDropped },
      throughput: { exact: exact.throughput, of: throughput },
      'first blocked': { exact: exact.stage1_blocked, of: blocked(0) },
      'L in all': { exact: exact.L1 + exact.L2, of: inside },
    },
  };
}

export const networkCases: readonly TruthCase[] = [
  tandemCase(
    1,
    [
      { mu: 2, c: 1 },
      { mu: 3, c: 1 },
    ],
    15_000,
  ),
  tandemCase(
    3,
    [
      { mu: 4, c: 1 },
      { mu: 1, c: 4 },
      { mu: 5, c: 1 },
    ],
    25_000,
  ),
  closedCase([1, 0.5], 0, 4),
  closedCase([0.2, 0.4, 0.1], 2, 8),
  saturatedCase(1, 1, 0),
  saturatedCase(1, 1, 1),
  saturatedCase(1, 0.8, 2),
  lossyCase(1, 1.2, 1, 4, 0),
  lossyCase(0.9, 1.1, 1, 6, 2),
];
