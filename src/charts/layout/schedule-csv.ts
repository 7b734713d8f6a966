import { csvLine } from '../../base/csv.ts';
import type { Trace } from '../../trace/types.ts';
import { ScheduleTable } from './schedule-table.ts';

/** As many lines as are put together into one string. */
const linesPerPart = 10_000;
const columns = [
  'item',
  'stage',
  'lane',
  'attempt',
  'outcome',
  'start_ms',
  'end_ms',
  'left_ms',
  'waits',
];

/** All tasks as comma-separated values (RFC 4180), times in ms, in parts for a `Blob`. */
export function scheduleCsv(trace: Trace): string[] {
  const table = new ScheduleTable(trace);
  const { stages } = trace.meta;
  // Two stages of one name would be one to whoever reads the lines.
  const titles = stages.map(({ id, name }, at) =>
    stages.some((other, place) => place !== at && other.name === name) ? `${name} (${id})` : name,
  );
  const parts = [csvLine(columns)];
  for (let from = 0; from < table.count; from += linesPerPart) {
    const lines = table
      .page(from, from + linesPerPart)
      .map((row) =>
        csvLine([
          row.item,
          titles[trace.tasks.stage[row.row]!] ?? '',
          row.lane,
          row.attempt,
          row.outcome,
          row.startMs,
          row.endMs,
          row.leaveMs,
          row.waits,
        ]),
      );
    parts.push(lines.join(''));
  }
  return parts;
}
