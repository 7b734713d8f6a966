import { lowerBound, upperBound } from '../../base/bisect.ts';
import { blockedLevels, runningLevels } from '../../measure/concurrency.ts';
import { sourceLine } from '../../measure/source-line.ts';
import { sortTimes, type StepSeries } from '../../measure/step-series.ts';
import { TimeList } from '../../measure/time-list.ts';
import { lostItems } from '../../trace/lost-items.ts';
import { Mark, type Trace } from '../../trace/types.ts';
import { sourceId } from './flow-model.ts';
import type { StageState } from './stage-state.ts';

/** Any instant of a trace, in O(log n) for each stage; what is behind it is built once, when first asked. */
export interface StateLookup {
  /** By stage id, and `sourceId`. An entry stays the same object for as long as nothing in it changes. */
  at(ms: number): ReadonlyMap<string, StageState>;
  /** The nearest instant after (1) or before (−1) this one at which anything in it changes; null: none. */
  changeFrom(ms: number, way: 1 | -1): number | null;
}

/** @param queues the queue levels of the stages, by index. */
export function stateLookup(trace: Trace, queues: readonly StepSeries[]): StateLookup {
  let built: StageHistory[] | null = null;
  const histories = (): StageHistory[] => (built ??= historiesOf(trace, queues));
  return {
    at: (ms) => new Map(histories().map((history) => [history.id, history.at(ms)])),
    changeFrom(ms, way) {
      let nearest: number | null = null;
      for (const history of histories()) {
        const next = history.changeFrom(ms, way);
        if (next !== null && (nearest === null || (next - nearest) * way < 0)) nearest = next;
      }
      return nearest;
    },
  };
}

function historiesOf(trace: Trace, queues: readonly StepSeries[]): StageHistory[] {
  const running = runningLevels(trace);
  const blocked = blockedLevels(trace);
  const begun = begunTasks(trace);
  const dropped = droppedItems(trace);
  const none: StepSeries = { time: new Float64Array(0), value: new Float64Array(0) };
  const stages = trace.meta.stages.map(
    ({ id }, index) =>
      new StageHistory(
        id,
        [queues[index]!, running[index]!, blocked[index]!],
        [begun[index]!, dropped[index]!],
      ),
  );
  const source = new StageHistory(
    sourceId,
    [sourceLine(trace), none, none],
    [admittedItems(trace), none.time],
  );
  return [source, ...stages];
}

class StageHistory {
  readonly id: string;
  /** queued, running, blocked */
  private readonly levels: readonly StepSeries[];
  /** tasks, dropped */
  private readonly counts: readonly Float64Array[];
  private last: StageState = { queued: -1, running: 0, blocked: 0, tasks: 0, dropped: 0 };

  constructor(id: string, levels: readonly StepSeries[], counts: readonly Float64Array[]) {
    this.id = id;
    this.levels = levels;
    this.counts = counts;
  }

  at(ms: number): StageState {
    const level = (of: number): number => {
      const { time, value } = this.levels[of]!;
      return value[upperBound(time, ms) - 1] ?? 0;
    };
    const now: StageState = {
      queued: level(0),
      running: level(1),
      blocked: level(2),
      tasks: upperBound(this.counts[0]!, ms),
      dropped: upperBound(this.counts[1]!, ms),
    };
    const { last } = this;
    const isSame =
      now.queued === last.queued &&
      now.running === last.running &&
      now.blocked === last.blocked &&
      now.tasks === last.tasks &&
      now.dropped === last.dropped;
    return isSame ? last : (this.last = now);
  }

  changeFrom(ms: number, way: 1 | -1): number | null {
    let nearest: number | null = null;
    for (const times of [...this.levels.map(({ time }) => time), ...this.counts]) {
      const next = way > 0 ? times[upperBound(times, ms)] : times[lowerBound(times, ms) - 1];
      if (next !== undefined && (nearest === null || (next - nearest) * way < 0)) nearest = next;
    }
    return nearest;
  }
}

/** When each stage's tasks began, ascending. */
function begunTasks({ tasks, meta }: Trace): Float64Array[] {
  const times = meta.stages.map(() => new TimeList());
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! >= 0) times[tasks.stage[row]!]!.push(tasks.dispatch[row]!);
  }
  return times.map((own) => sortTimes(own.taken()));
}

/** When items were lost at each stage, ascending. */
function droppedItems({ marks, meta }: Trace): Float64Array[] {
  const times = meta.stages.map(() => new TimeList());
  for (const mark of lostItems(marks)) times[marks.stage[mark]!]?.push(marks.time[mark]!);
  return times.map((own) => sortTimes(own.taken()));
}

/** When source items were let in, ascending. */
function admittedItems({ items, marks, meta }: Trace): Float64Array {
  const later = new Set<number>();
  const times = new TimeList();
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.kind[mark] !== Mark.admitted) continue;
    later.add(marks.item[mark]!);
    times.push(marks.time[mark]!);
  }
  let left = meta.items.emitted;
  for (let item = 0; item < items.count && left > 0; item++) {
    if (items.parent[item] !== -1) continue;
    left--;
    if (!later.has(item)) times.push(items.arrive[item]!);
  }
  return sortTimes(times.taken());
}
