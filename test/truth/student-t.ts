/**
 * Student's t with a whole number of degrees of freedom: P(T ≤ t), from the finite series of Abramowitz and
 * Stegun, Handbook of Mathematical Functions (1964), 26.7.3 (odd) and 26.7.4 (even), which give
 * A = P(|T| ≤ t).
 */
export function studentCdf(t: number, freedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  let within: number;
  if (freedom % 2 === 1) {
    let term = cosine;
    let sum = freedom > 1 ? cosine : 0;
    for (let k = 3; k <= freedom - 2; k += 2) sum += term *= ((k - 1) / k) * cosine * cosine;
    within = (2 / Math.PI) * (angle + sine * sum);
  } else {
    let term = 1;
    let sum = 1;
    for (let k = 2; k <= freedom - 2; k += 2) sum += term *= ((k - 1) / k) * cosine * cosine;
    within = sine * sum;
  }
  return t >= 0 ? 0.5 + within / 2 : 0.5 - within / 2;
}

/** The t below which a share `p` in (0.5, 1) lies, by bisection. */
export function studentQuantile(p: number, freedom: number): number {
  let low = 0;
  let high = 1e6;
  while (high - low > 1e-9 * (1 + low)) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, freedom) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
