import { Gate, type Trace } from '../trace/types.ts';
import type { BoundTerm } from './bound.ts';
import { takenMachine } from './taken-machine.ts';
import { addSourceWaits, addTaskWaits } from './holding-waits.ts';
import type { GateSpans, Holding, Part } from './holding.ts';
import { holdsFrom, sharedParents, type Inlet } from './held-back.ts';
import { limitSpans } from './limit-use.ts';
import { RunLevels } from './run-levels.ts';
import { bothOf, spanFrom, SpanList, unionOf, without } from './span-sets.ts';
import { countingSeries, type StepSeries } from './step-series.ts';
import { noSpans, spansWhere, throttledSpans, type Spans } from './throttling.ts';
import { TimeList } from './time-list.ts';

/**
 * What held tasks back in this run, and when, by the gates that the scheduler noted; what never did is left
 * out. A task waits for one thing at a time (first its permit, then its limits, then a worker), so the
 * waits of permits, limits and workers add up to what tasks waited.
 *
 * @param bounds of this run (`lowerBound`): where a task lacks a permit while no worker or core is free
 * either, the two are lacking at once, and the one with the larger bound is the cause.
 */
export function holdingsOf(levels: RunLevels, bounds: readonly BoundTerm[]): Holding[] {
  const { pipeline, graph, trace } = levels;
  const gates = pipeline.stages.map((_, stage) => gateSpans(levels, stage));
  const missed = missedAfter(levels, gates);
  const isShared = sharedParents(graph.parents);
  const inlets = pipeline.stages.map((stage, index): Inlet => {
    const parents = graph.parents[index]!;
    const { capacity, whenFull } = stage.buffer;
    const bounded = whenFull === 'throttle' ? capacity : null;
    return { capacity: bounded, parents, isShared: isShared(parents) };
  });
  const taken = takenMachine(levels);
  const boundOf = (by: string) => bounds.find((term) => term.by === by)?.valueMs ?? 0;
  const machineMs = Math.max(boundOf('workers'), boundOf('cores'));
  /** When this lacked and made a difference; what is rather the machine's doing goes there. */
  const machine: Spans[] = [];
  const rootOf = (key: string, spans: Spans): Spans => {
    if (boundOf(key) > machineMs) return spans;
    machine.push(bothOf(spans, taken));
    return without(spans, taken);
  };
  const parts: Part[] = [];
  pipeline.stages.forEach((stage, index) => {
    const own = gates[index]!;
    const nested = bothOf(own.permit, levels.blockedSpans[index]!);
    const key = `permits:${stage.id}`;
    const root = rootOf(key, bothOf(without(own.permit, nested), missed[index]!));
    parts.push(part(key, 'permits', index, own.permit, nested, root));
    const full = bufferSpans(levels, inlets[index]!, index);
    const whyFull = bothOf(full, own.shut);
    parts.push(part(`buffer:${stage.id}`, 'buffer', index, full, whyFull, without(full, whyFull)));
  });
  // Who waits for what is shared is followed as well: it is missed by those after it, or it is not.
  const needed = (gate: 'limit' | 'worker') =>
    unionOf(gates.map((own, stage) => bothOf(own[gate], missed[stage]!)));
  const limits = limitSpans(
    levels,
    gates.map((own) => own.limit),
  );
  const limitsNeeded = needed('limit');
  for (const [name, spans] of limits) {
    const root = rootOf(`limit:${name}`, bothOf(spans, limitsNeeded));
    parts.push(part(`limit:${name}`, 'limit', -1, spans, noSpans, root));
  }
  const workers = unionOf(gates.map((own) => own.worker));
  const workersRoot = unionOf([needed('worker'), ...machine]);
  parts.push(part('workers', 'workers', -1, workers, noSpans, workersRoot));
  const inside = unionOf(gates.map((own) => own.shut));
  for (const { key, spans } of sourceHoldings(levels, inlets)) {
    const nested = bothOf(spans, inside);
    parts.push(part(key, key, -1, spans, nested, without(spans, nested)));
  }
  addTaskWaits(levels, parts, gates);
  addSourceWaits(levels, parts);
  return parts.filter(
    ({ spans, root, waitMs }) =>
      spans.from.length + root.from.length > 0 || waitMs > leastMs(trace),
  );
}

/** Less is what rounding leaves. */
const leastMs = ({ meta }: Trace): number => meta.makespan / 1e9;

