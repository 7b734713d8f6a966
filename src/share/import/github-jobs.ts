import { ceilings } from '../../pipeline/ceilings.ts';
import { filledIn, hasExpression } from './github-expressions.ts';
import { combinationsOf, keysOf, type Combination } from './github-matrix.ts';
import { entries, field, isAbsent, words, type JsonPlace } from './json-place.ts';
import { Refusal } from './refusal.ts';

/** A job as it stands in the file. */
export interface Job {
  id: string;
  name: string;
  /** What it is called where its combinations are one. */
  title: string;
  /** Ids of jobs, each once. */
  needs: string[];
  /** What a matrix makes of it; one empty combination without. */
  combinations: readonly Combination[];
  /** Its matrix is worked out while the workflow runs. */
  isMatrixOpen: boolean;
  /** Jobs of its matrix at once; null: no limit. */
  maxParallel: number | null;
  /** The name of its concurrency group; null: none. */
  group: string | null;
  /** Has it that `if` is neither absent nor plainly true or false. */
  isConditional: boolean;
  /** `if: false`, or it needs a job that is left out. */
  isOff: boolean;
  /** The workflow it calls; null: it has steps of its own. */
  calls: string | null;
  steps: string[];
  place: JsonPlace;
}

/** What a job of a matrix has that the others may have otherwise. */
export interface JobRun {
  name: string;
  runner: 'hosted' | 'macos' | 'self-hosted';
  /** null: none is given, or it is worked out while the workflow runs. */
  timeoutMs: number | null;
}

const msPerMinute = 60_000;

/** @throws {Refusal} naming the field that is wrong */
export function jobsOf(root: JsonPlace): Job[] {
  const jobs = field(root, 'jobs');
  if (isAbsent(jobs)) throw new Refusal('there are no "jobs" in it');
  const ids = keysOf(jobs);
  if (ids.length === 0) throw new Refusal('jobs is empty');
  const known = new Set(ids);
  const read = ids.map((id) => jobOf(id, field(jobs, id), known));
  leaveOut(read);
  return read;
}

function jobOf(id: string, place: JsonPlace, known: ReadonlySet<string>): Job {
  const strategy = orEmpty(field(place, 'strategy'));
  const combinations = combinationsOf(field(strategy, 'matrix'));
  const condition = String(field(place, 'if').value ?? '')
    .replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1')
    .trim();
  const uses = field(place, 'uses');
  const name = nameOf(field(place, 'name'), id);
  const parallel = Number(field(strategy, 'max-parallel').value ?? NaN);
  return {
    id,
    name,
    title: (hasExpression(name) ? id : name).slice(0, ceilings.nameLetters),
    needs: needsOf(field(place, 'needs'), known),
    combinations: combinations ?? [{}],
    isMatrixOpen: combinations === null,
    maxParallel: parallel >= 1 ? Math.min(Math.floor(parallel), ceilings.permits) : null,
    group: groupOf(field(place, 'concurrency')),
    isConditional: !['', 'true', 'false', 'always()'].includes(condition),
    isOff: condition === 'false',
    calls: isAbsent(uses) ? null : words(uses),
    steps: stepsOf(field(place, 'steps')),
    place,
  };
}

const orEmpty = (place: JsonPlace): JsonPlace =>
  isAbsent(place) ? { ...place, value: {} } : place;

const nameOf = ({ value }: JsonPlace, id: string): string =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : id;

function needsOf(place: JsonPlace, known: ReadonlySet<string>): string[] {
  if (isAbsent(place)) return [];
  const places = typeof place.value === 'string' ? [place] : entries(place);
  for (const each of places) {
    if (known.has(words(each))) continue;
    throw new Refusal(
      `${each.path} is "${String(each.value).slice(0, 60)}", and there is no such job`,
    );
  }
  return [...new Set(places.map(words))];
}

/** @returns null: there is none */
export function groupOf(place: JsonPlace): string | null {
  if (isAbsent(place)) return null;
  return words(typeof place.value === 'string' ? place : field(place, 'group'));
}

function stepsOf(place: JsonPlace): string[] {
  if (isAbsent(place)) return [];
  return entries(place).map((step) => {
    const said = ['name', 'uses', 'run'].map((name) => field(step, name).value);
    const text = said.find((value) => typeof value === 'string' && value.trim() !== '');
    return String(text ?? 'a step')
      .trim()
      .split('\n', 1)[0]!
      .slice(0, 80);
  });
}

/** A job is skipped with one that it needs, unless it says that it is not. */
function leaveOut(jobs: readonly Job[]): void {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const needed = new Map<string, Job[]>();
  for (const job of jobs) {
    for (const id of job.needs) {
      const list = needed.get(id);
      if (list) list.push(job);
      else needed.set(id, [job]);
    }
  }
  const off = jobs.filter(({ isOff }) => isOff);
  for (const job of off) {
    for (const next of needed.get(job.id) ?? []) {
      const condition = String(field(next.place, 'if').value ?? '');
      if (next.isOff || /always\(\)|cancelled\(\)|failure\(\)/.test(condition)) continue;
      next.isOff = true;
      off.push(next);
    }
  }
  for (const job of jobs) job.needs = job.needs.filter((id) => !byId.get(id)!.isOff);
}

/** One of the jobs that a matrix makes. */
export function jobRun(job: Job, combination: Combination): JobRun {
  const told = Object.values(combination).filter((value) => typeof value !== 'object');
  const own = filledIn(job.name, combination);
  const name = own !== job.name || told.length === 0 ? own : `${own} (${told.join(', ')})`;
  return {
    name: name.slice(0, ceilings.nameLetters),
    runner: runnerOf(field(job.place, 'runs-on').value, combination),
    timeoutMs: timeoutOf(field(job.place, 'timeout-minutes').value, combination),
  };
}

function runnerOf(value: unknown, combination: Combination): JobRun['runner'] {
  const labels = [value].flat().flatMap((each: unknown) => {
    const isGroup = typeof each === 'object' && each !== null && 'labels' in each;
    return isGroup ? [each.labels].flat() : [each];
  });
  const texts = labels.map((label) => filledIn(String(label), combination).toLowerCase());
  if (texts.includes('self-hosted')) return 'self-hosted';
  return texts.some((text) => text.startsWith('macos')) ? 'macos' : 'hosted';
}

function timeoutOf(value: unknown, combination: Combination): number | null {
  if (value === undefined || value === null) return null;
  const minutes = Number(filledIn(String(value), combination));
  const ms = minutes * msPerMinute;
  return ms > 0 && ms <= ceilings.timeMs ? ms : null;
}

/** Has it a time limit that nobody can know before it runs. */
export const hasOpenTimeout = ({ place, combinations }: Job): boolean => {
  const { value } = field(place, 'timeout-minutes');
  return hasExpression(value) && timeoutOf(value, combinations[0] ?? {}) === null;
};
