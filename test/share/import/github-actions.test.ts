import { describe, expect, it, test } from 'vitest';
import { importText } from '../../../src/share/import/import-text.ts';
import type { Chosen, Imported } from '../../../src/share/import/imported.ts';
import { drawLanes } from '../../sim/lanes.ts';
import { simulateDocument } from '../../sim/run.ts';
import { githubActions } from './small-cases.ts';

function workflow(text: string, chosen: Chosen = {}): Imported {
  const result = importText('github-actions', text, 'ci', chosen);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
function refusal(text: string): string {
  const result = importText('github-actions', text, 'ci');
  return result.ok ? 'accepted' : result.error;
}
const jobs = (text: string): string => `on: push\njobs:\n${text.replace(/^/gm, '  ')}`;
const matrixOf = (text: string): (string | undefined)[] =>
  workflow(
    jobs(
      `a:\n  runs-on: ubuntu-latest\n  strategy:\n    matrix:\n${text.replace(/^/gm, '      ')}`,
    ),
  ).document.stages.map(({ name, id }) => name ?? id);
const minute = 60_000;

describe('a GitHub Actions workflow', () => {
  const { document, remarks, choices } = workflow(githubActions);

  it('has a stage a job, after those it needs, and one for each combination of a matrix', () => {
    expect(document.name).toBe('CI');
    expect(document.stages.map(({ id, after = [] }) => [id, after])).toEqual([
      ['lint', []],
      ['test-18-on-ubuntu-latest', ['lint']],
      ['test-20-on-ubuntu-latest', ['lint']],
      ['test-20-on-macos-14', ['lint']],
      ['test-20-on-windows-latest', ['lint']],
      [
        'deploy',
        [
          'lint',
          ...['test-18-on-ubuntu-latest', 'test-20-on-ubuntu-latest', 'test-20-on-macos-14'],
          'test-20-on-windows-latest',
        ],
      ],
    ]);
  });

  it('takes runners, groups and the jobs of a matrix at once for limits, and keeps time limits', () => {
    expect(document.limits).toEqual({
      ...{ runners: 20, 'test-at-once': 2, 'macos-runners': 5, 'group-production': 1 },
    });
    expect(document.stages[3]).toMatchObject({
      uses: { runners: 1, 'macos-runners': 1, 'test-at-once': 1 },
      timeout: 15 * minute,
    });
    expect(document.machine).toMatchObject({ inFlight: 1 });
  });

  it('runs as GitHub would: two of the matrix at a time', () => {
    const { stages } = document;
    const lanes = drawLanes(simulateDocument(document, 1).trace).split('\n');
    const span = (from: number, to: number): string => `0@${from * minute}-${to * minute}`;
    expect(lanes).toEqual([
      `lint: ${span(0, 5)}`,
      `${stages[1]!.id}: ${span(5, 10)}`,
      `${stages[2]!.id}: ${span(5, 10)}`,
      `${stages[3]!.id}: ${span(10, 15)}`,
      `${stages[4]!.id}: ${span(10, 15)}`,
      `deploy: ${span(15, 20)}`,
    ]);
  });

  it('says what was assumed', () => {
    expect(remarks).toEqual([
      'How long jobs take is not in the file: each is taken to need 5 min.',
      'Each combination of the matrix of “test” is a stage.',
      'The workflow that “deploy” calls is not in the file: it counts as one job.',
      'The condition (if) of “deploy” is taken to hold.',
      'The concurrency group of “deploy” is a shared limit of one; nothing in it is cancelled.',
      'The workflow’s concurrency group lets one run in at a time; none is cancelled.',
    ]);
    expect(document.notes).toContain('- lint: actions/checkout@v4, Check the \\*style\\*');
  });

  it('asks how long jobs take, how often it runs, and on how many runners', () => {
    expect(choices.map(({ id }) => id)).toEqual([
      ...['minutes', 'vary', 'minutes/lint', 'minutes/test', 'minutes/deploy'],
      ...['runs', 'runners/hosted', 'runners/macos'],
    ]);
    const other = workflow(githubActions, {
      ...{ minutes: 2, 'minutes/deploy': 0.5, runs: 3, 'runners/hosted': 1 },
    });
    const waits = other.document.stages.map(({ work }) => work.kind === 'synthetic' && work.phases);
    expect(waits[0]).toEqual([{ wait: 2 * minute }]);
    expect(waits[5]).toEqual([{ wait: minute / 2 }]);
    expect(other.document.limits).toMatchObject({ runners: 1 });
    // One runner, and one run at a time: everything after everything.
    const { trace } = simulateDocument(other.document, 1);
    expect(trace.meta.makespan).toBe(3 * (5 * 2 + 0.5) * minute);
  });

  it('can draw durations, with a seed, and says so', () => {
    const drawn = workflow(githubActions, { vary: 'drawn', seed: 7 });
    expect(drawn.document.seed).toBe(7);
    expect(drawn.document.stages[0]!.work).toMatchObject({
      phases: [{ wait: { lognormal: { mean: 5 * minute, cv: 0.5 } } }],
    });
    expect(drawn.remarks[0]).toContain('seed 7');
    const makespan = (): number => simulateDocument(drawn.document, 1).trace.meta.makespan;
    expect(makespan()).toBe(makespan());
    expect(makespan()).not.toBe(20 * minute);
  });
});

describe('a matrix', () => {
  // The example of GitHub’s own reference ("Expanding or adding matrix configurations").
  it('includes as GitHub says', () => {
    expect(
      matrixOf(
        `fruit: [apple, pear]
animal: [cat, dog]
include:
  - color: green
  - color: pink
    animal: cat
  - fruit: apple
    shape: circle
  - fruit: banana
  - fruit: banana
    animal: cat`,
      ),
    ).toEqual([
      'a (apple, cat, pink, circle)',
      'a (apple, dog, green, circle)',
      'a (pear, cat, pink)',
      'a (pear, dog, green)',
      'a (banana)',
      'a (banana, cat)',
    ]);
  });
  it('excludes all that an entry matches', () => {
    expect(matrixOf('os: [x, y]\nv: [1, 2]\nexclude:\n  - os: x\n  - v: 2')).toEqual(['a (y, 1)']);
  });
  it('may be nothing but what is included', () => {
    expect(matrixOf('include:\n  - a: 1\n  - a: 2')).toEqual(['a (1)', 'a (2)']);
  });
  it('that is worked out while it runs counts as one job, and is said', () => {
    const text = jobs(
      'a:\n  strategy:\n    matrix: ${{ fromJSON(needs.x.outputs.m) }}\nb:\n  strategy:\n    matrix:\n      v: ${{ fromJSON(vars.v) }}',
    );
    const { document, remarks } = workflow(text);
    expect(document.stages.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(remarks).toContain(
      'The matrix of “a” and “b” is worked out while it runs: it counts as one job.',
    );
  });
  it('of more than 256 is refused before it is made', () => {
    const list = `[${Array.from({ length: 300 }, (_, i) => i).join(', ')}]`;
    const text = (axes: string): string => jobs(`a:\n  strategy:\n    matrix: {${axes}}`);
    expect(refusal(text(`x: ${list}`))).toContain('jobs.a.strategy.matrix makes 300 jobs');
    expect(refusal(text(`x: ${list}, y: ${list}, z: ${list}`))).toContain('makes 27000000 jobs');
  });
});

it('jobs that are switched off are left out, with those that need them', () => {
  const { document, remarks } = workflow(
    jobs(
      'a: {if: false}\nb: {needs: a}\nc: {needs: b, if: always()}\nd: {needs: [c]}\ne: {if: "${{ false }}"}',
    ),
  );
  expect(document.stages.map(({ id, after = [] }) => [id, after])).toEqual([
    ['c', []],
    ['d', ['c']],
  ]);
  expect(remarks).toContain('“a”, “b” and “e” are switched off by “if”, and left out.');
});

it('anchors are read', () => {
  const { document } = workflow(
    jobs('a: &a\n  runs-on: ubuntu-latest\n  timeout-minutes: 3\nb: *a'),
  );
  expect(document.stages.map(({ timeout }) => timeout)).toEqual([3 * minute, 3 * minute]);
});

describe('what is no workflow is refused in a sentence', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij']
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]!}`).join(', ')}]`)
    .join('\n')}\njobs: {a: {steps: *j}}`;
  test.each([
    ['no YAML', 'jobs:\n  a: [1\n  b: 2', /line 3: /],
    ['a tab', 'jobs:\n\ta: 1', /line 2: /],
    ['a list', '- a', /the text is a list; it takes an object/],
    ['no jobs', 'on: push', /there are no "jobs" in it/],
    ['empty jobs', 'jobs: {}', /jobs is empty/],
    ['a job that is a word', jobs('a: b'), /jobs\.a is "b"; it takes an object/],
    [
      'an unknown need',
      jobs('a: {needs: [c]}'),
      /jobs\.a\.needs\[0\] is "c", and there is no such job/,
    ],
    [
      'a circle',
      jobs('a: {needs: b}\nb: {needs: a}'),
      /wait for each other in a circle, . → . → ./,
    ],
    ['nothing but what is off', jobs('a: {if: false}'), /every job is switched off/],
    ['a bomb of aliases', bomb, /anchors \(&\) is put in too often .* ceiling is 100/],
    ['brackets', `jobs: ${'['.repeat(5000)}`, /line 1: brackets are nested more than 200 deep/],
    [
      'lists in lists',
      `jobs:\n  ${'- '.repeat(5000)}`,
      /line 2: lists are nested more than 200 deep/,
    ],
    ['too long a text', `jobs:\n${'# \n'.repeat(300_000)}`, /ceiling for YAML is 128 KiB/],
  ])('%s', (_, text, says) => {
    expect(refusal(text)).toMatch(says);
  });
});
