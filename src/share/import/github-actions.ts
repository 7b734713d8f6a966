import { ceilings } from '../../pipeline/ceilings.ts';
import type { Draw, StageDocument } from '../../pipeline/types.ts';
import { groupOf, hasOpenTimeout, jobRun, jobsOf, type Job, type JobRun } from './github-jobs.ts';
import {
  listed,
  numberOf,
  oneOf,
  type Chosen,
  type ImportChoice,
  type Imported,
} from './imported.ts';
import { field } from './json-place.ts';
import { Refusal } from './refusal.ts';
import { stageIds } from './stage-ids.ts';
import { graphStages, type Task } from './task-graph.ts';
import { waitingRoom } from './waiting-room.ts';
import { readYaml } from './yaml-text.ts';

const msPerMinute = 60_000;
/** Of drawn durations: a standard deviation of half the mean. */
const spread = 0.5;
/** A job is ended after six hours, so none takes longer. */
const minutesMax = 360;

type Runner = JobRun['runner'];
/** Jobs at once on GitHub's free plan (docs.github.com, "Usage limits"): 20, of them 5 on macOS. */
const runners: Readonly<Record<Runner, { label: string; initial: number; limit: string }>> = {
  hosted: { label: 'Runners at once', initial: 20, limit: 'runners' },
  macos: { label: 'macOS runners at once', initial: 5, limit: 'macos-runners' },
  'self-hosted': { label: 'Runners of your own', initial: 1, limit: 'own-runners' },
};

/** How long jobs take, as chosen. */
interface Durations {
  choices: ImportChoice[];
  draw: (job: Job) => Draw;
  seed: number | null;
  remark: string;
}

/**
 * A GitHub Actions workflow: a job is a stage after the jobs it needs, and its time is a wait, since it is spent on
 * somebody else's machine. A matrix is a stage for each of its combinations. How long a job takes is not in the file.
 * @throws {Refusal}
 */
export function importGithubActions(text: string, name: string, chosen: Chosen = {}): Imported {
  const root = readYaml(text);
  const all = jobsOf(root);
  const jobs = all.filter(({ isOff }) => !isOff);
  if (jobs.length === 0) throw new Refusal('every job is switched off by its "if"');
  const durations = durationsOf(jobs, chosen);
  const runs = numberOf(chosen, 'runs', 'Runs of the workflow', { initial: 1, min: 1, max: 1000 });
  const { stages, limits, kinds } = stagesOf(jobs, durations, chosen);
  const isOneRun = groupOf(field(root, 'concurrency')) !== null;
  const { value: title } = field(root, 'name');
  const document: Imported['document'] = {
    format: 'millrace/1',
    name:
      typeof title === 'string' && title.trim() !== ''
        ? title.trim().slice(0, ceilings.nameLetters)
        : name,
    notes: notesOf(jobs, durations.remark),
    ...(durations.seed === null ? {} : { seed: durations.seed }),
    source: { kind: 'count', count: runs.value },
    stages,
    limits,
    machine: {
      ...waitingRoom(stages.length * runs.value),
      ...(isOneRun ? { inFlight: 1 } : {}),
    },
  };
  return {
    document,
    remarks: [durations.remark, ...remarksOf(all, isOneRun)],
    choices: [...durations.choices, runs, ...kinds],
  };
}

function durationsOf(jobs: readonly Job[], chosen: Chosen): Durations {
  const range = { min: 0, max: minutesMax, whole: false };
  const minutes = numberOf(chosen, 'minutes', 'Minutes a job takes', { ...range, initial: 5 });
  const vary = oneOf(chosen, 'vary', 'Every run of a job', [
    ['fixed', 'takes as long as that'],
    ['drawn', 'is drawn around it'],
  ]);
  const isDrawn = vary.value === 'drawn';
  const seed = numberOf(chosen, 'seed', 'Seed of the draws', { initial: 1, min: 0, max: 1e6 });
  const own = jobs.map((job) =>
    numberOf(chosen, `minutes/${job.id}`, `Minutes of “${job.title}”`, {
      ...range,
      initial: minutes.value,
    }),
  );
  const msOf = new Map(jobs.map(({ id }, at) => [id, own[at]!.value * msPerMinute]));
  const isOwn = own.some(({ value }) => value !== minutes.value);
  const each = isOwn ? 'they are as you set them' : `each is taken to need ${minutes.value} min`;
  return {
    choices: [minutes, vary, ...(isDrawn ? [seed] : []), ...own],
    draw: ({ id }) => {
      const ms = msOf.get(id)!;
      return isDrawn && ms > 0 ? { lognormal: { mean: ms, cv: spread } } : ms;
    },
    seed: isDrawn ? seed.value : null,
    remark: `How long jobs take is not in the file: ${each}${isDrawn ? `, drawn anew for every run (lognormal, half of it up or down, seed ${seed.value})` : ''}.`,
  };
}

