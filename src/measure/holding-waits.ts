import { Outcome } from '../trace/types.ts';
import type { GateSpans, Part } from './holding.ts';
import type { RunLevels } from './run-levels.ts';
import { SpanClock, unionOf, without } from './span-sets.ts';
import type { StepSeries } from './step-series.ts';
import { noSpans, type Spans } from './throttling.ts';

/** Each task's waits go to what it waited for. */
export function addTaskWaits(
  levels: RunLevels,
  parts: readonly Part[],
  gates: readonly GateSpans[],
): void {
  const { tasks } = levels.trace;
  const byKey = new Map(parts.map((one) => [one.key, one]));
  const workers = byKey.get('workers')!;
  const stages = levels.pipeline.stages.map((stage, index) => {
    const permits = byKey.get(`permits:${stage.id}`)!;
    const limits = Object.keys(stage.uses).flatMap((name) => byKey.get(`limit:${name}`) ?? []);
    return {
      permits,
      permit: new SpanClock(gates[index]!.permit),
      nested: new SpanClock(permits.nested),
      limit: new SpanClock(gates[index]!.limit),
      limits: limits.map((one) => ({ one, clock: new SpanClock(one.spans) })),
      paused: new SpanClock(gates[index]!.paused),
      feeds: feedsOf(levels, index, byKey),
    };
  });
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.outcome[row] === Outcome.hit) continue;
    const index = tasks.stage[row]!;
    const own = stages[index]!;
    const ran = tasks.worker[row]! >= 0;
    const from = tasks.ready[row]!;
    const to = ran ? tasks.start[row]! : tasks.leave[row]!;
    if (to > from) {
      const permitMs = own.permit.within(from, to);
      if (permitMs > 0) add(own.permits, index, permitMs, own.nested.within(from, to));
      const limitMs = own.limit.within(from, to);
      if (limitMs > 0) share(own.limits, from, to, limitMs, (one, ms) => add(one, index, ms, 0));
      const restMs = to - from - permitMs - limitMs - own.paused.within(from, to);
      if (restMs > 1e-9) add(workers, index, restMs, 0);
    }
    const blockedMs = ran ? tasks.leave[row]! - tasks.end[row]! : 0;
    if (blockedMs > 0)
      share(own.feeds, tasks.end[row]!, tasks.leave[row]!, blockedMs, (one, ms) => {
        const { nested } = own.feeds.find((each) => each.one === one)!;
        add(one, index, ms, Math.min(ms, nested.within(tasks.end[row]!, tasks.leave[row]!)));
      });
  }
}

interface Feed {
  one: Part;
  clock: SpanClock;
}

function feedsOf(
  { pipeline, graph }: RunLevels,
  index: number,
  byKey: ReadonlyMap<string, Part>,
): (Feed & { nested: SpanClock })[] {
  return pipeline.stages.flatMap((stage, child) => {
    const { capacity, whenFull } = stage.buffer;
    if (!graph.parents[child]!.includes(index) || capacity === null || whenFull !== 'throttle')
      return [];
    const one = byKey.get(`buffer:${stage.id}`)!;
    return [{ one, clock: new SpanClock(one.spans), nested: new SpanClock(one.nested) }];
  });
}

/** Splits a wait among those that it can have been for, by how long each held then: counted once in all. */
function share(
  among: readonly Feed[],
  from: number,
  to: number,
  wholeMs: number,
  give: (one: Part, ms: number) => void,
): void {
  if (among.length === 0) return;
  if (among.length === 1) return give(among[0]!.one, wholeMs);
  const held = among.map(({ clock }) => clock.within(from, to));
  const sum = held.reduce((total, ms) => total + ms, 0);
  among.forEach(({ one }, i) => {
    const ms = sum > 0 ? (wholeMs * held[i]!) / sum : wholeMs / among.length;
    if (ms > 0) give(one, ms);
  });
}

function add(one: Part, waiter: number, ms: number, nestedMs: number): void {
  one.waitMs += ms;
  one.nestedMs += nestedMs;
  one.waiters.set(waiter, (one.waiters.get(waiter) ?? 0) + ms);
}

/** Items that wait at the source go to what keeps it from letting them in: the innermost first. */
export function addSourceWaits({ source, graph }: RunLevels, parts: readonly Part[]): void {
  const isAtSource = ({ kind, stage }: Part) =>
    kind === 'in-flight' ||
    kind === 'memory' ||
    (kind === 'buffer' && graph.parents[stage]!.length === 0);
  let taken = noSpans;
  for (const one of parts.filter(isAtSource)) {
    const ms = integralOver(source, without(one.spans, taken));
    if (ms > 0) add(one, -1, ms, integralOver(source, without(one.nested, taken)));
    taken = unionOf([taken, one.spans]);
  }
}

/** ∫ series dt over the spans. */
function integralOver({ time, value }: StepSeries, spans: Spans): number {
  let sum = 0;
  let step = 0;
  for (let i = 0; i < spans.from.length; i++) {
    const from = spans.from[i]!;
    const to = spans.to[i]!;
    while (step > 0 && time[step]! > from) step--;
    while (step + 1 < time.length && time[step + 1]! <= from) step++;
    for (let at = step; at < time.length && time[at]! < to; at++) {
      const lasted = Math.min(to, time[at + 1] ?? to) - Math.max(from, time[at]!);
      if (lasted > 0) sum += value[at]! * lasted;
    }
  }
  return sum;
}
