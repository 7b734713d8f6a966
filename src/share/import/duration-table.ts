import { dsvFormat } from 'd3';
import { ceilings } from '../../pipeline/ceilings.ts';
import { idFrom } from '../../pipeline/rules-graph.ts';
import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';
import { Refusal, refuseLine } from './refusal.ts';

/** ms in a unit. */
const unitMs: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, nanosecond: 1e-6, µs: 1e-3, μs: 1e-3, us: 1e-3, microsecond: 1e-3 },
  ...{ ms: 1, millisecond: 1, s: 1000, sec: 1000, second: 1000, min: 60_000, minute: 60_000 },
};
/** As it stands behind a column's name: "parse_s", "parse (ms)", "parse [µs]", "parse seconds", or alone. */
const unitBehind = new RegExp(`(?:^|[\\s_([-]+)(${Object.keys(unitMs).join('|')})s?[\\])]*$`, 'i');
/** "parseMs". */
const unitJoined = /(?<=[a-z])(Ns|Us|Ms)$/;

/** Columns of a table with a line a task. */
const stageWords = ['stage', 'task', 'step', 'operation', 'name'];
const itemWords = ['item', 'id', 'request', 'job', 'key'];
const durationWords = ['duration', 'time', 'elapsed', 'took', 'runtime', 'latency'];

interface Table {
  header: string[];
  /** Without the header; empty lines are left out. */
  rows: { line: number; cells: string[] }[];
}

/** ms by stage, in the order of the table; NaN: there is no figure. */
type Durations = Map<string, number[]>;

/**
 * Measured durations as a pipeline of stages one after another, as CSV with commas, semicolons or tabs: a column a
 * stage and a line an item; or a line a task, with columns for its stage, its duration and, if it has one, its item.
 * Durations are ms unless their column says otherwise: "parse_s", "duration (µs)".
 * @throws {Refusal}
 */
export function importDurationTable(text: string, name: string): PipelineDocument {
  const table = readTable(text);
  const words = table.header.map((title) => title.toLowerCase());
  const stageAt = words.findIndex((word) => stageWords.includes(word));
  const durationAt = table.header.findIndex(isDuration);
  const durations =
    stageAt >= 0 && durationAt >= 0
      ? byTask(
          table,
          stageAt,
          durationAt,
          words.findIndex((word) => itemWords.includes(word)),
        )
      : byColumn(table);
  const count = Math.max(0, ...Array.from(durations.values(), (list) => list.length));
  if (durations.size * count > ceilings.values) {
    throw new Refusal(`it has more than ${ceilings.values} durations, the ceiling`);
  }
  const stages = stagesOf(durations, count);
  return {
    format: 'millrace/1',
    name,
    notes: notesOf(durations, count),
    source: { kind: 'count', count },
    stages,
  };
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
  return { header, rows };
}

/** A column's name without its unit, and ms in that unit; `isUnit`: it is nothing else. */
function unitOf(title: string): { stem: string; ms: number; isUnit: boolean } {
  const found = unitBehind.exec(title) ?? unitJoined.exec(title);
  if (!found) return { stem: title, ms: 1, isUnit: false };
  const stem = title.slice(0, found.index).trim();
  const ms = unitMs[found[1]!.toLowerCase()]!;
  return { stem: stem || title, ms, isUnit: stem === '' };
}

function isDuration(title: string): boolean {
  const { stem, isUnit } = unitOf(title);
  return isUnit || durationWords.includes(stem.toLowerCase());
}

/** Decimal commas are read where commas do not part the cells. null: it is no number. */
function numberOf(cell: string): number | null {
  const plain = /^[+-]?\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
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

function byColumn({ header, rows }: Table): Durations {
  const durations: Durations = new Map();
  header.forEach((title, at) => {
    // Names and numbers of items say nothing of durations.
    if (title === '' || itemWords.includes(title.toLowerCase())) return;
    const { stem, ms } = unitOf(title);
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
  { header, rows }: Table,
  stageAt: number,
  durationAt: number,
  itemAt: number,
): Durations {
  const durations: Durations = new Map();
  const title = header[durationAt]!;
  const { ms } = unitOf(title);
  const items = new Map<string, number>();
  for (const { line, cells } of rows) {
    const stage = cells[stageAt] ?? '';
    if (stage === '') refuseLine(line, `there is no name in column “${header[stageAt]!}”`);
    let list = durations.get(stage);
    if (!list) durations.set(stage, (list = []));
    const took = durationOf(cells[durationAt] ?? '', line, title, ms);
    const key = itemAt < 0 ? '' : (cells[itemAt] ?? '');
    if (itemAt < 0) list.push(took);
    else {
      const item = items.get(key) ?? items.size;
      items.set(key, item);
      while (list.length <= item) list.push(NaN);
      // Several tasks of one item at one stage are its attempts: together they are what it cost.
      list[item] = Number.isNaN(list[item]) ? took : list[item]! + (Number.isNaN(took) ? 0 : took);
    }
  }
  return durations;
}

/** A ten-thousandth of a ms is finer than any clock of a browser. */
const rounded = (ms: number): number => Math.round(ms * 1e4) / 1e4;

function stagesOf(durations: Durations, count: number): StageDocument[] {
  const taken = new Set<string>();
  let before: string | null = null;
  return [...durations].map(([title, list]): StageDocument => {
    const stem = idFrom(title);
    let id = stem;
    for (let n = 2; taken.has(id); n++) id = `${stem}-${n}`;
    taken.add(id);
    const perItem = Array.from({ length: count }, (_, at) => rounded(list[at] || 0));
    const after = before === null ? {} : { after: [before] };
    before = id;
    const cpu = perItem.every((ms) => ms === perItem[0]) ? perItem[0]! : { perItem };
    const titled = title === id ? {} : { name: title.slice(0, ceilings.nameLetters) };
    return { id, ...titled, ...after, work: { kind: 'synthetic', phases: [{ cpu }] } };
  });
}

function notesOf(durations: Durations, count: number): string {
  const missing = [...durations.values()].reduce(
    (sum, list) =>
      sum + Array.from({ length: count }, (_, at) => list[at] ?? NaN).filter(Number.isNaN).length,
    0,
  );
  const gaps =
    missing === 0
      ? ''
      : ` ${missing === 1 ? 'One of them was' : `${missing} of them were`} not in the table, and take no time here.`;
  return `Durations from a table: ${durations.size === 1 ? 'one stage' : `${durations.size} stages one after another`}, ${count === 1 ? 'one item' : `${count} items`}.${gaps}

Each is taken to be work of a core: what was a wait for others is better set as a wait.`;
}
