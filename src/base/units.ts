/**
 * Numbers with units, for people: at most three significant digits, no trailing zeros, and a unit
 * near the size of the number. Missing values (NaN) are a dash.
 */
const missing = '–';

/** From here on digits say nothing: "1e20" instead of a 1 and twenty zeros. */
const exponentFrom = 1e15;

/** Three significant digits without trailing zeros; whole digits are kept while they can be read. */
function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= exponentFrom) return size.toExponential(2).replace(/\.?0*e\+/, 'e');
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return trimZeros(value.toFixed(1));
  return trimZeros(value.toFixed(2));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function unusual(value: number): string | null {
  if (Number.isNaN(value)) return missing;
  if (value === Infinity) return '∞';
  if (value === -Infinity) return '−∞';
  return null;
}

/** A true minus sign, as wide as a plus in tabular figures. */
function withSign(value: number, text: string): string {
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** "850 µs", "12.4 ms", "1.2 s", "2 min 5 s", "1 h 4 min". */
export function formatMs(ms: number): string {
  const odd = unusual(ms);
  if (odd !== null) return odd;
  const size = Math.abs(ms);
  return withSign(ms, sizeMs(size));
}

/** An estimate, with no more digits than it has: "55 s". */
export const formatAboutMs = (ms: number): string => formatMs(Number(ms.toPrecision(2)));

function sizeMs(size: number): string {
  if (size === 0) return '0 ms';
  // 0.9995 ms and up would round to "1000 µs".
  if (size < 0.9995) {
    const us = size * 1000;
    return us < 0.9995 ? `${threeDigits(us * 1000)} ns` : `${threeDigits(us)} µs`;
  }
  if (size < 999.5) return `${threeDigits(size)} ms`;
  if (size < 59_950) return `${threeDigits(size / 1000)} s`;
  const seconds = Math.round(size / 1000);
  if (seconds < 3600) return twoParts(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return twoParts(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  if (minutes >= 1000 * 24 * 60) return `${threeDigits(size / 86_400_000)} d`;
  const hours = Math.round(minutes / 60);
  return twoParts(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function twoParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** "512 B", "64 KiB", "1.5 MiB": powers of 1024. */
export function formatBytes(bytes: number): string {
  const odd = unusual(bytes);
  if (odd !== null) return odd;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let size = Math.abs(bytes);
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  const text = unit === 0 ? trimZeros(size.toFixed(size < 10 ? 1 : 0)) : threeDigits(size);
  return withSign(bytes, `${text} ${units[unit]!}`);
}

/** "950", "12,400", "3.6 million": counts are exact up to a million. */
export function formatCount(count: number): string {
  const odd = unusual(count);
  if (odd !== null) return odd;
  const size = Math.abs(count);
  if (size >= exponentFrom) return withSign(count, threeDigits(size));
  if (size >= 999_500_000_000) return withSign(count, `${threeDigits(size / 1e12)} trillion`);
  if (size >= 999_500_000) return withSign(count, `${threeDigits(size / 1e9)} billion`);
  if (size >= 1e6) return withSign(count, `${threeDigits(size / 1e6)} million`);
  if (size < 1000 && !Number.isInteger(size)) return withSign(count, threeDigits(size));
  const grouped = size.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
  return withSign(count, grouped);
}

/** "160 /s", "4.5 /s": a rate per second. */
export function formatRate(perSecond: number): string {
  return Number.isNaN(perSecond) ? missing : `${formatCount(perSecond)} /s`;
}

/** "93 %", "0.4 %": takes a share (0.93), not percent. */
export function formatPercent(share: number): string {
  const odd = unusual(share * 100);
  if (odd !== null) return odd;
  const percent = Math.abs(share) * 100;
  const text =
    percent >= exponentFrom
      ? threeDigits(percent)
      : percent >= 9.95
        ? percent.toFixed(0)
        : trimZeros(percent.toFixed(1));
  return withSign(share, `${text} %`);
}

/** "1.87×", "12.4×". */
export function formatRatio(ratio: number): string {
  const odd = unusual(ratio);
  if (odd !== null) return odd;
  const size = Math.abs(ratio);
  return withSign(
    ratio,
    `${size >= 100 ? threeDigits(size) : size >= 10 ? size.toFixed(1) : size.toFixed(2)}×`,
  );
}

const msPerUnit: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  sec: 1000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const bytesPerUnit: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
  pib: 1024 ** 5,
};

/** "250ms", "1.5 s", "2 min 5 s", "40" (ms) → ms; null if it is no duration. */
export function parseMs(text: string): number | null {
  return parseSum(text, msPerUnit);
}

/** "64 KiB", "1.5 MB", "40" (bytes) → bytes, rounded; null if it is no size. */
export function parseBytes(text: string): number | null {
  const bytes = parseSum(text, bytesPerUnit);
  return bytes === null ? null : Math.round(bytes);
}

/** "12,400", "12k", "3 million" → 12400…; null if it is no count. */
export function parseCount(text: string): number | null {
  const perUnit = {
    k: 1e3,
    thousand: 1e3,
    m: 1e6,
    million: 1e6,
    billion: 1e9,
    trillion: 1e12,
  };
  return parseSum(text, perUnit);
}

/** "93 %" or "93" → 0.93; null if it is no percentage. */
export function parsePercent(text: string): number | null {
  const number = parseSum(text.trim().replace(/%$/, ''), {});
  return number === null ? null : number / 100;
}

/** Sum of "number unit" parts; a single bare number is taken as is. */
function parseSum(text: string, perUnit: Record<string, number>): number | null {
  const sign = /^\s*[-−]/.test(text) ? -1 : 1;
  const rest = text
    .replace(/^\s*[-−+]/, '')
    .replace(/(\d),(?=\d{3}(\D|$))/g, '$1')
    .trim()
    .toLowerCase();
  const part = /^(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)\s*([a-zµμ]*)\s*/;
  let left = rest;
  let sum = 0;
  let parts = 0;
  while (left !== '') {
    const match = part.exec(left);
    if (!match) return null;
    const unit = match[2]!;
    left = left.slice(match[0].length);
    const alone = parts === 0 && left === '';
    const factor =
      unit === '' ? (alone ? 1 : null) : Object.hasOwn(perUnit, unit) ? perUnit[unit] : null;
    if (factor === null || factor === undefined) return null;
    sum += Number(match[1]) * factor;
    parts++;
  }
  return parts > 0 && Number.isFinite(sum) ? tidy(sign * sum) : null;
}

/** 0.1 + 0.2 must not show as 0.30000000000000004 in a field. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}
