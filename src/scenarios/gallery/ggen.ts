import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';

/** The published stage table, in seconds: what it was (from … to), the target, what was measured. */
const stages = [
  { id: 'selection', name: 'Template selection', was: [5, 8], target: 3, measured: 2.1 },
  { id: 'generation', name: 'Code generation', was: [10, 15], target: 8, measured: 7.2 },
  { id: 'cleanroom', name: 'Clean room', was: [10, 20], target: 7, measured: 6.8 },
  { id: 'tests', name: 'Tests', was: [20, 30], target: 15, measured: 14.7 },
  { id: 'validation', name: 'Validation', was: [10, 15], target: 7, measured: 5.9 },
  { id: 'report', name: 'Report', was: [5, 10], target: 3, measured: 2.4 },
] as const;

type Row = (typeof stages)[number];

/** A second of the original is 10 ms here: a hundredth. */
const msPerSecond = 10;

function scaled(seconds: number): number {
  // Whole tenths of a second, so that 14.7 s is 147 ms and not 146.99999999999997.
  return Math.round(seconds * 10) * (msPerSecond / 10);
}

function durations(secondsOf: (row: Row) => number): Record<string, number> {
  return Object.fromEntries(
    stages.map((row) => [`/stages/${row.id}/work/phases/0/wait`, scaled(secondsOf(row))]),
  );
}

/** The clean room needs nothing from the first two stages; the tests need both. */
const cleanroomBeside = {
  '/stages/cleanroom/after': [],
  '/stages/tests/after': ['generation', 'cleanroom'],
};

const notes = `
Six stages that deliver one project, one after another. The durations are **declared, not measured here**: they are a published table of a code generator's pipeline, at one hundredth of the time (10 ms stand for a second). So the schedule and the arithmetic can be judged, the durations can't.

| stage | was (s) | target (s) | measured (s) |
|---|---|---|---|
${stages.map((row) => `| ${row.name} | ${row.was.join('–')} | < ${row.target} | ${row.measured} |`).join('\n')}
| all | 60–98 | < 60, stretch < 45 | 39.1 |

**Look at** the total: 39.1 s is the plain sum of the last column, so nothing ran side by side.

**Turn** the arrows. Put the clean room beside selection and generation: 32.3 s. Put validation beside the tests too: 26.4 s, without any stage being faster. The variants do just that.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'A delivery pipeline of six stages',
  notes,
  source: { kind: 'count', count: 1 },
  stages: stages.map((row, index): StageDocument => {
    const before = stages[index - 1];
    return {
      id: row.id,
      name: row.name,
      after: before ? [before.id] : [],
      work: { kind: 'synthetic', phases: [{ wait: scaled(row.measured) }] },
    };
  }),
  machine: { cores: 2, workers: 2 },
  targets: {
    total: { target: 60 * msPerSecond, stretch: 45 * msPerSecond },
    stages: Object.fromEntries(stages.map((row) => [row.id, { target: scaled(row.target) }])),
  },
  variants: [
    { name: 'was, at best', set: durations((row) => row.was[0]) },
    { name: 'was, at worst', set: durations((row) => row.was[1]) },
    { name: 'at the targets', set: durations((row) => row.target) },
    { name: 'clean room beside', set: cleanroomBeside },
    {
      name: 'validation beside too',
      set: {
        ...cleanroomBeside,
        '/stages/validation/after': ['generation', 'cleanroom'],
        '/stages/report/after': ['tests', 'validation'],
      },
    },
  ],
};
