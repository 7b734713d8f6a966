/**
 * ln, exp, pow and the inverse normal distribution from + − × ÷ √ and bit operations only.
 *
 * `Math.log`, `Math.exp` and `Math.pow` may differ in their last bits between engines; these do not,
 * so that draws (and with them whole simulated schedules) are the same everywhere to the last bit.
 *
 * ln, exp, pow follow the algorithms and coefficients of fdlibm 5.3 (e_log.c, e_exp.c, e_pow.c):
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
 *   modify, and distribute this software is freely granted, provided that this notice is preserved.
 * Errors stay below 1 ulp (ln, exp) and 0.70 ulp (pow).
 */

// One double seen as two 32-bit words: bits[high] holds sign, exponent and the top of the fraction.
const double = new Float64Array(1);
const bits = new Int32Array(double.buffer);
double[0] = 1;
const high = bits[1] === 0x3ff00000 ? 1 : 0;
const low = 1 - high;

function highWord(x: number): number {
  double[0] = x;
  return bits[high]!;
}

function lowWord(x: number): number {
  double[0] = x;
  return bits[low]!;
}

function withHighWord(x: number, word: number): number {
  double[0] = x;
  bits[high] = word;
  return double[0]!;
}

function withLowWordZero(x: number): number {
  double[0] = x;
  bits[low] = 0;
  return double[0]!;
}

/** x · 2^n, rounded once (fdlibm s_scalbn.c, for normal x). */
function scale(x: number, n: number): number {
  const exponent = ((highWord(x) >> 20) & 0x7ff) + n;
  if (exponent > 0x7fe) return x < 0 ? -Infinity : Infinity;
  if (exponent > 0) return withHighWord(x, (highWord(x) & 0x800fffff) | (exponent << 20));
  if (exponent <= -54) return x < 0 ? -0 : 0;
  return withHighWord(x, (highWord(x) & 0x800fffff) | ((exponent + 54) << 20)) * 2 ** -54;
}

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
const two54 = 18014398509481984;
const smallestNormal = 2.2250738585072014e-308;

/** 2^(powerMax - i) at i, each exact. */
const powerMax = 1023;
const powersOfHalf = new Float64Array(2 * powerMax + 2);
powersOfHalf[powerMax] = 1;
for (let i = powerMax; i > 0; i--) powersOfHalf[i - 1] = powersOfHalf[i]! * 2;
for (let i = powerMax; i <= 2 * powerMax; i++) powersOfHalf[i + 1] = powersOfHalf[i]! / 2;

/** Natural logarithm. NaN below 0, -Infinity at 0. */
export function ln(value: number): number {
  return value >= smallestNormal && value < Infinity ? lnOfNormal(value, 0) : lnOfOther(value);
}

function lnOfOther(x: number): number {
  if (x < 0 || x !== x) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  // Subnormal: scale up first.
  return lnOfNormal(x * two54, -54);
}

/** ln(value · 2^exponent). */
function lnOfNormal(value: number, exponent: number): number {
  const word = highWord(value);
  let k = exponent + (word >> 20) - 1023;
  const hx = word & 0x000fffff;
  // Choose x in [√2/2, √2): value = 2^k · x.
  const above = (hx + 0x95f64) & 0x100000;
  k += above >> 20;
  // (fdlibm exchanges the high word; a product with a power of two is as exact, and needs no memory.)
  const f = value * powersOfHalf[powerMax + k - exponent]! - 1;
  if ((0x000fffff & (2 + hx)) < 3) return lnNearPower(f, k);
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const t2 =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = t2 + t1;
  // fdlibm leaves the terms with k out where k is 0: the same numbers, but a jump nobody can predict.
  if (((hx - 0x6147a) | (0x6b851 - hx)) > 0) {
    const halfSquare = 0.5 * f * f;
    return k * ln2High - (halfSquare - (s * (halfSquare + r) + k * ln2Low) - f);
  }
  return k * ln2High - (s * (f - r) - k * ln2Low - f);
}

/** ln(2^k · (1 + f)) for |f| < 2^-20. */
function lnNearPower(f: number, k: number): number {
  if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low;
  const r = f * f * (0.5 - 0.33333333333333333 * f);
  return k === 0 ? f - r : k * ln2High - (r - k * ln2Low - f);
}

