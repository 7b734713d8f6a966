/**
 * The interval of a median that inverts the sign test (Conover, Practical Nonparametric Statistics, 3.2):
 * [x₍c₊₁₎, x₍n₋c₎] with the largest c for which P(Binomial(n, ½) ≤ c) ≤ error ÷ 2. Exact for any
 * distribution; [0, ∞] where even all of the sample covers too little (5 and fewer at 5 %).
 */
export function signInterval(sorted: Float64Array, error: number): [number, number] {
  const n = sorted.length;
  let probability = 0.5 ** n;
  let below = probability;
  if (n === 0 || below > error / 2) return [0, Infinity];
  let c = 0;
  for (;;) {
    probability *= (n - c) / (c + 1);
    if (below + probability > error / 2) break;
    below += probability;
    c++;
  }
  return [sorted[c]!, sorted[n - 1 - c]!];
}