const part = (
  key: string,
  kind: Holding['kind'],
  stage: number,
  spans: Spans,
  nested: Spans,
  root: Spans,
): Part => ({ key, kind, stage, spans, nested, root, waitMs: 0, nestedMs: 0, waiters: new Map() });

/**
 * By stage: when what it held was missed, as some stage after it had nothing waiting. At the last stages
 * always: what they hold is missed at the end.
 */
function missedAfter({ graph, endMs }: RunLevels, gates: readonly GateSpans[]): Spans[] {
  const children = gates.map((): number[] => []);
  graph.parents.forEach((parents, stage) =>
    parents.forEach((parent) => children[parent]!.push(stage)),
  );
  const missed = gates.map(() => spanFrom(0, endMs));
  for (const stage of graph.order.toReversed()) {
    if (children[stage]!.length === 0) continue;
    // A stage is supplied while tasks of its own wait; else what it lacks is missed as far as those after it miss it.
    missed[stage] = unionOf(
      children[stage]!.map((child) => without(missed[child]!, gates[child]!.shut)),
    );
  }
  return missed;
}

/** One pass: a million tasks leave millions of steps. */
function gateSpans({ gates, endMs }: RunLevels, stage: number): GateSpans {
  const { time, value } = gates[stage]!;
  const lists = Array.from({ length: Gate.paused + 1 }, () => new SpanList());
  const shut = new SpanList();
  for (let i = 0; i < time.length; i++) {
    const gate = value[i]!;
    if (gate === Gate.open) continue;
    const toMs = time[i + 1] ?? Math.max(endMs, time[i]!);
    lists[gate]!.add(time[i]!, toMs);
    if (gate !== Gate.paused) shut.add(time[i]!, toMs);
  }
  const of = (gate: Gate) => lists[gate]!.taken();
  return {
    permit: of(Gate.permit),
    limit: of(Gate.limit),
    worker: of(Gate.worker),
    paused: of(Gate.paused),
    shut: shut.taken(),
  };
}

/** When a buffer held back a stage that feeds it, or the source. */
function bufferSpans(levels: RunLevels, inlet: Inlet, stage: number): Spans {
  if (inlet.capacity === null) return noSpans;
  const { queues, blocked, source, endMs } = levels;
  return throttledSpans(inlet, queues[stage]!, blocked, source, endMs);
}

/** When the number of items in flight, or their bytes, kept the source from letting the next one in. */
function sourceHoldings(
  levels: RunLevels,
  inlets: readonly Inlet[],
): { key: 'in-flight' | 'memory'; spans: Spans }[] {
  const { pipeline, source, queues, endMs, trace } = levels;
  const { inFlight, memory } = pipeline.machine;
  if (inFlight === null && memory === null) return [];
  const inside = itemsInside(trace);
  const isFull = (items: number) => inFlight !== null && items >= inFlight;
  const roots = inlets.flatMap((inlet, stage) =>
    inlet.parents.length === 0 && inlet.capacity !== null
      ? [{ queue: queues[stage]!, least: holdsFrom(inlet) }]
      : [],
  );
  const series = [source, inside, ...roots.map(({ queue }) => queue)];
  const atLimit = spansWhere(series, endMs, ([line, items]) => line! > 0 && isFull(items!));
  // Bytes are only known when a task leaves: where nothing else can have held the source, they did.
  const overMark = spansWhere(
    series,
    endMs,
    ([line, items, ...queued]) =>
      line! > 0 && !isFull(items!) && !roots.some(({ least }, i) => queued[i]! >= least),
  );
  return [
    { key: 'in-flight', spans: atLimit },
    ...(memory === null ? [] : [{ key: 'memory' as const, spans: overMark }]),
  ];
}

/** Source items that were let in and have not ended. */
function itemsInside({ items, marks, meta }: Trace): StepSeries {
  const admitted = items.arrive.slice(0, items.count);
  for (let mark = 0; mark < marks.count; mark++)
    if (
      marks.item[mark]! >= 0 &&
      marks.stage[mark] === -1 &&
      marks.time[mark]! > admitted[marks.item[mark]!]!
    )
      admitted[marks.item[mark]!] = marks.time[mark]!;
  const up = new TimeList();
  const down = new TimeList();
  let left = meta.items.emitted;
  for (let item = 0; item < items.count && left > 0; item++) {
    if (items.parent[item] !== -1) continue;
    left--;
    up.push(admitted[item]!);
    if (!Number.isNaN(items.end[item]!)) down.push(items.end[item]!);
  }
  return countingSeries(up.taken(), down.taken());
}