const p1 = 1.66666666666666019037e-1;
const p2 = -2.77777777770155933842e-3;
const p3 = 6.61375632143793436117e-5;
const p4 = -1.6533902205465251539e-6;
const p5 = 4.13813679705723846039e-8;

/** e^x. Overflows to Infinity above 709.78, underflows to 0 below -745.13. */
export function exp(value: number): number {
  let x = value;
  if (x !== x) return NaN;
  if (x > 7.09782712893383973096e2) return Infinity;
  if (x < -7.4513321910194110842e2) return 0;
  const size = Math.abs(x);
  let hi = 0;
  let lo = 0;
  let k = 0;
  if (size > 0.34657359027997264) {
    // Reduce to |r| ≤ ln2/2: x = k·ln2 + r, r = hi - lo.
    if (size < 1.0397207708399179) {
      k = x < 0 ? -1 : 1;
    } else {
      k = Math.trunc(1.442695040888963387 * x + (x < 0 ? -0.5 : 0.5));
    }
    hi = x - k * ln2High;
    lo = k * ln2Low;
    x = hi - lo;
  } else if (size < 3.725290298461914e-9) {
    return 1 + x;
  }
  const t = x * x;
  const c = x - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
  if (k === 0) return 1 - ((x * c) / (c - 2) - x);
  return scale(1 - (lo - (x * c) / (2 - c) - hi), k);
}

const cp = 9.61796693925975554329e-1;
const cpHigh = 9.61796700954437255859e-1;
const cpLow = -7.02846165095275826516e-9;
const lg2 = 6.93147180559945286227e-1;
const lg2High = 6.93147182464599609375e-1;
const lg2Low = -1.90465429995776804525e-9;

/**
 * base^exponent for base ≥ 0 (NaN below: draws never need it).
 * log2(base) is computed to about 75 bits in two parts, so the product keeps its precision.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (base !== base || exponent !== exponent || base < 0) return NaN;
  if (base === 1) return 1;
  if (exponent === 1) return base;
  if (base === 0) return exponent > 0 ? 0 : Infinity;
  if (base === Infinity) return exponent > 0 ? Infinity : 0;
  if (exponent === Infinity) return base > 1 ? Infinity : 0;
  if (exponent === -Infinity) return base > 1 ? 0 : Infinity;
  if (exponent === 2) return base * base;
  if (exponent === 0.5) return Math.sqrt(base);
  if (exponent === -1) return 1 / base;
  // Beyond this the result over- or underflows whatever the base (it is at least 1 ulp from 1).
  if (Math.abs(exponent) > 2 ** 64) return base > 1 === exponent > 0 ? Infinity : 0;

  const [t1, t2] = log2Parts(base);
  // (yHigh + yLow) · (t1 + t2) in two parts.
  const yHigh = withLowWordZero(exponent);
  const pLow = (exponent - yHigh) * t1 + exponent * t2;
  const pHigh = yHigh * t1;
  const z = pLow + pHigh;
  if (z >= 1024) {
    if (z > 1024 || pLow + 8.0085662595372944372e-17 > z - pHigh) return Infinity;
  } else if (z <= -1075) {
    if (z < -1075 || pLow <= z - pHigh) return 0;
  }
  return exp2Parts(pHigh, pLow, z);
}

/** log2(x) as a short high part and a correction. */
function log2Parts(value: number): [number, number] {
  let x = value;
  let n = 0;
  let hx = highWord(x);
  if (hx < 0x00100000) {
    x *= 9007199254740992;
    n -= 53;
    hx = highWord(x);
  }
  n += (hx >> 20) - 0x3ff;
  const fraction = hx & 0x000fffff;
  // Bring x to [√3/2, √3) around 1 or 1.5.
  let around: 0 | 1;
  let word = fraction | 0x3ff00000;
  if (fraction <= 0x3988e) around = 0;
  else if (fraction < 0xbb67a) around = 1;
  else {
    around = 0;
    n += 1;
    word -= 0x00100000;
  }
  x = withHighWord(x, word);
  const centre = around === 0 ? 1 : 1.5;
  const u = x - centre;
  const v = 1 / (x + centre);
  const s = u * v;
  const sHigh = withLowWordZero(s);
  // tHigh = x + centre, high part.
  const tHigh = withHighWord(0, ((word >> 1) | 0x20000000) + 0x00080000 + (around << 18));
  const tLow = x - (tHigh - centre);
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
  // ln(x) in two parts.
  const s2 = s * s;
  const series =
    s2 *
      s2 *
      (5.99999999999994648725e-1 +
        s2 *
          (4.28571428578550184252e-1 +
            s2 *
              (3.33333329818377432918e-1 +
                s2 *
                  (2.72728123808534006489e-1 +
                    s2 * (2.30660745775561754067e-1 + s2 * 2.06975017800338417784e-1))))) +
    sLow * (sHigh + s);
  const square = sHigh * sHigh;
  const lHigh = withLowWordZero(3 + square + series);
  const lLow = series - (lHigh - 3 - square);
  const a = sHigh * lHigh;
  const b = sLow * lHigh + lLow * s;
  const pHigh = withLowWordZero(a + b);
  const pLow = b - (pHigh - a);
  const zHigh = cpHigh * pHigh;
  const zLow = cpLow * pHigh + pLow * cp + (around === 0 ? 0 : 1.35003920212974897128e-8);
  const offset = around === 0 ? 0 : 5.84962487220764160156e-1;
  const t1 = withLowWordZero(zHigh + zLow + offset + n);
  return [t1, zLow - (t1 - n - offset - zHigh)];
}

