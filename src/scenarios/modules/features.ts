/** Length of every feature vector. */
export const dimensions = 256;

/** Tables and bits of a signature: two vectors that share one table's bits are worth comparing. */
export const tables = 32;
export const bitsPerTable = 12;

/** Runs of 2 … 5 tokens: 1 tells too little apart, longer ones forgive no edit. */
const gramLengths = [2, 3, 4, 5] as const;

/**
 * Places a run of tokens is hashed to. With one, two runs that collide count as the same; with eight,
 * they share an eighth at most times (Kane and Nelson, "Sparser Johnson-Lindenstrauss transforms", 2014).
 */
const placesPerGram = 8;

/**
 * A unit vector of `dimensions` numbers for a stream of tokens, by signed feature hashing
 * (Weinberger et al., "Feature hashing for large scale multitask learning", 2009): each run of
 * tokens is hashed to places and signs, and adds the square root of how often it occurs there
 * (a run repeated 100 times says 10 times as much, not 100). All zeros for fewer than 2 tokens.
 */
export function embed(tokens: readonly string[]): Float32Array {
  const counts = countGrams(tokens.map(hashText));
  const sums = new Float64Array(dimensions);
  for (const [hash, count] of counts) {
    const weight = Math.sqrt(count);
    let bits = hash;
    for (let i = 0; i < placesPerGram; i++) {
      bits = mix(bits + goldenRatio);
      const place = bits & (dimensions - 1);
      sums[place] = (sums[place] as number) + (bits >= 0 ? weight : -weight);
    }
  }
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  return Float32Array.from(sums, (sum) => sum * scale);
}

/** Cosine of two unit vectors: 1 is the same direction, about 0 is unrelated. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  for (let i = 0; i < dimensions; i++) dot += (a[i] as number) * (b[i] as number);
  return dot;
}

/**
 * `tables` numbers of `bitsPerTable` bits, each bit the side of a random hyperplane on which the
 * vector lies (Charikar, "Similarity estimation techniques from rounding algorithms", 2002). Vectors
 * at angle θ share a bit with chance 1 − θ/π, so with cosine 0.9 they meet in at least one of 32
 * tables of 12 bits with chance 0.996, with cosine 0.3 with chance 0.07.
 */
export function signature(vector: ArrayLike<number>): Uint16Array {
  planes ??= makePlanes();
  const result = new Uint16Array(tables);
  let plane = 0;
  for (let table = 0; table < tables; table++) {
    let bits = 0;
    for (let bit = 0; bit < bitsPerTable; bit++, plane += dimensions) {
      let dot = 0;
      for (let i = 0; i < dimensions; i++)
        dot += (planes[plane + i] as number) * (vector[i] as number);
      bits = (bits << 1) | (dot > 0 ? 1 : 0);
    }
    result[table] = bits;
  }
  return result;
}

/** One row of ±1 a bit, made when first needed and the same in every worker. */
let planes: Float32Array | undefined;

function makePlanes(): Float32Array {
  const result = new Float32Array(tables * bitsPerTable * dimensions);
  for (let i = 0; i < result.length; i++) result[i] = mix(i + 1) >= 0 ? 1 : -1;
  return result;
}

function countGrams(hashes: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const length of gramLengths) {
    for (let at = 0; at + length <= hashes.length; at++) {
      let hash: number = length;
      for (let i = 0; i < length; i++) hash = mix(Math.imul(hash, 31) + (hashes[at + i] as number));
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
  }
  return counts;
}

/** 2³² ÷ φ: steps by it never fall into a short cycle. */
const goldenRatio = 0x9e3779b9;

/** FNV-1a over UTF-16 units, 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
