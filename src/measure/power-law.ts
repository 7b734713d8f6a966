/** What a cost grows like: cost ≈ factor × n^exponent. */
export interface PowerLaw {
  exponent: number;
  /** 95 % interval of the exponent. */
  low: number;
  high: number;
  factor: number;
  sizes: number;
}

export interface SizeCost {
  /** Above 0. */
  n: number;
  /** Above 0; any unit. */
  cost: number;
}

/** Two sizes always lie on a line: they leave nothing to tell how far it may be off. */
const sizesMin = 3;

/**
 * The straight line through log cost over log n by least squares; its slope is the exponent, with the interval that
 * Student's distribution gives for it (Draper and Smith, Applied Regression Analysis, 1.4): estimate ± t × its
 * standard error, on sizes − 2 degrees of freedom. The interval is of how far the sizes are from one line, so it is
 * wide where a cost that is small at first grows by another law than later.
 * @returns null: fewer than three different sizes with a cost
 */
export function fitPowerLaw(points: readonly SizeCost[]): PowerLaw | null {
  const logs = points
    .filter(({ n, cost }) => n > 0 && cost > 0)
    .map(({ n, cost }) => ({ x: Math.log(n), y: Math.log(cost) }));
  const sizes = logs.length;
  if (new Set(logs.map(({ x }) => x)).size < sizesMin) return null;
  const meanX = sum(logs.map(({ x }) => x)) / sizes;
  const meanY = sum(logs.map(({ y }) => y)) / sizes;
  const spread = sum(logs.map(({ x }) => (x - meanX) ** 2));
  const exponent = sum(logs.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
  const intercept = meanY - exponent * meanX;
  const residual = sum(logs.map(({ x, y }) => (y - intercept - exponent * x) ** 2));
  const freedom = sizes - 2;
  const half = studentT(freedom) * Math.sqrt(residual / freedom / spread);
  return {
    ...{ exponent, low: exponent - half, high: exponent + half },
    ...{ factor: Math.exp(intercept), sizes },
  };
}

/** The points of Student's distribution that leave 2.5 % above them, by degrees of freedom from 1 on. */
const studentTable = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
];

/** Beyond the table by the first term of its expansion about the normal one (Abramowitz and Stegun 26.7.5). */
const studentT = (freedom: number): number =>
  studentTable[freedom - 1] ?? 1.96 + (1.96 ** 3 + 1.96) / (4 * freedom);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