/** 2^(pHigh + pLow), where z = pHigh + pLow. */
function exp2Parts(pHighGiven: number, pLow: number, z: number): number {
  let pHigh = pHighGiven;
  let n = 0;
  if (Math.abs(z) > 0.5) {
    // Round half away from zero to a whole power of two.
    n = z < 0 ? -Math.floor(-z + 0.5) : Math.floor(z + 0.5);
    pHigh -= n;
  }
  const t = withLowWordZero(pLow + pHigh);
  const u = t * lg2High;
  const v = (pLow - (t - pHigh)) * lg2 + t * lg2Low;
  const x = u + v;
  const w = v - (x - u);
  const square = x * x;
  const t1 = x - square * (p1 + square * (p2 + square * (p3 + square * (p4 + square * p5))));
  const r = (x * t1) / (t1 - 2) - (w + x * w);
  return scale(1 - (r - x), n);
}

/** How many steps of the last place lie between two finite numbers of one sign. For tests and checks. */
export function ulpsBetween(a: number, b: number): number {
  const highSteps = (highWord(a) & 0x7fffffff) - (highWord(b) & 0x7fffffff);
  return Math.abs(highSteps * 4294967296 + ((lowWord(a) >>> 0) - (lowWord(b) >>> 0)));
}

/** c[0] + c[1]·x + c[2]·x² … */
function polynomial(c: readonly number[], x: number): number {
  let sum = 0;
  for (let i = c.length - 1; i >= 0; i--) sum = sum * x + c[i]!;
  return sum;
}

// Coefficients of PPND16: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal
// Distribution", Applied Statistics 37 (1988) 477–484. About 1 part in 10^16.
const centreTop = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const centreBottom = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
  39307.89580009271061, 28729.085735721942674, 5226.495278852545925,
];
const middleTop = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833,
  7.7454501427834140764e-4,
];
const middleBottom = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const tailTop = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
  0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5,
  2.01033439929228813265e-7,
];
const tailBottom = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
  7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
  2.04426310338993978564e-15,
];

/** The z below which a standard normal falls with chance `p`. -Infinity at 0, Infinity at 1. */
export function inverseNormal(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreTop, r)) / polynomial(centreBottom, r);
  }
  const r = Math.sqrt(-ln(q < 0 ? p : 1 - p));
  const z =
    r <= 5
      ? polynomial(middleTop, r - 1.6) / polynomial(middleBottom, r - 1.6)
      : polynomial(tailTop, r - 5) / polynomial(tailBottom, r - 5);
  return q < 0 ? -z : z;
}
