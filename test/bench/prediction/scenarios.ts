/** What is predicted: shipped documents under settings that nothing was fitted to. */
export interface PredictedScenario {
  id: string;
  /** Set on both sides, so that a run stays short. */
  shortened?: Readonly<Record<string, unknown>>;
  settings: { name: string; set: Readonly<Record<string, unknown>> }[];
}

const asItIs = { name: 'as it is', set: {} };
const workers = (count: number) => ({
  name: `${count} workers`,
  set: { '/machine/workers': count },
});

export const scenarios: readonly PredictedScenario[] = [
  {
    id: 'simtask',
    settings: [
      asItIs,
      { name: 'one file a task', set: { '/stages/embed/batch/size': 1 } },
      { name: '64 files a task', set: { '/stages/embed/batch/size': 64 } },
    ],
  },
  {
    id: 'boardrev',
    settings: [asItIs, { name: 'one task open a worker', set: { '/machine/tasksPerWorker': 1 } }],
  },
  {
    id: 'readmeflow',
    settings: [asItIs, { name: 'one parser', set: { '/stages/exports/permits': 1 } }],
  },
  {
    id: 'router',
    shortened: { '/source/count': 400 },
    settings: [
      asItIs,
      { name: '1 worker, 8 tasks', set: { '/machine/workers': 1 } },
      { name: 'handle in fours', set: { '/stages/handle/permits': 4 } },
    ],
  },
  {
    id: 'ggen',
    settings: [
      asItIs,
      {
        name: 'clean room beside',
        set: {
          '/stages/cleanroom/after': [],
          '/stages/tests/after': ['generation', 'cleanroom'],
        },
      },
    ],
  },
  { id: 'two-workers', settings: [workers(2), workers(4)] },
  {
    id: 'back-pressure',
    settings: [
      asItIs,
      { name: 'no buffer', set: { '/stages/slow/buffer/capacity': 0 } },
      { name: 'room for all', set: { '/stages/slow/buffer/capacity': 64 } },
      { name: 'two permits', set: { '/stages/slow/permits': 2 } },
    ],
  },
  {
    id: 'fork-join',
    settings: [
      asItIs,
      { name: 'four permits for long', set: { '/stages/long/permits': 4 } },
      { name: '1 worker, 8 tasks', set: { '/machine/workers': 1, '/machine/tasksPerWorker': 8 } },
    ],
  },
  {
    id: 'nested-limits',
    shortened: { '/source/count': 60 },
    settings: [
      asItIs,
      { name: '5 inside 10', set: { '/stages/call/permits': 5 } },
      { name: 'only the inner one', set: { '/machine/inFlight': null } },
    ],
  },
  {
    id: 'batching',
    shortened: { '/source/count': 100 },
    settings: [
      asItIs,
      { name: 'batches of 5', set: { '/stages/insert/batch/size': 5 } },
      { name: 'batches of 20', set: { '/stages/insert/batch/size': 20 } },
    ],
  },
  {
    id: 'overload',
    shortened: { '/source/count': 100 },
    settings: [
      asItIs,
      { name: 'drop the newest', set: { '/stages/handle/buffer/whenFull': 'drop-newest' } },
      { name: 'grow', set: { '/stages/handle/buffer/whenFull': 'grow' } },
    ],
  },
];
