import { SeededRandom } from '../../src/base/seeded-random.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { evaluateTrials } from '../../src/explore/evaluate-trials.ts';
import { tunableFields, type TunerField } from '../../src/explore/tuner-fields.ts';
import { compareOutcomes, violation, type TunerGoal } from '../../src/explore/tuner-goal.ts';
import { allPlaces } from '../../src/explore/tuner-moves.ts';
import { setOf, spaceSize, type Tried } from '../../src/explore/tuner-space.ts';
import { tune, type Evaluate, type TuneResult } from '../../src/explore/tuner.ts';
import type { Draw, PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';

/** A document, some of its fields with few enough values that every setting can be tried, and a goal. */
export interface TunerCase {
  document: PipelineDocument;
  cores: number;
  fields: TunerField[];
  goal: TunerGoal;
}

/** Two to four stages in a row or as a fork, waits and CPU time, with whatever limits chance gives them. */
export function randomDocument(random: SeededRandom): PipelineDocument {
  const duration = (): Draw => {
    const mean = random.pick([1, 2, 4, 8]);
    return random.pick<Draw>([mean, { exponential: mean }, { uniform: [0, 2 * mean] }]);
  };
  const count = 2 + random.int(3);
  const stages = Array.from({ length: count }, (_, index): StageDocument => {
    const phase = random.int(3) === 0 ? { cpu: duration() } : { wait: duration() };
    const parent = random.int(4) === 0 ? Math.max(0, index - 2) : index - 1;
    const hasFixed = random.int(3) === 0;
    return {
      id: `s${index}`,
      after: index === 0 ? [] : [`s${parent}`],
      work: {
        kind: 'synthetic',
        phases: hasFixed ? [{ wait: 3 }, { ...phase, per: 'item' }] : [phase],
        output: random.pick([100, 1000]),
      },
      permits: random.pick([1, 2, null]),
      ...(hasFixed && { batch: { size: 2, linger: 1 } }),
      ...(random.int(2) === 0 && { buffer: { capacity: random.pick([1, 4]) } }),
    };
  });
  const arrivals =
    random.int(4) === 0 ? { kind: 'poisson' as const, rate: 250 } : { kind: 'all' as const };
  return {
    format: 'millrace/1',
    seed: random.int(1000),
    source: { kind: 'count', count: 24, bytes: 100, arrivals },
    stages,
    machine: { workers: random.pick([1, 2, 4]), tasksPerWorker: random.pick([1, 2]) },
  };
}

/** Every `step`-th value of a field, what the document has among them. */
function thin(field: TunerField, most: number): TunerField {
  const step = Math.ceil(field.values.length / most);
  const kept = field.values.filter((_, at) => at === field.now || at % step === 0);
  return { ...field, values: kept, now: kept.indexOf(field.values[field.now]) };
}

/** The usual fields, thinned out until there are at most `spaceMost` settings. */
export function randomCase(seed: number, spaceMost: number): TunerCase {
  const random = new SeededRandom(seed, 6);
  const document = randomDocument(random);
  const cores = random.pick([2, 4]);
  const usual = tunableFields(document, { cores }).filter(({ isUsual }) => isUsual);
  const picked = random.shuffle([...usual]).slice(0, 5);
  let fields: TunerField[] = picked;
  for (let most = 8; most > 1 && spaceSize(fields) > spaceMost; most--)
    fields = fields.map((field) => thin(field, most));
  const [start] = evaluateTrials({ document, sets: [{}], cores, overheads: idealOverheads });
  const goal = random.pick<TunerGoal>([
    { least: 'makespanMs', atMost: {} },
    { least: 'makespanMs', atMost: { lost: 0, memoryPeakBytes: start!.memoryPeakBytes * 0.8 } },
    { least: 'latencyP95Ms', atMost: { lost: 0 } },
    { least: 'memoryPeakBytes', atMost: { makespanMs: start!.makespanMs * 1.1 } },
  ]);
  return { document, cores, fields, goal };
}

export function evaluatorOf({ document, cores }: Pick<TunerCase, 'document' | 'cores'>): Evaluate {
  return (sets) =>
    Promise.resolve(evaluateTrials({ document, sets, cores, overheads: idealOverheads }));
}

/** Every setting there is. */
async function triedAll(of: TunerCase): Promise<Tried[]> {
  const places = allPlaces(of.fields);
  const sets = places.map((place) => setOf(of.fields, place));
  const outcomes = (await evaluatorOf(of)(sets))!;
  return places.map((place, at) => ({ place, set: sets[at]!, outcome: outcomes[at]! }));
}

const leastOf = (tried: readonly Tried[], goal: TunerGoal): Tried =>
  tried.reduce((best, one) => (compareOutcomes(one.outcome, best.outcome, goal) < 0 ? one : best));

export interface TunerGap {
  space: number;
  trials: number;
  goal: TunerGoal;
  /**
   * How far above the best of all the tuned setting is: 0.01 is 1 %; where no setting keeps the limits, how
   * much further over them.
   */
  gap: number;
  result: TuneResult;
}

function gapTo(truth: Tried, found: Tried, goal: TunerGoal): number {
  const [over, leastOver] = [found, truth].map(({ outcome }) => violation(outcome, goal));
  if (over! > 0) return over! - leastOver!;
  return found.outcome[goal.least] / truth.outcome[goal.least] - 1;
}

/** The tuner with part of the trials that trying everything takes, against trying everything. */
export async function tunerGap(of: TunerCase, seed: number, budget: number): Promise<TunerGap> {
  const { gaps } = await compared(of, seed, budget);
  return gaps;
}

/** The same, and as many settings drawn at random. */
export async function againstRandom(
  of: TunerCase,
  random: SeededRandom,
  budget: number,
): Promise<TunerGap & { randomGap: number }> {
  const { gaps, all, truth } = await compared(of, random.int(1000), budget);
  const drawn = random.shuffle([...all]).slice(0, gaps.trials);
  return { ...gaps, randomGap: gapTo(truth, leastOf(drawn, of.goal), of.goal) };
}

async function compared(
  of: TunerCase,
  seed: number,
  budget: number,
): Promise<{ gaps: TunerGap; all: Tried[]; truth: Tried }> {
  const { fields, goal } = of;
  const result = await tune({ fields, goal, seed, budget }, evaluatorOf(of));
  const all = await triedAll(of);
  const truth = leastOf(all, goal);
  const gap = gapTo(truth, result.best, goal);
  const gaps = { space: result.space, trials: result.tried.length, goal, gap, result };
  return { gaps, all, truth };
}
