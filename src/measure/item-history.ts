import { Gate, Outcome, type Trace } from '../trace/types.ts';
import { gateHistories } from './gates.ts';

/** One task an item went through. Times in ms of the run's clock. */
export interface ItemStep {
  row: number;
  stage: number;
  attempt: number;
  outcome: Outcome;
  arriveMs: number;
  readyMs: number;
  startMs: number;
  endMs: number;
  leaveMs: number;
  /** How long it waited for what before it started. */
  waits: { for: 'item' | 'permit' | 'limit' | 'worker' | 'paused'; ms: number }[];
}

/** The tasks of an item and of what it came from or became, by start. O(tasks): ask for one at a time. */
export function itemHistory(trace: Trace, item: number): ItemStep[] {
  const { tasks, members, items } = trace;
  const related = (other: number) => descends(items, other, item) || descends(items, item, other);
  const gates = gateHistories(trace);
  const steps: ItemStep[] = [];
  for (let row = 0; row < tasks.count; row++) {
    const first = tasks.memberStart[row]!;
    let arriveMs = tasks.arrive[row]!;
    let takesPart = first < 0 && tasks.item[row]! >= 0 && related(tasks.item[row]!);
    for (let member = first; first >= 0 && member < first + tasks.memberCount[row]!; member++) {
      if (!related(members.item[member]!)) continue;
      takesPart = true;
      arriveMs = members.arrive[member]!;
      break;
    }
    if (!takesPart) continue;
    const stage = tasks.stage[row]!;
    const hit = tasks.outcome[row] === Outcome.hit;
    const readyMs = tasks.ready[row]!;
    const startMs = tasks.worker[row]! < 0 && !hit ? tasks.leave[row]! : tasks.start[row]!;
    const shut = (gate: Gate) => gates[stage]!.shutMs(gate, readyMs, startMs);
    const known = hit ? 0 : shut(Gate.permit) + shut(Gate.limit) + shut(Gate.paused);
    const waits: ItemStep['waits'] = [
      { for: 'item', ms: readyMs - arriveMs },
      { for: 'permit', ms: hit ? 0 : shut(Gate.permit) },
      { for: 'limit', ms: hit ? 0 : shut(Gate.limit) },
      { for: 'worker', ms: hit ? 0 : startMs - readyMs - known },
      { for: 'paused', ms: hit ? 0 : shut(Gate.paused) },
    ];
    steps.push({
      row,
      stage,
      attempt: tasks.attempt[row]!,
      outcome: tasks.outcome[row]! as Outcome,
      arriveMs,
      readyMs,
      startMs,
      endMs: tasks.end[row]!,
      leaveMs: tasks.leave[row]!,
      waits: waits.filter((wait) => wait.ms > 1e-9),
    });
  }
  return steps.sort((a, b) => a.startMs - b.startMs || a.leaveMs - b.leaveMs);
}

function descends(items: Trace['items'], item: number, ancestor: number): boolean {
  for (let row = item; row >= 0; row = items.parent[row]!) if (row === ancestor) return true;
  return false;
}
