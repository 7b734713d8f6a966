import { ceilings } from '../../pipeline/ceilings.ts';
import type { Phase } from '../../pipeline/types.ts';
import type { Imported } from './imported.ts';
import {
  amount,
  entries,
  entriesIfAny,
  field,
  isAbsent,
  readJson,
  words,
  type JsonPlace,
} from './json-place.ts';
import { Refusal } from './refusal.ts';
import { stageIds } from './stage-ids.ts';
import { graphStages, type Task } from './task-graph.ts';

const coresLimit = 'cores';
const msPerSecond = 1000;

/** What was recorded of one task. */
interface Execution {
  runtimeMs: number;
  /** Share of the runtime on a CPU, 0 … 1. */
  cpuShare: number;
  cores: number;
}

/**
 * A recorded workflow in WfFormat 1.4 and 1.5 (WfCommons): a task becomes a stage that sees one item. Its
 * runtime is CPU time and wait in the share that `avgCPU` tells, its output is all its files together.
 * @throws {Refusal}
 */
export function importWfFormat(text: string, name: string): Imported {
  const root = readJson(text);
  const workflow = field(root, 'workflow');
  if (isAbsent(workflow)) throw new Refusal('there is no "workflow" in it');
  const specification = field(workflow, 'specification');
  if (isAbsent(specification)) {
    const version = field(root, 'schemaVersion').value;
    const found = typeof version === 'string' ? ` (this is ${version})` : '';
    throw new Refusal(`workflow.specification is missing; versions from 1.4 on have it${found}`);
  }
  const tasks = entries(field(specification, 'tasks'));
  if (tasks.length === 0) throw new Refusal('workflow.specification.tasks is empty');
  const indexOf = indexById(tasks);
  const sizes = fileSizes(field(specification, 'files'));
  const execution = field(workflow, 'execution');
  const executions = executionsById(execution, indexOf);
  const totalCores = coreCount(execution);
  const parallel = [...executions.values()].some(({ cores }) => cores > 1);
  const capacity = Math.max(totalCores, ...[...executions.values()].map(({ cores }) => cores));
  const stages = graphStages(graphTasks(tasks, indexOf, sizes, executions, parallel));
  const bytes = inputBytes(tasks, sizes);
  const unmeasured = tasks.length - measuredOf(executions);
  const document: Imported['document'] = {
    format: 'millrace/1',
    name,
    notes: notesOf(tasks.length, unmeasured, totalCores),
    source: { kind: 'count', count: 1, ...(bytes === 0 ? {} : { bytes }) },
    stages,
    ...(parallel ? { limits: { [coresLimit]: capacity } } : {}),
  };
  const remarks = [
    'Queueing and staging of the recorded run are left out.',
    ...(unmeasured === 0
      ? []
      : [`No runtime was recorded for ${unmeasured} of ${tasks.length} tasks: they take none.`]),
  ];
  return { document, remarks, choices: [] };
}

/** Only ids are unique: names repeat. */
function indexById(tasks: readonly JsonPlace[]): Map<string, number> {
  const indexOf = new Map<string, number>();
  tasks.forEach((task, index) => {
    const place = field(task, 'id');
    const id = words(place);
    if (indexOf.has(id)) throw new Refusal(`${place.path} is "${id}" again: ids are unique`);
    indexOf.set(id, index);
  });
  return indexOf;
}

function fileSizes(files: JsonPlace): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const file of entriesIfAny(files)) {
    const size = field(file, 'sizeInBytes');
    sizes.set(words(field(file, 'id')), isAbsent(size) ? 0 : amount(size));
  }
  return sizes;
}

function executionsById(
  execution: JsonPlace,
  indexOf: ReadonlyMap<string, number>,
): Map<string, Execution> {
  const executions = new Map<string, Execution>();
  if (isAbsent(execution)) return executions;
  for (const task of entries(field(execution, 'tasks'))) {
    const place = field(task, 'id');
    const id = words(place);
    if (!indexOf.has(id)) {
      throw new Refusal(
        `${place.path} is "${id}", which workflow.specification.tasks does not have`,
      );
    }
    const runtime = field(task, 'runtimeInSeconds');
    const cores = field(task, 'coreCount');
    const cpu = field(task, 'avgCPU');
    executions.set(id, {
      runtimeMs: isAbsent(runtime) ? 0 : amount(runtime) * msPerSecond,
      cpuShare: isAbsent(cpu) ? 1 : Math.min(1, amount(cpu) / 100),
      cores: isAbsent(cores) ? 1 : Math.max(1, Math.round(amount(cores))),
    });
  }
  return executions;
}

