import { upperBound } from '../base/bisect.ts';
import { bucketRows, sortedBy } from '../base/sorted-rows.ts';
import type { Pipeline } from '../pipeline/types.ts';
import { Gate, Outcome, type Trace } from '../trace/types.ts';
import { gateHistories } from './gates.ts';
import { parentsFor } from './item-lineage.ts';
import { stageGraph } from './stage-order.ts';

/** Why a task of the chain did not start earlier. */
export type WaitedFor =
  /** Its input: the step before put it out. */
  | 'input'
  /** A permit of its stage, which the step before held. */
  | 'permit'
  /** A shared limit, which the step before used. */
  | 'limit'
  /** A worker, which the step before occupied. */
  | 'worker'
  /** Nothing before it: the source brought its item then. */
  | 'arrival';

export interface CriticalStep {
  row: number;
  stage: number;
  startMs: number;
  endMs: number;
  /** Its output found room; later than the end where it was blocked. */
  leaveMs: number;
  waitedFor: WaitedFor;
  /** From the end of the step before (or 0) to this start. */
  gapMs: number;
}

/**
 * The chain of tasks that explains the makespan: from the task that left last back to the first, each step
 * to the task whose end let it start. Ties go to the input, then to what the stage's gate says was
 * lacking. Ordered by time.
 */
export function criticalPath(trace: Trace, pipeline: Pipeline): CriticalStep[] {
  const { tasks } = trace;
  let row = lastToLeave(trace);
  const steps: CriticalStep[] = [];
  const finder = new PredecessorFinder(trace, pipeline);
  const seen = new Set<number>();
  while (row >= 0 && !seen.has(row)) {
    seen.add(row);
    const before = finder.before(row, seen);
    steps.push({
      row,
      stage: tasks.stage[row]!,
      startMs: tasks.start[row]!,
      endMs: tasks.end[row]!,
      leaveMs: tasks.leave[row]!,
      waitedFor: before.waitedFor,
      gapMs: tasks.start[row]! - (before.row >= 0 ? before.freedMs : 0),
    });
    row = before.row;
  }
  return steps.reverse();
}

function lastToLeave({ tasks }: Trace): number {
  let last = -1;
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0) continue;
    if (last < 0 || tasks.leave[row]! >= tasks.leave[last]!) last = row;
  }
  return last;
}

interface Predecessor {
  row: number;
  waitedFor: WaitedFor;
  /** When it let the next step go. */
  freedMs: number;
}

/** Live clocks tick in steps: an end up to this much "after" a start may still have caused it. */
const slackMs = 1e-6;

class PredecessorFinder {
  private readonly trace: Trace;
  private readonly pipeline: Pipeline;
  private readonly parents: number[][];
  /** Rows that ran, by stage in the order they left, by stage and by worker in the order they ended. */
  private readonly byLeave: EndIndex[];
  private readonly byEnd: EndIndex[];
  private readonly byWorker: EndIndex[];
  private readonly gates: ReturnType<typeof gateHistories>;
  /** By stage and item: the row of the last attempt that succeeded; -1: none did. */
  private readonly rowOf: Int32Array[];

  constructor(trace: Trace, pipeline: Pipeline) {
    this.trace = trace;
    this.pipeline = pipeline;
    this.parents = stageGraph(pipeline).parents;
    this.gates = gateHistories(trace);
    const { tasks, members, items } = trace;
    this.rowOf = pipeline.stages.map(() => new Int32Array(items.count).fill(-1));
    const { worker } = tasks;
    const ran = (row: number) => worker[row]! >= 0;
    const stages = bucketRows(tasks.count, pipeline.stages.length, (row) => tasks.stage[row]!).map(
      (rows) => rows.filter(ran),
    );
    this.byLeave = stages.map((rows) => new EndIndex(rows, tasks.leave));
    this.byEnd = stages.map((rows) => new EndIndex(rows, tasks.end));
    let workers = 0;
    for (let row = 0; row < tasks.count; row++) workers = Math.max(workers, worker[row]! + 1);
    // The last bucket takes what no worker ran.
    this.byWorker = bucketRows(tasks.count, workers + 1, (row) =>
      ran(row) ? worker[row]! : workers,
    )
      .slice(0, workers)
      .map((rows) => new EndIndex(rows, tasks.end));
    for (let row = 0; row < tasks.count; row++) {
      const outcome = tasks.outcome[row];
      if (outcome !== Outcome.ok && outcome !== Outcome.hit) continue;
      const rowOf = this.rowOf[tasks.stage[row]!]!;
      const first = tasks.memberStart[row]!;
      if (tasks.item[row]! >= 0) rowOf[tasks.item[row]!] = row;
      for (let m = first; first >= 0 && m < first + tasks.memberCount[row]!; m++) {
        rowOf[members.item[m]!] = row;
      }
    }
  }

