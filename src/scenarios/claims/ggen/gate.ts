import type { Claim } from '../claim.ts';

const document = async () => (await import('../../gallery/ggen.ts')).document;

export const gate: Claim = {
  id: 'E8',
  says: 'Measure every stage, keep a baseline, and fail the build past 60 s.',
  figures: 'target 60 s, stretch 45 s; the build fails past 60 s',
  scale: '1:100',
  trials: [
    {
      kind: 'level',
      name: 'the published run, held against its target',
      document,
      settings: { name: 'as measured', set: {} },
      quantity: 'makespan',
      unit: 'ms',
      claimed: { high: 600 },
      better: 'less',
      isReplay: true,
    },
  ],
  sums: [
    {
      working: 'a run of 61.5 s that the gate lets pass',
      result: 61.5,
      unit: 's',
      claimed: { high: 60 },
      follows:
        'The shell compares whole numbers only: at “61.5” the test itself fails, which counts as “not too slow”.',
    },
  ],
  faults: [
    'The gate passes when the file with the time is missing, for the same reason.',
    'The profiler is started around the pipeline, and never handed to it: it measures nothing.',
    'The baseline is saved of benchmarks, the gate looks at a script: two different things.',
  ],
  scenario: 'ggen',
  why: 'Targets, baselines and the gate are there in this workbench too, and a time that is missing fails here.',
};
