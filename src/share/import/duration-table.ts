import { dsvFormat } from 'd3';
import { formatCount } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import type { StageDocument } from '../../pipeline/types.ts';
import { oneOf, type Chosen, type Imported } from './imported.ts';
import { Refusal, refuseLine } from './refusal.ts';
import { stageIds } from './stage-ids.ts';

/** ms in a unit. */
const unitMs: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, nanosecond: 1e-6, µs: 1e-3, μs: 1e-3, us: 1e-3, microsecond: 1e-3 },
  ...{ ms: 1, millisecond: 1, s: 1000, sec: 1000, second: 1000, min: 60_000, minute: 60_000 },
};
/** As it stands behind a column's name: "parse_s", "parse (ms)", "parse [µs]", "parse seconds", or alone. */
const unitBehind = new RegExp(`(?:^|[\\s_([-]+)(${Object.keys(unitMs).join('|')})s?[\\])]*$`, 'i');
const unitLettersMax = 30;
/** "parseMs". */
const unitJoined = /(?<=[a-z])(Ns|Us|Ms)$/;

/** Columns of a table with a line a task. */
const stageWords = ['stage', 'task', 'step', 'operation', 'name'];
const itemWords = ['item', 'id', 'request', 'job', 'key'];
const startWords = ['start', 'started', 'begin', 'from'];
const endWords = ['end', 'ended', 'finish', 'finished', 'to'];
const durationWords = ['duration', 'time', 'elapsed', 'took', 'runtime', 'latency'];

/** What a schedule that was exported here has in each line, and no other table. */
const ownColumns = ['item', 'stage', 'lane', 'attempt', 'outcome', 'start_ms', 'end_ms'];

interface Table {
  /** It is a schedule that was exported here. */
  isOwn: boolean;
  header: string[];
  /** Without the header; empty lines are left out. */
  rows: { line: number; cells: string[] }[];
}

/** ms by stage, in the order of the table; NaN: there is no figure. */
type Durations = Map<string, number[]>;

/**
 * Measured durations as a pipeline of stages one after another, as CSV with commas, semicolons or tabs: a column a
 * stage and a line an item; or a line a task, with columns for its stage, its duration (or its start and its end) and, if
 * it has one, its item.
 * Durations are ms unless their column says otherwise: "parse_s", "duration (µs)".
 * @throws {Refusal}
 */
export function importDurationTable(text: string, name: string, chosen: Chosen = {}): Imported {
  const table = readTable(text);
  const unit = oneOf(chosen, 'unit', 'Durations without a unit are', [
    ...(['ms', 'µs', 's', 'min'] as const).map((known) => [known, known] as const),
  ]);
  const kind = oneOf(chosen, 'kind', 'They are', [
    ['cpu', 'work of a core'],
    ['wait', 'waits for something else'],
  ]);
  const plainMs = unitMs[unit.value]!;
  const words = table.header.map((title) => title.toLowerCase());
  const stageAt = words.findIndex((word) => stageWords.includes(word));
  const timesAt = stageAt < 0 ? null : timeColumns(table.header);
  const itemAt = words.findIndex((word) => itemWords.includes(word));
  const durations = timesAt
    ? byTask(table, { stageAt, itemAt, timesAt }, plainMs)
    : byColumn(table, plainMs);
  const count = Math.max(0, ...Array.from(durations.values(), (list) => list.length));
  if (durations.size * count > ceilings.values) refuseTooMany();
  const timed =
    timesAt !== null
      ? timesAt.map((at) => table.header[at]!)
      : table.header.filter((title) => isStage(title));
  const isUnitless = timed.some((title) => Number.isNaN(unitOf(title, NaN).ms));
  const gaps = gapsOf(durations, count);
  const document: Imported['document'] = {
    format: 'millrace/1',
    name,
    notes: notesOf(durations, count, gaps, kind.value),
    source: { kind: 'count', count },
    stages: stagesOf(durations, count, kind.value),
  };
  const remarks = [
    ...(durations.size > 1 ? ['The stages are one after another, as their names stand.'] : []),
    ...(gaps === 0 ? [] : [`${gapWords(gaps)} not in the table: they take no time.`]),
  ];
  return { document, remarks, choices: [...(isUnitless ? [unit] : []), kind] };
}