function stagesOf(
  jobs: readonly Job[],
  durations: Durations,
  chosen: Chosen,
): { stages: StageDocument[]; limits: Record<string, number>; kinds: ImportChoice[] } {
  const made = jobs.flatMap((job) =>
    job.combinations.map((combination) => ({ job, run: jobRun(job, combination) })),
  );
  if (made.length > ceilings.stages) {
    throw new Refusal(`its matrices make ${made.length} jobs: the ceiling is ${ceilings.stages}`);
  }
  const ids = stageIds(
    made.map(({ job, run }) => (job.combinations.length > 1 ? run.name : job.id)),
  );
  const idsOf = new Map<string, string[]>(jobs.map(({ id }) => [id, []]));
  made.forEach(({ job }, at) => idsOf.get(job.id)!.push(ids[at]!));
  const limits = new Map<string, number>();
  const groups = jobs.flatMap(({ group }) => (group === null ? [] : [group]));
  const distinct = [...new Set(groups)];
  const groupIds = new Map(stageIds(distinct).map((id, at) => [distinct[at]!, `group-${id}`]));
  const used = new Set<Runner>();
  const tasks = made.map(({ job, run }, at): Task => {
    const uses: Record<string, number> = {};
    const take = (limit: string, capacity: number): void => {
      limits.set(limit, capacity);
      uses[limit] = 1;
    };
    used.add(run.runner);
    for (const kind of kindsOf(run.runner))
      take(runners[kind].limit, runnersOf(kind, chosen).value);
    if (job.group !== null) take(groupIds.get(job.group)!, 1);
    if (job.maxParallel !== null && job.maxParallel < job.combinations.length)
      take(`${stageIds([job.id])[0]!}-at-once`, job.maxParallel);
    return {
      id: ids[at]!,
      name: run.name,
      after: job.needs.flatMap((id) => idsOf.get(id)!),
      phases: [{ wait: durations.draw(job) }],
      uses,
      ...(run.timeoutMs === null ? {} : { timeoutMs: run.timeoutMs }),
      place: job.place.path,
    };
  });
  const shown = new Set([...used].flatMap(kindsOf));
  return {
    stages: graphStages(tasks),
    limits: Object.fromEntries(limits),
    kinds: [...shown].map((kind) => runnersOf(kind, chosen)),
  };
}

/** A macOS runner counts among all of GitHub's. */
const kindsOf = (runner: Runner): Runner[] => (runner === 'macos' ? ['hosted', 'macos'] : [runner]);

const runnersOf = (kind: Runner, chosen: Chosen) =>
  numberOf(chosen, `runners/${kind}`, runners[kind].label, {
    ...{ initial: runners[kind].initial, min: 1, max: ceilings.permits },
  });

function remarksOf(all: readonly Job[], isOneRun: boolean): string[] {
  const jobs = all.filter(({ isOff }) => !isOff);
  const named = (which: (job: Job) => boolean, among: readonly Job[] = jobs): string =>
    listed(among.filter(which).map(({ title }) => title));
  const sentences: [string, (names: string) => string][] = [
    [
      named(({ combinations }) => combinations.length > 1),
      (names) => `Each combination of the matrix of ${names} is a stage.`,
    ],
    [
      named(({ isMatrixOpen }) => isMatrixOpen),
      (names) => `The matrix of ${names} is worked out while it runs: it counts as one job.`,
    ],
    [
      named(({ calls }) => calls !== null),
      (names) => `The workflow that ${names} calls is not in the file: it counts as one job.`,
    ],
    [
      named(({ isConditional }) => isConditional),
      (names) => `The condition (if) of ${names} is taken to hold.`,
    ],
    [
      named(({ isOff }) => isOff, all),
      (names) =>
        `${names} ${all.filter(({ isOff }) => isOff).length > 1 ? 'are' : 'is'} switched off by “if”, and left out.`,
    ],
    [
      named(hasOpenTimeout),
      (names) => `The time limit of ${names} is worked out while it runs: there is none here.`,
    ],
    [
      named(({ group }) => group !== null),
      (names) =>
        `The concurrency group of ${names} is a shared limit of one; nothing in it is cancelled.`,
    ],
  ];
  return [
    ...sentences.flatMap(([names, say]) => (names === '' ? [] : [say(names)])),
    ...(isOneRun
      ? ['The workflow’s concurrency group lets one run in at a time; none is cancelled.']
      : []),
  ];
}

function notesOf(jobs: readonly Job[], durations: string): string {
  const steps = jobs
    .filter((job) => job.steps.length > 0)
    .slice(0, 50)
    .map(
      ({ title, steps: own }) =>
        `- ${plain(title.slice(0, 80))}: ${own.slice(0, 12).map(plain).join(', ')}${own.length > 12 ? ', …' : ''}`,
    );
  const list = steps.length === 0 ? '' : `\n\nSteps of the jobs:\n\n${steps.join('\n')}`;
  return `A GitHub Actions workflow. A job is a stage after the jobs it needs; runners are a shared limit.

${durations} A job’s time is a wait: it is spent on another machine.${list}`;
}

/** As text in Markdown. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
