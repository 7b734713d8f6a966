import { ceilings } from '../../pipeline/ceilings.ts';
import type { Draw, Phase, StageDocument } from '../../pipeline/types.ts';
import { listed, oneOf, type Chosen, type ImportChoice, type Imported } from './imported.ts';
import { edgesOf } from './recorded-edges.ts';
import { roundedMs, selfTimes, type Recording, type Span } from './recorded-spans.ts';
import { Refusal } from './refusal.ts';
import { isSpeedscope, readSpeedscope } from './speedscope.ts';
import { stageIds } from './stage-ids.ts';
import { recordingOf } from './trace-events.ts';
import { readTraceFile } from './trace-json.ts';

/** A graph of more is no picture any longer; what took less is one stage together. */
const namesMax = 60;
/** Durations of all stages together: 12 letters each, and a document has 4 MiB. */
const durationsMax = 150_000;
const rest = 'everything else';

/** What one stage is made of. */
interface Group {
  name: string;
  /** What its id is made of. */
  key: string;
  /** Places in the spans, in the order of their starts. */
  members: number[];
  totalMs: number;
  threads: number;
}

/**
 * Recorded spans as a pipeline: a stage for each name, an item for each time that the most frequent one was seen. What
 * a span took is its own time, without what was called inside it; where CPU time was measured the rest is a wait.
 * @throws {Refusal}
 */
export function importChromeTrace(text: string, name: string, chosen: Chosen = {}): Imported {
  const file = readTraceFile(text);
  const whole = 'events' in file ? recordingOf(file) : other(file.other);
  const process = processChoice(whole, chosen);
  const recording = process === null ? whole : onlyOf(whole, process.value);
  const order = oneOf(chosen, 'order', 'Stages are', [
    ['row', 'one after another, as they first started'],
    ['apart', 'side by side'],
  ]);
  const { wallMs, cpuMs } = selfTimes(recording);
  const groups = groupsOf(recording, wallMs);
  const items = itemsOf(recording, groups);
  const ids = stageIds(groups.map((group) => group.key));
  const edges = edgesOf(
    recording,
    groups.map(({ members }) => members),
  );
  const hasArrows = recording.arrows.length > 0;
  const isRow = !hasArrows && order.value === 'row';
  const threads = new Set(recording.spans.map(({ thread }) => thread)).size;
  const stages = groups.map((group, at): StageDocument => {
    const after = isRow ? (at === 0 ? [] : [ids[at - 1]!]) : edges[at]!.map((from) => ids[from]!);
    const took = sums(group, items, wallMs, cpuMs);
    return {
      id: ids[at]!,
      ...(group.name === ids[at] ? {} : { name: group.name }),
      ...(after.length === 0 ? {} : { after }),
      work: { kind: 'synthetic', phases: phasesOf(took, recording.areWaits) },
      ...(group.threads < threads && !recording.areWaits ? { permits: group.threads } : {}),
    };
  });
  const document: Imported['document'] = {
    format: 'millrace/1',
    name,
    notes: notesOf(recording, threads),
    source: { kind: 'count', count: items.count },
    stages,
    machine: recording.areWaits
      ? { workers: 1, tasksPerWorker: ceilings.tasksPerWorker }
      : { cores: Math.min(threads, ceilings.cores), workers: 'cores' },
  };
  return {
    document,
    remarks: remarksOf(recording, { hasArrows, threads, items, groups }),
    choices: [...(process ? [process] : []), ...(hasArrows || groups.length < 2 ? [] : [order])],
  };
}

function other(value: unknown): Recording {
  if (isSpeedscope(value)) return readSpeedscope(value);
  throw new Refusal('there is no "traceEvents" in it');
}

/** Runs of our own stand side by side in a trace: one of them is meant. Programs' processes work together. */
function processChoice(
  { isOwn, spans, threads, processes }: Recording,
  chosen: Chosen,
): (ImportChoice & { kind: 'one-of' }) | null {
  const used = [...new Set(spans.map(({ thread }) => threads[thread]!.process))];
  if (used.length < 2) return null;
  const named = used
    .slice(0, namesMax)
    .map((key) => [key, processes.get(key) ?? `Process ${key}`] as const);
  const all = ['', 'all of them'] as const;
  return oneOf(chosen, 'process', isOwn ? 'Run' : 'Process', isOwn ? named : [all, ...named]);
}

function onlyOf(whole: Recording, process: string): Recording {
  if (process === '') return whole;
  const places = new Map<number, number>();
  const spans: Span[] = [];
  whole.spans.forEach((span, at) => {
    if (whole.threads[span.thread]!.process !== process) return;
    places.set(at, spans.length);
    spans.push(span);
  });
  const arrows = whole.arrows.flatMap(([from, to]): [number, number][] => {
    const ends = [places.get(from), places.get(to)] as const;
    return ends[0] === undefined || ends[1] === undefined ? [] : [[ends[0], ends[1]]];
  });
  return { ...whole, spans, arrows };
}

