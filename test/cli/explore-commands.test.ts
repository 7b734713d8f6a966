import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { isSameFile } from '../../src/cli/check-command.ts';
import { chosenVariants } from '../../src/cli/compare-command.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';

interface Said {
  code: number;
  out: string;
  err: string;
}

async function millrace(args: string[], document: PipelineDocument = ten): Promise<Said> {
  const said: Said = { code: -1, out: '', err: '' };
  said.code = await runCommandLine(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    stdin: (async function* () {
      yield JSON.stringify(document);
    })(),
  });
  return said;
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ten items of 20 ms: 200 ms ÷ workers, on two cores. */
const ten: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 10, bytes: 100 },
  stages: [{ id: 'work', work: { kind: 'synthetic', phases: [{ cpu: 20 }] } }],
  machine: { cores: 2, workers: 2 },
  sweep: { '/machine/workers': [1, 2, 4], '/machine/inFlight': [1, null] },
  variants: [
    { name: 'one', set: { '/machine/workers': 1 } },
    { name: 'a, b', set: { '/machine/workers': 4 } },
  ],
};

interface SweepJson {
  against: string;
  cells: { set: Record<string, unknown>; makespanMs: number; front: boolean }[];
}

test('sweep simulates every combination and marks the front', async () => {
  const { code, out, err } = await millrace(['sweep', '-', '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { cells, against } = JSON.parse(out) as SweepJson;
  expect(against).toBe('memory');
  expect(cells.map(({ set, makespanMs }) => [...Object.values(set), makespanMs])).toEqual([
    ...[
      [1, 1, 200],
      [1, null, 200],
      [2, 1, 200],
    ],
    ...[
      [2, null, 100],
      [4, 1, 200],
      [4, null, 100],
    ],
  ]);
  // One item inside at a time takes least memory; without that limit two workers are as fast as four.
  expect(cells.map(({ front }) => front)).toEqual([true, false, true, true, true, true]);

  const table = await millrace(['sweep', '-']);
  expect(table.out).toMatch(/^ +\/machine\/workers +\/machine\/inFlight +Makespan/);
  expect(table.out).toMatch(/^\* +2 +none +100 ms/m);
});

test('sweep calls no setting best that drops work to be quick', async () => {
  const drops: PipelineDocument = {
    ...ten,
    stages: [{ ...ten.stages[0]!, buffer: { capacity: 1, whenFull: 'drop-newest' } }],
    sweep: { '/stages/work/buffer/whenFull': ['drop-newest', 'throttle'] },
  };
  const fronts = async (against: string) => {
    const { out } = await millrace(['sweep', '-', '--json', '--against', against], drops);
    return (JSON.parse(out) as SweepJson).cells.map(({ front }) => front);
  };
  const { out } = await millrace(['sweep', '-', '--json'], drops);
  const [quick, whole] = (JSON.parse(out) as SweepJson).cells;
  expect(quick!.makespanMs).toBeLessThan(whole!.makespanMs);
  expect(await fronts('memory')).toEqual([false, true]);
  expect(await fronts('losses')).toEqual([true, true]);
  const table = await millrace(['sweep', '-'], drops);
  expect(table.out).toContain('1 that lose more items than they must are on no front');
});

test('sweep takes other fields, and prints what a spreadsheet reads', async () => {
  const csv = await millrace([
    ...['sweep', '-', '--csv', '--over', '/machine/workers=[1,2]', '--against', 'latency'],
    ...['--set', '/source/count=4', '--cores', '1'],
  ]);
  expect(csv.out.split('\r\n').map((line) => line.split(',').slice(0, 2))).toEqual([
    ['/machine/workers', 'makespanMs'],
    ...[['1', '80'], ['2', '80'], ['']],
  ]);
});

test('sweep says what is wrong with what it is given', async () => {
  const { sweep: _, ...without } = ten;
  const cases: [string[], PipelineDocument, RegExp][] = [
    [[], without, /sweeps nothing: add "sweep" to it, or --over/],
    [['--over', 'workers=[1]'], ten, /--over is "workers=\[1\]"; it takes \/pointer=value/],
    [['--over', '/machine/worker=[1]'], ten, /worker/],
    [['--over', '/machine/workers=[1'], ten, /no JSON list, as in \/machine\/workers=\[1,2,4\]/],
    [
      ['--over', '/machine/workers=[1]', '--over', '/machine/workers=[2]'],
      ten,
      /gives \/machine\/workers twice/,
    ],
    [['--against', 'memori'], ten, /it takes memory/],
    [['--json', '--csv'], ten, /exclude each other/],
  ];
  for (const [args, document, message] of cases) {
    const { code, out, err } = await millrace(['sweep', '-', ...args], document);
    expect(err).toMatch(message);
    expect(err).toMatch(/^millrace: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  }
});

test('variants go by their names, which may have commas', () => {
  const pipeline = withDefaults(ten);
  const names = (...named: string[]) => chosenVariants(pipeline, named).map(({ name }) => name);
  expect(names()).toEqual(['one', 'a, b']);
  expect(names('a, b')).toEqual(['a, b']);
  expect(names('one', 'a, b', 'one')).toEqual(['one', 'a, b']);
  expect(names('one,')).toEqual(['one']);
});

test('compare and check refuse bad input before anything is built or opened', async () => {
  const file = join(folder, 'baseline.json');
  writeFileSync(file, JSON.stringify(ten));
  const cases: [string[], RegExp][] = [
    [['compare', '-', '--variants', 'on'], /no variant "on"; did you mean "one"\?/],
    [['compare', '-', '--variants', ''], /--variants names none: there are "one", "a, b"/],
    [['compare', '-', '--budget', '0'], /--budget is "0"; it takes a whole number, 1 to 3600/],
    [['check', '-'], /nothing to check: the document has no targets; give --baseline/],
    [['check', '-', '--recorded'], /give --baseline FILE too/],
    [['check', '-', '--baseline', join(folder, 'none.json')], /there is no baseline/],
    [['check', '-', '--baseline', file], /pipeline document, not a baseline/],
    [
      ['check', '-', '--save', 'x', '--tolerance', 'much'],
      /--tolerance is "much"; it takes percent/,
    ],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await millrace(args);
    expect(err).toMatch(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  }
});

test('the baseline that is compared with is told from another file to save', async () => {
  const [file, other, link] = ['kept.json', 'other.json', 'link.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(file, '{}');
  symlinkSync(file, link);
  const given = { options: { '--baseline': [file] } };
  expect(await isSameFile(file, given)).toBe(true);
  expect(await isSameFile(relative('.', file), given)).toBe(true);
  expect(await isSameFile(link, given)).toBe(true);
  expect(await isSameFile(other, given)).toBe(false);
  expect(await isSameFile(file, { options: {} })).toBe(false);
});
