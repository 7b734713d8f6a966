import { cosine, dimensions, tables } from 'millrace:features';

interface EmbeddedFile {
  path: string;
  package: string;
  places: { name: string; line: number; endLine: number; tokens: number }[];
  vectors: Float32Array;
  signatures: Uint16Array;
}

interface Candidate {
  path: string;
  package: string;
  name: string;
  line: number;
  endLine: number;
  tokens: number;
  vector: Float32Array;
  signature: Uint16Array;
}

/** Cosine from which two functions count as copies of each other. */
const threshold = 0.9;

/** Joins functions that are alike into groups. Files come in any order, so they are sorted first. */
export default function cluster(files: EmbeddedFile[], ctx: StageContext) {
  const functions = [...files].sort((a, b) => compare(a.path, b.path)).flatMap(candidatesOf);
  const groupOf = new UnionFind(functions.length);
  const closest = new Float64Array(functions.length);
  let compared = 0;
  for (const [a, b] of pairsWorthComparing(functions)) {
    const one = functions[a]!;
    const other = functions[b]!;
    if (contains(one, other) || contains(other, one)) continue;
    compared++;
    const likeness = cosine(one.vector, other.vector);
    if (likeness < threshold) continue;
    groupOf.join(a, b);
    closest[a] = Math.max(closest[a]!, likeness);
    closest[b] = Math.max(closest[b]!, likeness);
  }
  const groups = groupOf.groups().map((members) => {
    const likest = members.map((member) => closest[member]!);
    return {
      // The least like of its members still is this like its nearest one.
      similarity: Math.round(Math.min(...likest) * 1000) / 1000,
      members: members.map((member) => placeOf(functions[member]!)),
    };
  });
  ctx.log(`${functions.length} functions, ${compared} pairs compared, ${groups.length} groups`);
  return { files: files.length, functions: functions.length, compared, threshold, groups };
}

function candidatesOf({ places, vectors, signatures, ...file }: EmbeddedFile): Candidate[] {
  return places.map((place, i) => ({
    path: file.path,
    package: file.package,
    ...place,
    vector: vectors.subarray(i * dimensions, (i + 1) * dimensions),
    signature: signatures.subarray(i * tables, (i + 1) * tables),
  }));
}

function placeOf({ path, package: packageName, name, line, endLine, tokens }: Candidate) {
  return { place: `${path}:${line}`, name, package: packageName, endLine, tokens };
}

/** Pairs that agree in at least one number of their signatures, each pair once. */
function* pairsWorthComparing(functions: readonly Candidate[]): Generator<[number, number]> {
  const seen = new Set<number>();
  for (let table = 0; table < tables; table++) {
    const buckets = new Map<number, number[]>();
    for (const [index, candidate] of functions.entries()) {
      const bits = candidate.signature[table]!;
      const bucket = buckets.get(bits);
      if (bucket === undefined) {
        buckets.set(bits, [index]);
        continue;
      }
      for (const earlier of bucket) {
        const pair = earlier * functions.length + index;
        if (seen.has(pair)) continue;
        seen.add(pair);
        yield [earlier, index];
      }
      bucket.push(index);
    }
  }
}

/** A function and one nested in it share their text, which makes them no copies. */
function contains(outer: Candidate, inner: Candidate): boolean {
  return outer.path === inner.path && outer.line <= inner.line && inner.endLine <= outer.endLine;
}

/** Sets that only ever grow together; the smaller index leads, so that the result has one order. */
class UnionFind {
  readonly leaders: Int32Array;

  constructor(size: number) {
    this.leaders = Int32Array.from({ length: size }, (_, index) => index);
  }

  find(index: number): number {
    let at = index;
    while (this.leaders[at] !== at) {
      this.leaders[at] = this.leaders[this.leaders[at]!]!;
      at = this.leaders[at]!;
    }
    return at;
  }

  join(a: number, b: number): void {
    const one = this.find(a);
    const other = this.find(b);
    this.leaders[Math.max(one, other)] = Math.min(one, other);
  }

  /** Sets of two and more, members in rising order. */
  groups(): number[][] {
    const members = new Map<number, number[]>();
    for (let index = 0; index < this.leaders.length; index++) {
      const leader = this.find(index);
      const set = members.get(leader);
      if (set) set.push(index);
      else members.set(leader, [index]);
    }
    return [...members.values()].filter((set) => set.length > 1);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
