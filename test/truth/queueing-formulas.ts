/**
 * Exact means of single stations, as textbooks give them. Time has no unit: rates are per unit of time.
 *
 *   λ arrivals, μ services a server, c servers, K places (servers included), S a service time
 *   L, Lq: mean number in the system, waiting · W, Wq: mean time in the system, waiting
 *
 * K: L. Kleinrock, Queueing Systems, volume I (1975).
 * G: D. Gross, J. Shortle, J. Thompson and C. Harris, Fundamentals of Queueing Theory (4th edition, 2008).
 */

export interface StationMeans {
  L: number;
  Lq: number;
  W: number;
  Wq: number;
}

const byLittle = (lambda: number, Wq: number, meanService: number): StationMeans => ({
  Wq,
  W: Wq + meanService,
  Lq: lambda * Wq,
  L: lambda * (Wq + meanService),
});

/** M/M/1 (K §3.2, G §2.2). The time in the system is exponential, so its 95th percentile is W ln 20. */
export function mm1(lambda: number, mu: number): StationMeans & { p0: number; W_p95: number } {
  const rho = lambda / mu;
  const means = byLittle(lambda, rho / (mu - lambda), 1 / mu);
  return { ...means, p0: 1 - rho, W_p95: means.W * Math.log(20) };
}

/** M/M/c: Erlang's C, the chance of having to wait (K §3.5, G §2.3). */
export function mmc(lambda: number, mu: number, c: number): StationMeans & { Pwait: number } {
  const offered = lambda / mu;
  const blocking = erlangB(offered, c);
  const Pwait = blocking / (1 - (offered / c) * (1 - blocking));
  return { Pwait, ...byLittle(lambda, Pwait / (c * mu - lambda), 1 / mu) };
}

/**
 * Erlang's B, the share lost by c servers without a queue, by its recursion in c (K §3.7, G §2.6).
 * It depends on the service law by its mean only (G §5.2.2, M/G/c/c).
 */
export function erlangB(offered: number, c: number): number {
  let blocking = 1;
  for (let servers = 1; servers <= c; servers++) {
    blocking = (offered * blocking) / (servers + offered * blocking);
  }
  return blocking;
}

/** M/G/1: Pollaczek and Khinchine's mean value formula, from E[S] and E[S²] (K §5.5, G §5.1.1). */
export function mg1(lambda: number, ES: number, ES2: number): StationMeans {
  return byLittle(lambda, (lambda * ES2) / (2 * (1 - lambda * ES)), ES);
}

/** M/D/1: the same with E[S²] = E[S]². */
export const md1 = (lambda: number, service: number): StationMeans =>
  mg1(lambda, service, service * service);

/** M/M/c/K: a birth and death chain on 0 … K; who finds K is lost (K §3.6 for c = 1, G §2.5). */
export function mmck(
  lambda: number,
  mu: number,
  c: number,
  K: number,
): StationMeans & { p0: number; blocking: number; throughput: number } {
  const weights = [1];
  for (let n = 1; n <= K; n++) weights.push((weights[n - 1]! * lambda) / (Math.min(n, c) * mu));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const chance = weights.map((weight) => weight / total);
  const mean = (of: (n: number) => number): number =>
    chance.reduce((sum, p, n) => sum + p * of(n), 0);
  const blocking = chance[K]!;
  const throughput = lambda * (1 - blocking);
  const L = mean((n) => n);
  const Lq = mean((n) => Math.max(0, n - c));
  return { p0: chance[0]!, blocking, throughput, L, Lq, W: L / throughput, Wq: Lq / throughput };
}

/**
 * GI/M/1: arrivals by renewals, here sums of `stages` exponential times (Erlang). Who arrives finds a
 * geometric number with parameter σ, the root in (0, 1) of σ = A*(μ − μσ), A* the Laplace transform of
 * the time between arrivals (K §6.4, G §5.3.1).
 */
export function erlangArrivalsM1(lambda: number, mu: number, stages: number): StationMeans {
  let sigma = lambda / mu;
  for (let i = 0; i < 1000; i++) {
    sigma = (1 + (mu * (1 - sigma)) / (stages * lambda)) ** -stages;
  }
  return byLittle(lambda, sigma / (mu * (1 - sigma)), 1 / mu);
}

/**
 * M/G/1 under processor sharing: the mean time in the system is E[S] / (1 − ρ) whatever the service law
 * (L. Kleinrock, Queueing Systems, volume II (1976), §4.4).
 */
export function processorSharing(lambda: number, ES: number): { W: number; L: number } {
  const W = ES / (1 - lambda * ES);
  return { W, L: lambda * W };
}
