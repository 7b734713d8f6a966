import { upperBound } from '../base/bisect.ts';
import { Gate, Mark, type Trace } from '../trace/types.ts';

/** What held a stage's queue back over time, as the scheduler noted it. */
export class GateHistory {
  private readonly time: number[] = [];
  private readonly gate: number[] = [];
  /** before[g][i]: ms that gate g was shut before time[i]. */
  private readonly before: number[][] = allGates.map(() => []);

  add(ms: number, gate: number): void {
    const last = this.time.length - 1;
    for (const g of allGates) {
      const lasted = last >= 0 && this.gate[last] === g ? ms - this.time[last]! : 0;
      this.before[g]!.push((this.before[g]![last] ?? 0) + lasted);
    }
    this.time.push(ms);
    this.gate.push(gate);
  }

  at(ms: number): Gate {
    const index = upperBound(this.time, ms) - 1;
    return (index < 0 ? Gate.open : this.gate[index]!) as Gate;
  }

  /** ms of [fromMs, toMs] during which this gate was shut. */
  shutMs(gate: Gate, fromMs: number, toMs: number): number {
    return this.shutBefore(gate, toMs) - this.shutBefore(gate, fromMs);
  }

  /** The moments of change, ascending. */
  get times(): readonly number[] {
    return this.time;
  }

  private shutBefore(gate: Gate, ms: number): number {
    const index = upperBound(this.time, ms) - 1;
    if (index < 0) return 0;
    const within = this.gate[index] === gate ? ms - this.time[index]! : 0;
    return this.before[gate]![index]! + within;
  }
}

const allGates = [Gate.open, Gate.permit, Gate.limit, Gate.worker, Gate.paused] as const;

/** One history a stage, by stage index. */
export function gateHistories(trace: Trace): GateHistory[] {
  const { marks, meta } = trace;
  const histories = meta.stages.map(() => new GateHistory());
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.kind[mark] !== Mark.gate) continue;
    histories[marks.stage[mark]!]?.add(marks.time[mark]!, marks.value[mark]!);
  }
  return histories;
}
