/** A small instance of every format, made up for these tests, with schedules that can be worked out by hand. */

/** Three jobs on two machines. */
export const flowShop = `3 2
1 1 5
4 1 1
`;

/** Two jobs that pass two machines in opposite orders. */
export const jobShop = `2 2
0 3  1 2
1 4  0 1
`;

/**
 *   0 ─┬▶ 1 (4) ──▶ 3 (2) ─┬▶ 5
 *      ├▶ 2 (3) ───────────┤
 *      └▶ 4 (1) ───────────┘     zero-time tasks 0 and 5 at the ends, four between
 */
export const stg = `4
0 0 0
1 4 1 0
2 3 1 0
3 2 1 1
4 1 1 0
5 0 3 2 3 4
# Standard Task Graph Set Project
#   CP Length : 6
`;

/**
 *   1 ─┬▶ 2 (2 days, 2 of R1) ──▶ 4 (1 day, 3 of R1, 1 of R2) ──▶ 5
 *      └▶ 3 (3 days, 2 of R1) ──────────────────────────────────▶ 5
 *
 * R1 has 3, so 2 and 3 follow one another; nobody takes R3.
 */
export const psplib = `************************************************************************
file with basedata            : made up
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  6
RESOURCES
  - renewable                 :  3   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           5
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2  R 3
------------------------------------------------------------------------
  1      1     0       0    0    0
  2      1     2       2    0    0
  3      1     3       2    0    0
  4      1     1       3    1    0
  5      1     0       0    0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2  R 3
    3    1    2
************************************************************************
`;

/** The same project as Patterson's format has it. */
export const patterson = `5 3
3 1 2

0 0 0 0 2 2 3
2 2 0 0 1 4
3 2 0 0 1 5
1 3 1 0 1 5
0 0 0 0 0
`;

/** One task splits a file, two work on the parts, one of them on two cores, and one joins them. */
export const wfFormat = JSON.stringify(
  {
    name: 'diamond',
    schemaVersion: '1.5',
    workflow: {
      specification: {
        tasks: [
          {
            id: 'Split_ID001',
            name: 'split',
            parents: [],
            children: ['work_ID002', 'work_ID003'],
            inputFiles: ['in.dat'],
            outputFiles: ['a.dat', 'b.dat'],
          },
          {
            id: 'work_ID002',
            name: 'work',
            parents: ['Split_ID001'],
            children: ['join_ID004'],
            inputFiles: ['a.dat', 'tool'],
            outputFiles: ['c.dat'],
          },
          {
            id: 'work_ID003',
            name: 'work',
            parents: ['Split_ID001'],
            inputFiles: ['b.dat', 'tool'],
            outputFiles: [],
          },
          { id: 'join_ID004', name: 'join', parents: ['work_ID003', 'work_ID002'] },
        ],
        files: [
          { id: 'in.dat', sizeInBytes: 100 },
          { id: 'tool', sizeInBytes: 7 },
          { id: 'a.dat', sizeInBytes: 60 },
          { id: 'b.dat', sizeInBytes: 40 },
          { id: 'c.dat', sizeInBytes: 5 },
        ],
      },
      execution: {
        makespanInSeconds: 99,
        tasks: [
          { id: 'Split_ID001', runtimeInSeconds: 2, avgCPU: 50, machines: ['one'] },
          { id: 'work_ID002', runtimeInSeconds: 4, coreCount: 2, avgCPU: 180 },
          { id: 'work_ID003', runtimeInSeconds: 3, coreCount: 1, avgCPU: 100 },
          { id: 'join_ID004' },
        ],
        machines: [{ nodeName: 'one', cpu: { coreCount: 2 } }],
      },
    },
  },
  null,
  2,
);

/** Three items at two stages. */
export const durations = `parse,render (s)
4,0.01
6,0.02
5,0.015
`;

/** A check, a matrix of four with a limit of two, and a call of another workflow after all of them. */
export const githubActions = `name: CI
on: [push]
concurrency:
  group: ci-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Check the *style*
        run: npm run lint
  test:
    needs: lint
    name: Test \${{ matrix.node }} on \${{ matrix.os }}
    runs-on: \${{ matrix.os }}
    timeout-minutes: 15
    strategy:
      max-parallel: 2
      matrix:
        os: [ubuntu-latest, macos-14]
        node: [18, 20]
        exclude:
          - os: macos-14
            node: 18
        include:
          - os: windows-latest
            node: 20
  deploy:
    needs: [lint, test]
    if: github.ref == 'refs/heads/main'
    concurrency: production
    uses: ./.github/workflows/deploy.yml
`;

/** Two threads: one parses, one draws each part as soon as it is parsed, and both call something inside. µs. */
export const chromeTrace = JSON.stringify({
  traceEvents: [
    { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 'main' } },
    { ph: 'X', name: 'parse', pid: 1, tid: 1, ts: 0, dur: 4000, tdur: 3000 },
    { ph: 'X', name: 'read', pid: 1, tid: 1, ts: 1000, dur: 1000, tdur: 500 },
    { ph: 's', name: 'part', id: 1, pid: 1, tid: 1, ts: 3999 },
    { ph: 'f', bp: 'e', name: 'part', id: 1, pid: 1, tid: 2, ts: 4000 },
    { ph: 'B', name: 'draw', pid: 1, tid: 2, ts: 4000 },
    { ph: 'E', pid: 1, tid: 2, ts: 10000 },
    { ph: 'X', name: 'parse', pid: 1, tid: 1, ts: 5000, dur: 2000, tdur: 2000 },
    { ph: 'C', name: 'heap', pid: 1, tid: 1, ts: 5000, args: { bytes: 7 } },
  ],
});
