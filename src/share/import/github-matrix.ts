import { entriesIfAny, field, isAbsent, type JsonPlace } from './json-place.ts';
import { Refusal } from './refusal.ts';

/** GitHub refuses more. */
const combinationsMax = 256;
/** Before those that are excluded are taken out; each is held against each of them. */
const productMax = 10 * combinationsMax;
/** Of `include`, and of `exclude`. */
const entriesMax = combinationsMax;

/** What `matrix.…` is in one of the jobs a matrix makes. */
export type Combination = Readonly<Record<string, unknown>>;

/**
 * The jobs that `strategy.matrix` makes, as GitHub's workflow syntax has it: every combination of its lists but those
 * that match an entry of `exclude`; an entry of `include` adds to all whose own values it does not change, or else is a
 * combination of its own.
 * @returns null: it is worked out while the workflow runs
 * @throws {Refusal} for more than GitHub takes
 */
export function combinationsOf(matrix: JsonPlace): Combination[] | null {
  if (isAbsent(matrix)) return [{}];
  if (typeof matrix.value === 'string') return null;
  const lists: [string, unknown[]][] = [];
  for (const name of keysOf(matrix)) {
    if (name === 'include' || name === 'exclude') continue;
    const { value } = field(matrix, name);
    if (!Array.isArray(value)) {
      if (typeof value === 'string') return null;
      throw new Refusal(`${matrix.path}.${name} takes a list`);
    }
    lists.push([name, value]);
  }
  const [include, exclude] = ['include', 'exclude'].map((name) => field(matrix, name));
  if (typeof include!.value === 'string' || typeof exclude!.value === 'string') return null;
  const excluded = entriesOf(exclude!);
  const made = productOf(lists, matrix).filter(
    (one) => !excluded.some((pattern) => matches(one, pattern)),
  );
  if (made.length > combinationsMax) refuseMany(matrix, made.length);
  const all = withIncluded(made, entriesOf(include!), lists);
  if (all.length > combinationsMax) refuseMany(matrix, all.length);
  return all;
}

function refuseMany(matrix: JsonPlace, count: number): never {
  throw new Refusal(`${matrix.path} makes ${count} jobs: GitHub takes ${combinationsMax}`);
}

export function keysOf(place: JsonPlace): string[] {
  // Asked of a field it says what it takes.
  field(place, '');
  return Object.keys(place.value as object);
}

function entriesOf(place: JsonPlace): Combination[] {
  const list = entriesIfAny(place);
  if (list.length > entriesMax)
    throw new Refusal(`${place.path} has ${list.length} entries: the ceiling is ${entriesMax}`);
  return list.map(recordOf);
}

function recordOf(place: JsonPlace): Combination {
  keysOf(place);
  return place.value as Combination;
}

function productOf(lists: readonly [string, unknown[]][], matrix: JsonPlace): Combination[] {
  if (lists.length === 0) return [];
  const count = lists.reduce((product, [, values]) => product * values.length, 1);
  if (count > productMax) refuseMany(matrix, count);
  let all: Combination[] = [{}];
  for (const [name, values] of lists) {
    all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return all;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const matches = (one: Combination, pattern: Combination): boolean =>
  Object.entries(pattern).every(
    ([name, value]) => Object.hasOwn(one, name) && same(one[name], value),
  );

function withIncluded(
  made: readonly Combination[],
  included: readonly Combination[],
  lists: readonly [string, unknown[]][],
): Combination[] {
  const grown = [...made];
  const added: Combination[] = [];
  for (const extra of included) {
    let isTaken = false;
    for (const [at, own] of made.entries()) {
      const changes = lists.some(
        ([name]) => Object.hasOwn(extra, name) && !same(own[name], extra[name]),
      );
      if (changes) continue;
      isTaken = true;
      grown[at] = { ...grown[at], ...extra };
    }
    if (!isTaken) added.push(extra);
  }
  const all = [...grown, ...added];
  return all.length === 0 && lists.length === 0 ? [{}] : all;
}
