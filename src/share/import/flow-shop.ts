import type { Imported } from './imported.ts';
import { announcedRows, durationMs, jobsAndMachines, numberLines } from './number-lines.ts';
import { waitingRoom } from './waiting-room.ts';

const notes = `A permutation flow shop: every job passes all machines in the same order.

A machine is a stage with one permit, a job is an item of the source, and the published durations are waits:
item *i* takes entry *i*. First in, first out, job *j* ends on machine *m* at
max(C(j−1, m), C(j, m−1)) + p(j, m). The variant without buffers keeps a job on its machine until the next one is free.`;

/**
 * A flow shop as Taillard published them: `J M`, then a row a machine with a duration a job.
 * Machines become stages with one permit each, jobs become items.
 * @throws {Refusal}
 */
export function importFlowShop(text: string, name: string): Imported {
  const lines = numberLines(text);
  const { jobs, machines } = jobsAndMachines(lines[0]!);
  const rows = announcedRows(lines, {
    rows: machines,
    width: jobs,
    row: 'machine',
    what: 'durations, one a job',
  });
  const id = (machine: number): string => `machine-${machine + 1}`;
  const document: Imported['document'] = {
    format: 'millrace/1',
    name,
    notes,
    source: { kind: 'count', count: jobs },
    stages: rows.map(({ line, values }, machine) => ({
      id: id(machine),
      name: `Machine ${machine + 1}`,
      ...(machine === 0 ? {} : { after: [id(machine - 1)] }),
      work: {
        kind: 'synthetic',
        phases: [
          { wait: { perItem: values.map((ms, job) => durationMs(ms, `job ${job + 1}`, line)) } },
        ],
      },
      permits: 1,
    })),
    machine: waitingRoom(machines),
    ...(machines === 1
      ? {}
      : { variants: [withoutBuffers(rows.slice(1).map((_, i) => id(i + 1)))] }),
  };
  return { document, remarks: ['A unit of time is taken as 1 ms.'], choices: [] };
}

function withoutBuffers(ids: readonly string[]): { name: string; set: Record<string, unknown> } {
  return {
    name: 'no buffers between machines',
    set: Object.fromEntries(ids.map((id) => [`/stages/${id}/buffer/capacity`, 0])),
  };
}