  /** @param seen rows of the chain, this one among them: what comes after it cannot have let it go. */
  before(row: number, seen: ReadonlySet<number>): Predecessor {
    const { tasks } = this.trace;
    const stage = tasks.stage[row]!;
    const start = tasks.start[row]!;
    const ready = tasks.ready[row]!;
    const fromInput = this.inputOf(row);
    if (start - ready <= slackMs) return fromInput;
    // Just before it started, this was lacking.
    const gate = this.gates[stage]!.at(start - Math.min(slackMs, (start - ready) / 2));
    if (gate === Gate.permit) {
      const holder = this.byLeave[stage]!.lastBy(start + slackMs, seen);
      if (holder >= 0) return { row: holder, waitedFor: 'permit', freedMs: tasks.leave[holder]! };
    }
    if (gate === Gate.limit) {
      const names = Object.keys(this.pipeline.stages[stage]!.uses);
      let holder = -1;
      this.pipeline.stages.forEach((other, index) => {
        if (!names.some((name) => name in other.uses)) return;
        const found = this.byEnd[index]!.lastBy(start + slackMs, seen);
        if (found >= 0 && (holder < 0 || tasks.end[found]! > tasks.end[holder]!)) holder = found;
      });
      if (holder >= 0) return { row: holder, waitedFor: 'limit', freedMs: tasks.end[holder]! };
    }
    const holder = this.byWorker[tasks.worker[row]!]?.lastBy(start + slackMs, seen) ?? -1;
    if (holder >= 0 && tasks.end[holder]! > ready + slackMs) {
      return { row: holder, waitedFor: 'worker', freedMs: tasks.end[holder]! };
    }
    return fromInput;
  }

  /** The task whose output came last. */
  private inputOf(row: number): Predecessor {
    const { tasks, members, items } = this.trace;
    const stage = tasks.stage[row]!;
    const none: Predecessor = { row: -1, waitedFor: 'arrival', freedMs: 0 };
    const first = tasks.memberStart[row]!;
    const inputs =
      first >= 0
        ? Array.from(members.item.subarray(first, first + tasks.memberCount[row]!))
        : [tasks.item[row]!];
    let best = none;
    for (const input of inputs) {
      for (const parent of parentsFor(this.parents[stage]!, items, input)) {
        for (let item = input; item >= 0; item = items.parent[item]!) {
          const from = this.rowOf[parent]![item]!;
          if (from < 0 || from === row) continue;
          const freedMs = tasks.leave[from]!;
          if (best.row < 0 || freedMs > best.freedMs)
            best = { row: from, waitedFor: 'input', freedMs };
          break;
        }
      }
    }
    return best;
  }
}

/** Rows, given ascending, in the order of a time of theirs. */
class EndIndex {
  private readonly rows: Int32Array;
  private readonly ends: Float64Array;

  constructor(rows: Int32Array, times: Float64Array) {
    this.rows = sortedBy(rows.slice(), times);
    this.ends = Float64Array.from(this.rows, (row) => times[row]!);
  }

  /**
   * The last row whose time is at most `ms`, but none of `not`; -1: none. Live clocks tick in steps, so
   * several short tasks may share an instant, each of them the last by then.
   */
  lastBy(ms: number, not: ReadonlySet<number>): number {
    let index = upperBound(this.ends, ms) - 1;
    while (index >= 0 && not.has(this.rows[index]!)) index--;
    return index < 0 ? -1 : this.rows[index]!;
  }
}
