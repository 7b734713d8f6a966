import type { Imported } from './imported.ts';
import {
  announcedRows,
  durationMs,
  jobsAndMachines,
  numberLines,
  wholeIn,
  type NumberLine,
} from './number-lines.ts';
import { graphStages, type Task } from './task-graph.ts';
import { waitingRoom } from './waiting-room.ts';

const notes = `A job shop: each job passes the machines in an order of its own.

An operation is a stage after the job's operation before; a machine is a shared limit of one. The published
durations are waits, so that nothing but the machines holds an operation back.`;

/**
 * A job shop: `J M`, then a row a job of M pairs `machine duration` in the order of processing, machines
 * from 0.
 * @throws {Refusal}
 */
export function importJobShop(text: string, name: string): Imported {
  const lines = numberLines(text);
  const { jobs, machines } = jobsAndMachines(lines[0]!);
  const rows = announcedRows(lines, {
    rows: jobs,
    width: 2 * machines,
    row: 'job',
    what: 'a machine and a duration an operation',
  });
  const stages = graphStages(rows.flatMap((row, job) => operations(row, job, machines)));
  const used = new Set(stages.flatMap((stage) => Object.keys(stage.uses ?? {})));
  const document: Imported['document'] = {
    format: 'millrace/1',
    name,
    notes,
    source: { kind: 'count', count: 1 },
    stages,
    limits: Object.fromEntries(
      Array.from({ length: machines }, (_, machine) => limitOf(machine))
        .filter((limit) => used.has(limit))
        .map((limit) => [limit, 1]),
    ),
    machine: waitingRoom(machines),
  };
  return { document, remarks: ['A unit of time is taken as 1 ms.'], choices: [] };
}

function operations({ line, values }: NumberLine, job: number, machines: number): Task[] {
  return Array.from({ length: values.length / 2 }, (_, place) => {
    const what = `operation ${place + 1} of job ${job + 1}`;
    const machine = wholeIn(values[2 * place]!, `the machine of ${what}`, line, 0, machines - 1);
    return {
      id: idOf(job, place),
      name: `Job ${job + 1} on machine ${machine}`,
      after: place === 0 ? [] : [idOf(job, place - 1)],
      phases: [{ wait: durationMs(values[2 * place + 1]!, what, line) }],
      uses: { [limitOf(machine)]: 1 },
      place: `line ${line}`,
    };
  });
}

const idOf = (job: number, place: number): string => `job-${job + 1}-op-${place + 1}`;
const limitOf = (machine: number): string => `machine-${machine}`;