function coreCount(execution: JsonPlace): number {
  if (isAbsent(execution)) return 0;
  return entriesIfAny(field(execution, 'machines')).reduce((sum, machine) => {
    const cpu = field(machine, 'cpu');
    const cores = isAbsent(cpu) ? cpu : field(cpu, 'coreCount');
    return sum + (isAbsent(cores) ? 0 : amount(cores));
  }, 0);
}

function graphTasks(
  tasks: readonly JsonPlace[],
  indexOf: ReadonlyMap<string, number>,
  sizes: ReadonlyMap<string, number>,
  executions: ReadonlyMap<string, Execution>,
  parallel: boolean,
): Task[] {
  const parents = parentsOf(tasks, indexOf);
  const ids = stageIds([...indexOf.keys()]);
  return [...indexOf.keys()].map((id, index) => {
    const { runtimeMs, cpuShare, cores } = executions.get(id) ?? {
      runtimeMs: 0,
      cpuShare: 1,
      cores: 1,
    };
    const outputs = entriesIfAny(field(tasks[index]!, 'outputFiles')).map(words);
    return {
      id: ids[index]!,
      name: id.slice(0, ceilings.nameLetters),
      after: [...parents[index]!].map((parent) => ids[parent]!),
      phases: phasesOf(runtimeMs, cpuShare),
      output: outputs.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0),
      uses: parallel ? { [coresLimit]: cores } : {},
      place: tasks[index]!.path,
    };
  });
}

/** Waiting first, as for input; the two together are the runtime. */
function phasesOf(runtimeMs: number, cpuShare: number): Phase[] {
  const cpuMs = runtimeMs * cpuShare;
  const waitMs = runtimeMs - cpuMs;
  return [...(waitMs > 0 ? [{ wait: waitMs }] : []), { cpu: cpuMs }];
}

/** A connection counts whichever of its two ends names it. */
function parentsOf(
  tasks: readonly JsonPlace[],
  indexOf: ReadonlyMap<string, number>,
): Set<number>[] {
  const parents = tasks.map(() => new Set<number>());
  const known = (place: JsonPlace): number => {
    const index = indexOf.get(words(place));
    if (index !== undefined) return index;
    throw new Refusal(
      `${place.path} is ${JSON.stringify(place.value)}, and there is no task with this id`,
    );
  };
  tasks.forEach((task, index) => {
    for (const place of entriesIfAny(field(task, 'parents'))) parents[index]!.add(known(place));
    for (const place of entriesIfAny(field(task, 'children'))) parents[known(place)]!.add(index);
  });
  return parents;
}

/** What no task makes comes with the item from the source. */
function inputBytes(tasks: readonly JsonPlace[], sizes: ReadonlyMap<string, number>): number {
  const files = (name: string): Set<string> =>
    new Set(tasks.flatMap((task) => entriesIfAny(field(task, name)).map(words)));
  const made = files('outputFiles');
  return [...files('inputFiles')]
    .filter((file) => !made.has(file))
    .reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
}

const measuredOf = (executions: ReadonlyMap<string, Execution>): number =>
  [...executions.values()].filter(({ runtimeMs }) => runtimeMs > 0).length;

function notesOf(tasks: number, unmeasured: number, totalCores: number): string {
  const recorded = totalCores > 0 ? ` It was recorded on ${totalCores} cores.` : '';
  const missing =
    unmeasured > 0
      ? `\n\nNo runtime was recorded for ${unmeasured} of ${tasks} tasks: they take none here.`
      : '';
  return `A recorded workflow (WfFormat).${recorded}

A task is a stage that sees one item. Its recorded runtime is split into CPU time and wait by its mean CPU load; its
output is as large as all its files, and every child gets all of it. Queueing and staging of the recorded run are
not in it, so the makespan is shorter than the recorded one.${missing}`;
}
