import { formatMs } from '../../base/units.ts';
import { GateHistory, gateHistories } from '../../measure/gates.ts';
import { itemLabel } from '../../trace/item-label.ts';
import { Gate, Outcome, type Trace } from '../../trace/types.ts';

/** A task in words: the text alternative to a span of the schedule. Times in ms. */
export interface ScheduleTableRow {
  row: number;
  lane: string;
  item: string;
  stage: string;
  attempt: number;
  outcome: string;
  startMs: number;
  endMs: number;
  leaveMs: number;
  /** "2 ms for a permit, 0.4 ms for a worker", or "". */
  waits: string;
}

const outcomeWords: Record<Outcome, string> = {
  [Outcome.ok]: 'done',
  [Outcome.failed]: 'failed',
  [Outcome.retried]: 'failed, tried again',
  [Outcome.timedOut]: 'timed out',
  [Outcome.cancelled]: 'cancelled',
  [Outcome.hit]: 'from the cache',
  [Outcome.lost]: 'lost with its worker',
};

/** Describes tasks one by one; keeps what all rows need. */
export class ScheduleTable {
  private readonly trace: Trace;
  private readonly gates: GateHistory[];

  constructor(trace: Trace) {
    this.trace = trace;
    this.gates = gateHistories(trace);
  }

  get count(): number {
    return this.trace.tasks.count;
  }

  /** Rows [from, to) in the order of the trace (by the end of each task). */
  page(from: number, to: number): ScheduleTableRow[] {
    const rows: ScheduleTableRow[] = [];
    for (let row = Math.max(0, from); row < Math.min(to, this.count); row++) {
      rows.push(this.describe(row));
    }
    return rows;
  }

  describe(row: number): ScheduleTableRow {
    const { tasks, meta } = this.trace;
    const worker = tasks.worker[row]!;
    const item = tasks.item[row]!;
    const more = tasks.memberCount[row]! - 1;
    const label = item < 0 ? '–' : itemLabel(this.trace, item);
    return {
      row,
      lane: worker < 0 ? 'no worker' : `worker ${worker}`,
      item: more > 0 ? `${label} and ${more} more` : label,
      stage: meta.stages[tasks.stage[row]!]?.name ?? '',
      attempt: tasks.attempt[row]!,
      outcome: outcomeWords[tasks.outcome[row]! as Outcome] ?? '',
      startMs: tasks.start[row]!,
      endMs: tasks.end[row]!,
      leaveMs: tasks.leave[row]!,
      waits: this.waits(row),
    };
  }

  private waits(row: number): string {
    const { tasks } = this.trace;
    const ready = tasks.ready[row]!;
    const start = tasks.start[row]!;
    const gates = this.gates[tasks.stage[row]!];
    const ran = tasks.worker[row]! >= 0;
    const shut = (gate: Gate) => (ran ? (gates?.shutMs(gate, ready, start) ?? 0) : 0);
    const permit = shut(Gate.permit);
    const limit = shut(Gate.limit);
    const paused = shut(Gate.paused);
    const parts: [number, string][] = [
      [ready - tasks.arrive[row]!, 'for an item'],
      [permit, 'for a permit'],
      [limit, 'for a shared limit'],
      [paused, 'paused'],
      [ran ? start - ready - permit - limit - paused : 0, 'for a worker'],
      [tasks.leave[row]! - tasks.end[row]!, 'blocked downstream'],
    ];
    return parts
      .filter(([ms]) => ms > 1e-6)
      .map(([ms, what]) => `${formatMs(ms)} ${what}`)
      .join(', ');
  }
}