function groupsOf({ spans, isOwn }: Recording, wallMs: Float64Array): Group[] {
  const keyOf = ({ name, stage }: Span): string => (isOwn ? stage : null) ?? name;
  const byKey = new Map<string, number[]>();
  const inOrder = [...spans.keys()].sort((a, b) => spans[a]!.startMs - spans[b]!.startMs || a - b);
  for (const at of inOrder) {
    const key = keyOf(spans[at]!);
    const members = byKey.get(key);
    if (members) members.push(at);
    else byKey.set(key, [at]);
  }
  const groups = Array.from(byKey, ([key, members]) =>
    groupOf({ key, name: spans[members[0]!]!.name }, members, spans, wallMs),
  );
  const most = isOwn ? ceilings.stages : namesMax;
  if (groups.length <= most) return groups;
  const ranked = groups.toSorted((a, b) => b.totalMs - a.totalMs);
  const kept = new Set(ranked.slice(0, most - 1));
  const members = ranked.slice(most - 1).flatMap((group) => group.members);
  members.sort((a, b) => spans[a]!.startMs - spans[b]!.startMs || a - b);
  return [
    ...groups.filter((group) => kept.has(group)),
    groupOf({ key: rest, name: rest }, members, spans, wallMs),
  ];
}

function groupOf(
  named: Pick<Group, 'key' | 'name'>,
  members: number[],
  spans: readonly Span[],
  wallMs: Float64Array,
): Group {
  return {
    ...named,
    members,
    totalMs: members.reduce((sum, at) => sum + wallMs[at]!, 0),
    threads: new Set(members.map((at) => spans[at]!.thread)).size,
  };
}

interface Items {
  count: number;
  /** The item that a group's span belongs to, by its place in the group. */
  of: (group: Group, place: number) => number;
  /** Several spans in a row are one item. */
  areMerged: boolean;
}

/**
 * A trace seldom says what is worked on. Then each stage's spans are spread over all items evenly, in their order: those
 * of the most frequent stage are an item each, the others have none for some. Our own traces name their items.
 */
function itemsOf({ spans, isOwn }: Recording, groups: readonly Group[]): Items {
  const mostItems = Math.max(1, Math.floor(durationsMax / groups.length));
  if (isOwn) {
    // "7.0" is a child of item 7, "7~decode" a copy.
    const roots = spans.map(({ item }) => /^\d+/.exec(item ?? '')?.[0] ?? '');
    const known = [...new Set(roots)].filter(Boolean).sort((a, b) => Number(a) - Number(b));
    const place = new Map(known.map((root, at) => [root, at]));
    if (known.length > 0 && known.length <= mostItems) {
      // A result of all items comes with the last of them.
      const last = known.length - 1;
      const of = ({ members }: Group, at: number): number =>
        place.get(roots[members[at]!]!) ?? last;
      return { count: known.length, of, areMerged: false };
    }
  }
  const most = Math.max(...groups.map(({ members }) => members.length));
  const count = Math.min(most, mostItems);
  return {
    count,
    of: ({ members }, place) => Math.floor((place * count) / members.length),
    areMerged: most > count,
  };
}

function sums(
  group: Group,
  items: Items,
  wallMs: Float64Array,
  cpuMs: Float64Array,
): { cpu: number[]; wait: number[] } {
  const cpu = new Array<number>(items.count).fill(0);
  const wait = new Array<number>(items.count).fill(0);
  group.members.forEach((at, place) => {
    const item = items.of(group, place);
    cpu[item]! += cpuMs[at]!;
    wait[item]! += wallMs[at]! - cpuMs[at]!;
  });
  return { cpu: cpu.map(roundedMs), wait: wait.map(roundedMs) };
}

function phasesOf({ cpu, wait }: { cpu: number[]; wait: number[] }, areWaits: boolean): Phase[] {
  const draw = (list: number[]): Draw =>
    list.every((ms) => ms === list[0]) ? list[0]! : { perItem: list };
  if (areWaits) return [{ wait: draw(cpu) }];
  return [...(wait.some((ms) => ms > 0) ? [{ wait: draw(wait) }] : []), { cpu: draw(cpu) }];
}

function remarksOf(
  recording: Recording,
  made: { hasArrows: boolean; threads: number; items: Items; groups: readonly Group[] },
): string[] {
  const { hasArrows, threads, items, groups } = made;
  const other = groups.find(({ name }) => name === rest);
  return [
    recording.areWaits
      ? 'All events in it are asynchronous: they are waits.'
      : `Every name is a stage; what it took is its own time on ${threads === 1 ? 'one thread' : `${threads} threads`}, without what was called inside it. Pauses between events are left out.`,
    ...(hasArrows
      ? ['What follows what is taken from the arrows in it.']
      : groups.length > 1
        ? ['The trace does not say what follows what.']
        : []),
    ...(items.areMerged
      ? ['It has more events than a document has room for: several in a row are one item.']
      : []),
    ...(other
      ? [`${namesMax - 1} names are stages; the others, which took less, are one stage together.`]
      : []),
    ...recording.remarks,
  ];
}

function notesOf({ threads, spans }: Recording, count: number): string {
  const used = [...new Set(spans.map(({ thread }) => thread))].map(
    (thread) => threads[thread]!.name,
  );
  const names = listed(used.map((name) => name.replace(/[\\`*_[\]<>#|]/g, '\\$&')));
  return `A recorded trace of ${count === 1 ? 'one thread' : `${count} threads`} (${names}).

A stage is what has one name in it, and an item takes what was recorded, in its order. A stage has as many permits as threads were seen to run it.`;
}
