import type { Imported } from './imported.ts';
import { durationMs, numberLines, wholeIn, type NumberLine } from './number-lines.ts';
import { refuseLine } from './refusal.ts';
import { graphStages, type Task } from './task-graph.ts';

/** Published optima are for 2, 4, 8 and 16 processors. */
const processors = 4;

const notes = `A task graph of the Standard Task Graph Set, for identical processors without preemption.

A task is a stage that sees one item and waits for its parents; a processor is a worker, which a task keeps for
its published duration, and machine.cores says how many there are. The durations are waits: they last as long
however many cores the computer has.`;

/**
 * A graph of the Standard Task Graph Set: the number of tasks, then `id duration k parent…` a task, ids from
 * 0. The count may leave out the two zero-time tasks at the ends, which are kept: they delay nothing.
 * @throws {Refusal}
 */
export function importStg(text: string, name: string): Imported {
  const lines = numberLines(text);
  const first = lines[0]!;
  if (first.values.length !== 1) {
    const found = `${first.values.length} numbers where the number of tasks is expected alone`;
    refuseLine(first.line, found);
  }
  const announced = wholeIn(first.values[0]!, 'the number of tasks', first.line, 1);
  const rows = lines.slice(1);
  rows.forEach(checkRow);
  checkCount(announced, rows, lines.at(-1)!.line);
  const document: Imported['document'] = {
    format: 'millrace/1',
    name,
    notes,
    source: { kind: 'count', count: 1 },
    stages: graphStages(rows.map((row, task) => toTask(row, task, rows.length))),
    machine: { cores: processors, workers: 'cores' },
    sweep: { '/machine/cores': [2, 4, 8, 16] },
  };
  const remarks = [
    'A unit of time is taken as 1 ms.',
    `How many processors there are is not in the file: it has ${processors}, and a sweep over 2, 4, 8 and 16.`,
  ];
  return { document, remarks, choices: [] };
}

function checkRow({ line, values }: NumberLine, task: number): void {
  if (values.length < 3) {
    refuseLine(
      line,
      `${values.length} numbers where a task's id, duration and number of parents are expected`,
    );
  }
  const [id, , parents] = values;
  if (id !== task) refuseLine(line, `task ${id} stands where task ${task} is expected`);
  const listed = values.length - 3;
  const count = wholeIn(parents!, `the number of parents of task ${task}`, line, 0);
  if (count !== listed) {
    refuseLine(line, `task ${task} announces ${count} parents and lists ${listed}`);
  }
}

function checkCount(announced: number, rows: readonly NumberLine[], lastLine: number): void {
  const expected = `${announced} tasks are announced, ${announced + 2} with the zero-time ones at both ends`;
  if (rows.length > announced + 2) {
    refuseLine(rows[announced + 2]!.line, `more rows than there can be: ${expected}`);
  }
  const isEntry = rows[0]?.values[1] === 0;
  const isExit = rows.at(-1)?.values[1] === 0;
  // A zero-time entry without its exit: the last two rows are missing.
  const whole =
    rows.length === announced + 2 || (rows.length === announced && (isExit || !isEntry));
  if (!whole) refuseLine(lastLine, `the text ends after ${rows.length} rows: ${expected}`);
}

function toTask({ line, values }: NumberLine, task: number, tasks: number): Task {
  const parents = values.slice(3).map((parent) => {
    wholeIn(parent, `a parent of task ${task}`, line, 0, tasks - 1);
    if (parent === task) refuseLine(line, `task ${task} is its own parent`);
    return idOf(parent);
  });
  return {
    id: idOf(task),
    name: `Task ${task}`,
    after: parents,
    phases: [{ wait: durationMs(values[1]!, `task ${task}`, line) }],
    place: `line ${line}`,
  };
}

const idOf = (task: number): string => `task-${task}`;
