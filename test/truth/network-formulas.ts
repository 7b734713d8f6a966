/** Exact means of small networks of stations. Rates are per unit of time. */
import { mmc } from './queueing-formulas.ts';

export interface TandemStation {
  mu: number;
  c: number;
}

/**
 * Stations in a row with endless buffers: what leaves an M/M/c is a Poisson process, so each station is an
 * M/M/c by itself (P. Burke, "The output of a queueing system", Operations Research 4 (1956) 699–704;
 * J. Jackson, "Networks of waiting lines", Operations Research 5 (1957) 518–521).
 */
export function tandem(
  lambda: number,
  stations: readonly TandemStation[],
): { W_total: number; L_total: number; L: number[] } {
  const L = stations.map(({ mu, c }) => mmc(lambda, mu, c).L);
  const L_total = L.reduce((sum, one) => sum + one, 0);
  return { L, L_total, W_total: L_total / lambda };
}

/**
 * A closed network of single servers and one thinking time, N customers: exact mean value analysis
 * (M. Reiser and S. Lavenberg, Journal of the ACM 27 (1980) 313–322).
 */
export function closedNetwork(
  demands: readonly number[],
  think: number,
  N: number,
): { throughput: number; R: number; Q: number[]; U: number[] } {
  let Q = demands.map(() => 0);
  let throughput = 0;
  let R = 0;
  for (let n = 1; n <= N; n++) {
    // Who arrives sees the network as it is with one customer fewer.
    const stays = demands.map((demand, station) => demand * (1 + Q[station]!));
    R = stays.reduce((sum, stay) => sum + stay, 0);
    throughput = n / (think + R);
    Q = stays.map((stay) => throughput * stay);
  }
  return { throughput, R, Q, U: demands.map((demand) => demand * throughput) };
}

/**
 * Two exponential servers in a row, the first never without work, `B` places between them, blocking after
 * service: n = 0 … B + 2 customers are beyond the first server's service (G. Hunt, "Sequential arrays of
 * waiting lines", Operations Research 4 (1956) 674–683). Without places and with equal rates: 2/3.
 */
export function saturatedTandem(
  mu1: number,
  mu2: number,
  B: number,
): { throughput: number; stage1_blocked: number; stage2_starved: number } {
  const weights = Array.from({ length: B + 3 }, (_, n) => (mu1 / mu2) ** n);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const stage2_starved = 1 / total;
  return {
    throughput: mu2 * (1 - stage2_starved),
    stage1_blocked: weights[B + 2]! / total,
    stage2_starved,
  };
}

/**
 * M/M/1/K, then a single server behind `B` places, blocking after service: the chain on
 * (customers at the first server, customers at the second, the first is blocked), solved directly.
 * Its balance equations are those of H. Perros, Queueing Networks with Blocking (1994), chapter 2.
 */
export function lossyTandem(
  lambda: number,
  mu1: number,
  mu2: number,
  K: number,
  B: number,
): { blocking: number; throughput: number; stage1_blocked: number; L1: number; L2: number } {
  interface Place {
    first: number;
    second: number;
    blocked: boolean;
  }
  const places: Place[] = [];
  for (let first = 0; first <= K; first++) {
    for (let second = 0; second <= B + 1; second++) {
      places.push({ first, second, blocked: false });
      if (first > 0 && second === B + 1) places.push({ first, second, blocked: true });
    }
  }
  const indexOf = (place: Place): number =>
    places.findIndex(
      ({ first, second, blocked }) =>
        first === place.first && second === place.second && blocked === place.blocked,
    );
  const flows = places.flatMap((place, from) => {
    const { first, second, blocked } = place;
    const go = (rate: number, to: Place) => ({ from, to: indexOf(to), rate });
    const moves = [];
    if (first < K) moves.push(go(lambda, { ...place, first: first + 1 }));
    if (first > 0 && !blocked) {
      if (second <= B) moves.push(go(mu1, { ...place, first: first - 1, second: second + 1 }));
      else moves.push(go(mu1, { ...place, blocked: true }));
    }
    if (second > 0) {
      // The blocked customer moves up into the place that has become free.
      if (blocked) moves.push(go(mu2, { first: first - 1, second, blocked: false }));
      else moves.push(go(mu2, { ...place, second: second - 1 }));
    }
    return moves;
  });
  const chance = stationary(places.length, flows);
  const sum = (of: (place: Place) => number): number =>
    places.reduce((total, place, i) => total + chance[i]! * of(place), 0);
  return {
    blocking: sum(({ first }) => Number(first === K)),
    throughput: mu2 * sum(({ second }) => Number(second > 0)),
    stage1_blocked: sum(({ blocked }) => Number(blocked)),
    L1: sum(({ first }) => first),
    L2: sum(({ second }) => second),
  };
}

/** The stationary chances of a small irreducible chain, by Gaussian elimination. */
function stationary(
  states: number,
  flows: readonly { from: number; to: number; rate: number }[],
): number[] {
  // Balance of each state but the last, whose equation follows from the others; and all chances add up to 1.
  const rows = Array.from({ length: states }, () => new Array<number>(states + 1).fill(0));
  for (const { from, to, rate } of flows) {
    rows[from]![from]! -= rate;
    rows[to]![from]! += rate;
  }
  rows[states - 1]!.fill(1);
  for (let column = 0; column < states; column++) {
    let best = column;
    for (let row = column; row < states; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row;
    }
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    for (let row = 0; row < states; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let i = column; i <= states; i++) rows[row]![i]! -= factor * rows[column]![i]!;
    }
  }
  return rows.map((row, i) => row[states]! / row[i]!);
}
