import { formatCount, formatMs } from '../../base/units.ts';
import { medianMs } from '../../measure/median.ts';
import { measuredSpeedup, type Measurement } from '../../measure/reproduction.ts';
import { formatSpeedup, type Speedup } from '../../measure/speedup.ts';
import { whenWords } from './claim-words.ts';

/** Where a result is from. */
export type MachineOrigin = 'here' | 'link' | 'added';

export interface MachineResult {
  /** Of the row: an added result can be taken out by it. */
  id: string;
  origin: MachineOrigin;
  /** ISO 8601. */
  measuredAt: string;
  measured: Measurement;
}

/** One line of the comparison across machines. */
export interface MachineRow {
  id: string;
  origin: MachineOrigin;
  /** "Chromium 156.0, 8 cores, isolated". */
  machine: string;
  when: string;
  runs: number;
  medianMs: number;
  speedup: Speedup | null;
  /** Against the first of the rows that knows it. null: it is not known, or of no other row. */
  results: 'the first' | 'same' | 'other' | null;
  schedule: 'the first' | 'same' | 'other' | null;
}

/** Results as rows, in their order. Times are told and never compared: speedups are. */
export function machineRows(results: readonly MachineResult[]): MachineRow[] {
  const resultsOf = againstFirst(results.map(({ measured }) => measured.results));
  const scheduleOf = againstFirst(
    results.map(({ measured: { schedule } }) => schedule && `${schedule.cores} ${schedule.digest}`),
  );
  return results.map(({ id, origin, measuredAt, measured }, at) => ({
    ...{ id, origin, machine: machineWords(measured), when: whenWords(measuredAt) },
    runs: measured.makespans.length,
    medianMs: medianMs(measured.makespans)!,
    speedup: measuredSpeedup(measured),
    results: resultsOf[at]!,
    schedule: scheduleOf[at]!,
  }));
}

function againstFirst(values: readonly (string | null)[]): MachineRow['results'][] {
  const first = values.findIndex((value) => value !== null);
  const known = values.filter((value) => value !== null).length;
  return values.map((value, at) => {
    // One alone is not compared with anything.
    if (value === null || known < 2) return null;
    return at === first ? 'the first' : value === values[first] ? 'same' : 'other';
  });
}

function machineWords({ environment }: Measurement): string {
  if (environment === null) return 'not known';
  const { browser, cores, isolated } = environment;
  const on = `${formatCount(cores)} ${cores === 1 ? 'core' : 'cores'}`;
  return `${browser}, ${on}, ${isolated ? 'isolated' : 'not isolated'}`;
}

/** What a row is called: nobody else's result is "this browser". */
export const originWords: Readonly<Record<MachineOrigin, string>> = {
  here: 'This browser',
  link: 'The link’s author',
  added: 'Added',
};

export const speedupWords = ({ speedup }: MachineRow): string =>
  speedup ? formatSpeedup(speedup) : '–';

/** One row for those who listen. */
export const rowWords = (row: MachineRow): string =>
  `${originWords[row.origin]}, ${row.machine}: ${row.speedup ? `speedup ${formatSpeedup(row.speedup)}` : 'no speedup'}, median ${formatMs(row.medianMs)} of ${formatCount(row.runs)} ${row.runs === 1 ? 'run' : 'runs'}`;

/** For a spreadsheet. Origins and machines are told apart by their row. */
export function machineCsv(results: readonly MachineResult[]): (string | number)[][] {
  const rows = machineRows(results);
  return [
    [
      ...['From', 'Browser', 'Cores', 'Isolated', 'Measured at', 'Runs', 'Median (ms)'],
      ...['Speedup', 'Speedup low', 'Speedup high', 'Results', 'Predicted schedule'],
    ],
    ...results.map(
      ({ origin, measuredAt, measured: { environment, results: digest, schedule } }, at) => {
        const { runs, medianMs: median, speedup } = rows[at]!;
        return [
          ...[originWords[origin], environment?.browser ?? '', environment?.cores ?? ''],
          ...[environment ? String(environment.isolated) : '', measuredAt, runs, median],
          ...[speedup?.ratio ?? '', speedup?.low ?? '', speedup?.high ?? ''],
          ...[digest ?? '', schedule?.digest ?? ''],
        ];
      },
    ),
  ];
}