function refuseTooMany(): never {
  throw new Refusal(`it has more than ${formatCount(ceilings.values)} durations, the ceiling`);
}

function readTable(text: string): Table {
  const [first = ''] = text.split(/\r?\n/, 1);
  const counts = [',', ';', '\t'].map((mark) => [mark, first.split(mark).length] as const);
  const [delimiter] = counts.reduce((most, one) => (one[1] > most[1] ? one : most));
  const [head = [], ...body] = dsvFormat(delimiter).parseRows(text);
  const header = head.map((title) => title.trim());
  if (header.some((title) => title !== '' && numberOf(title) !== null)) {
    refuseLine(
      1,
      'it has figures where the names of the stages are expected, such as "parse,render"',
    );
  }
  const rows = body
    .map((cells, at) => ({ line: at + 2, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw new Refusal('there is no line of durations below the names');
  const isOwn = ownColumns.every((title, at) => header[at] === title);
  return { isOwn, header, rows };
}

/** A column's name without its unit, and ms in that unit, or in the plain one; `isUnit`: it is nothing else. */
function unitOf(title: string, plainMs: number): { stem: string; ms: number; isUnit: boolean } {
  // A unit and its marks are a few letters: of a long name only the end is searched.
  const from = Math.max(0, title.length - unitLettersMax);
  const end = title.slice(from);
  const found = unitBehind.exec(end) ?? unitJoined.exec(end);
  if (!found) return { stem: title, ms: plainMs, isUnit: false };
  const stem = title.slice(0, from + found.index).trim();
  const ms = unitMs[found[1]!.toLowerCase()]!;
  return { stem: stem || title, ms, isUnit: stem === '' };
}

/** Of a line's task: the column of its duration; or those of its start and its end. null: there is neither. */
function timeColumns(header: readonly string[]): number[] | null {
  const isIn = (words: readonly string[], isUnitEnough: boolean) => (title: string) => {
    const { stem, isUnit } = unitOf(title, 1);
    return (isUnitEnough && isUnit) || words.includes(stem.toLowerCase());
  };
  const duration = header.findIndex(isIn(durationWords, true));
  if (duration >= 0) return [duration];
  const ends = [startWords, endWords].map((words) => header.findIndex(isIn(words, false)));
  return ends.every((at) => at >= 0) ? ends : null;
}

/** Decimal commas are read where commas do not part the cells. null: it is no number. */
function numberOf(cell: string): number | null {
  const plain = /^[+-]?\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell;
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

function durationOf(cell: string, line: number, title: string, unit: number): number {
  if (cell === '') return NaN;
  const value = numberOf(cell);
  if (value === null || value < 0 || value * unit > ceilings.timeMs) {
    refuseLine(
      line,
      `“${cell}” in column “${title}” is no duration: use a number of 0 or more, or nothing`,
    );
  }
  return value * unit;
}

/** Names and numbers of items say nothing of durations. */
const isStage = (title: string): boolean =>
  title !== '' && !itemWords.includes(title.toLowerCase());

function byColumn({ header, rows }: Table, plainMs: number): Durations {
  const durations: Durations = new Map();
  header.forEach((title, at) => {
    if (!isStage(title)) return;
    const { stem, ms } = unitOf(title, plainMs);
    if (durations.has(stem))
      refuseLine(1, `there are two columns “${stem}”: give one another name`);
    durations.set(
      stem,
      rows.map(({ line, cells }) => durationOf(cells[at] ?? '', line, title, ms)),
    );
  });
  if (durations.size === 0)
    refuseLine(1, 'no column is named after a stage, such as "parse,render"');
  return durations;
}

function byTask(
  { isOwn, header, rows }: Table,
  { stageAt, itemAt, timesAt }: { stageAt: number; itemAt: number; timesAt: readonly number[] },
  plainMs: number,
): Durations {
  const durations: Durations = new Map();
  const columns = timesAt.map((at) => ({
    at,
    title: header[at]!,
    ...unitOf(header[at]!, plainMs),
  }));
  const items = isOwn
    ? ownItems(rows.map(({ cells }) => cells[itemAt]!))
    : new Map<string, number>();
  let places = 0;
  for (const { line, cells } of rows) {
    const named = cells[stageAt] ?? '';
    // What a spreadsheet would compute was written as text.
    const stage = isOwn ? named.replace(/^'(?=[=+\-@])/, '') : named;
    if (stage === '') refuseLine(line, `there is no name in column “${header[stageAt]!}”`);
    let list = durations.get(stage);
    if (!list) durations.set(stage, (list = []));
    const [first, last] = columns.map(({ at, title, ms }) =>
      durationOf(cells[at] ?? '', line, title, ms),
    );
    const took = last === undefined ? first! : last - first!;
    if (took < 0) refuseLine(line, 'the task ends before it starts');
    const cell = itemAt < 0 ? '' : (cells[itemAt] ?? '');
    const key = isOwn ? ownRoot(cell) : cell;
    if (itemAt < 0) list.push(took);
    else {
      const item = items.get(key) ?? items.size;
      items.set(key, item);
      // A stage that is named late has gaps for all items before.
      places += Math.max(0, item + 1 - list.length);
      if (places > ceilings.values) refuseTooMany();
      while (list.length <= item) list.push(NaN);
      // Several tasks of one item at one stage are its attempts: together they are what it cost.
      list[item] = Number.isNaN(list[item]) ? took : list[item]! + (Number.isNaN(took) ? 0 : took);
    }
  }
  return durations;
}

/** "7.0" is a child of item 7, "7~decode" a copy, "7 and 2 more" a batch; what has no number is a result of its stage. */
const ownRoot = (item: string): string => /^\d+/.exec(item)?.[0] ?? '';

/** Source items in the order of their numbers, whatever was done first; a result comes with the last of them. */
function ownItems(cells: readonly string[]): Map<string, number> {
  const roots = [...new Set(cells.map(ownRoot))].filter((root) => root !== '');
  roots.sort((a, b) => Number(a) - Number(b));
  const places = new Map(roots.map((root, at) => [root, at]));
  return places.set('', Math.max(0, roots.length - 1));
}

/** A ten-thousandth of a ms is finer than any clock of a browser. */
const rounded = (ms: number): number => Math.round(ms * 1e4) / 1e4;

function stagesOf(durations: Durations, count: number, kind: string): StageDocument[] {
  const ids = stageIds([...durations.keys()]);
  return [...durations].map(([title, list], index): StageDocument => {
    const id = ids[index]!;
    const perItem = Array.from({ length: count }, (_, at) => rounded(list[at] || 0));
    const after = index === 0 ? {} : { after: [ids[index - 1]!] };
    const took = perItem.every((ms) => ms === perItem[0]) ? perItem[0]! : { perItem };
    const phase = kind === 'wait' ? { wait: took } : { cpu: took };
    const titled = title === id ? {} : { name: title.slice(0, ceilings.nameLetters) };
    return { id, ...titled, ...after, work: { kind: 'synthetic', phases: [phase] } };
  });
}

/** Places of the table that have no duration. */
function gapsOf(durations: Durations, count: number): number {
  return [...durations.values()].reduce(
    (sum, list) => sum + count - list.filter((ms) => !Number.isNaN(ms)).length,
    0,
  );
}

const gapWords = (gaps: number): string =>
  gaps === 1 ? 'One duration is' : `${gaps} durations are`;

function notesOf(durations: Durations, count: number, gaps: number, kind: string): string {
  const missing =
    gaps === 0
      ? ''
      : ` ${gapWords(gaps)} not in the table, and take${gaps === 1 ? 's' : ''} no time here.`;
  const taken =
    kind === 'wait'
      ? 'Each is taken to be a wait for something else: what was work of a core is better set as CPU time.'
      : 'Each is taken to be work of a core: what was a wait for others is better set as a wait.';
  return `Durations from a table: ${durations.size === 1 ? 'one stage' : `${durations.size} stages one after another`}, ${count === 1 ? 'one item' : `${count} items`}.${missing}

${taken}`;
}
