/** The published figures of the six stages, and how they are played here. */

export interface StageRow {
  id: string;
  name: string;
  /** s, from … to: an estimate, as the document says. */
  was: readonly [number, number];
  /** s, worked back from how much of it is said to be gone (60, 42, 64, 48, 47, 61 %); they sum to the baseline. */
  before: number;
  /** s, below. */
  target: number;
  /** s. */
  after: number;
}

export const stageTable: readonly StageRow[] = [
  { id: 'selection', name: 'Template selection', was: [5, 8], before: 5.2, target: 3, after: 2.1 },
  { id: 'generation', name: 'Code generation', was: [10, 15], before: 12.4, target: 8, after: 7.2 },
  { id: 'cleanroom', name: 'Clean room', was: [10, 20], before: 18.7, target: 7, after: 6.8 },
  { id: 'tests', name: 'Tests', was: [20, 30], before: 28.1, target: 15, after: 14.7 },
  { id: 'validation', name: 'Validation', was: [10, 15], before: 11.1, target: 7, after: 5.9 },
  { id: 'report', name: 'Report', was: [5, 10], before: 6.2, target: 3, after: 2.4 },
];

export type SecondsOf = (row: StageRow) => number;

/** A second of the original is 10 ms here: a hundredth. */
export const msPerSecond = 10;

/** s of the original as ms here. */
export function scaled(seconds: number, msEach = msPerSecond): number {
  // Whole hundredths, so that 14.7 s is 147 ms and not 146.99999999999997.
  return Math.round(seconds * msEach * 100) / 100;
}

/** What sets the durations of stages to a column of the table. */
export function durations(secondsOf: SecondsOf, msEach = msPerSecond): Record<string, number> {
  return Object.fromEntries(
    stageTable.map((row) => [
      `/stages/${row.id}/work/phases/0/wait`,
      scaled(secondsOf(row), msEach),
    ]),
  );
}

/** s: the stages one after another. */
export function total(secondsOf: SecondsOf): number {
  return Math.round(stageTable.reduce((sum, row) => sum + secondsOf(row), 0) * 10) / 10;
}

/** The column "before", with some stages as they were afterwards: what one optimisation after another gives. */
export function optimised(...ids: readonly string[]): SecondsOf {
  return (row) => (ids.includes(row.id) ? row.after : row.before);
}

/** The clean room needs nothing from the first two stages; the tests need both. */
export const cleanroomBeside = {
  '/stages/cleanroom/after': [],
  '/stages/tests/after': ['generation', 'cleanroom'],
};

/** The validation needs nothing from the tests, either. */
export const validationBeside = {
  ...cleanroomBeside,
  '/stages/validation/after': ['generation', 'cleanroom'],
  '/stages/report/after': ['tests', 'validation'],
};
