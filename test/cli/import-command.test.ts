import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { RunSummary } from '../../src/measure/summary.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { flowShop, githubActions, psplib, stg } from '../share/import/small-cases.ts';

async function millrace(
  args: string[],
  stdin: string | Uint8Array = '',
): Promise<{ code: number; out: string; err: string }> {
  const said = { code: -1, out: '', err: '' };
  said.code = await runCommandLine(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    stdin: (async function* () {
      yield stdin;
    })(),
  });
  return said;
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('prints a document that simulate takes as it is', async () => {
  const file = join(folder, 'three jobs.fs.txt');
  writeFileSync(file, flowShop);
  const { code, out, err } = await millrace(['import', '--from', 'flow-shop', file]);
  // What was assumed is no part of the document.
  expect({ code, err }).toEqual({ code: 0, err: 'A unit of time is taken as 1 ms.\n' });
  expect((JSON.parse(out) as PipelineDocument).name).toBe('three jobs.fs');
  const simulated = await millrace(['simulate', '-', '--json'], out);
  expect(JSON.parse(simulated.out)).toMatchObject({
    makespan: 8,
    items: { emitted: 3, delivered: 3 },
  });
  const blocking = ['--set', '/stages/machine-2/buffer/capacity=0'];
  const blocked = await millrace(['simulate', '-', '--json', ...blocking], out);
  expect(JSON.parse(blocked.out)).toMatchObject({ makespan: 11 });
});

test('processors of a task graph are cores, or workers', async () => {
  const { out } = await millrace(['import', '--from=stg', '-'], stg);
  const makespan = async (...options: string[]): Promise<number> => {
    const { out: summary } = await millrace(['simulate', '-', '--json', ...options], out);
    return (JSON.parse(summary) as RunSummary).makespan;
  };
  // 10 ms of work, the longest path is 6.
  expect(await makespan('--cores', '1')).toBe(10);
  expect(await makespan('--set', '/machine/workers=1')).toBe(10);
  expect(await makespan('--cores', '2')).toBe(6);
  expect(await makespan()).toBe(6);
});

test('what a file does not say can be said beside it', async () => {
  const minutes = ['--with', 'minutes=2', '--with', 'runs=3'];
  const { code, out, err } = await millrace(
    ['import', '--from', 'github-actions', '-', ...minutes],
    githubActions,
  );
  expect(code).toBe(0);
  expect(err).toContain('each is taken to need 2 min');
  const { stages, source } = JSON.parse(out) as PipelineDocument;
  expect(stages[0]!.work).toMatchObject({ phases: [{ wait: 120_000 }] });
  expect(source).toEqual({ kind: 'count', count: 3 });
});

test.each<[string, string[], string | Uint8Array, string]>([
  ...([
    ['minuets=3', 'there is no choice "minuets": did you mean "minutes"?'],
    ['minutes=1000', '--with minutes=1000 cannot be: it takes a number from 0 to 360'],
    ['vary=wild', 'it takes "fixed", "drawn"'],
    ['minutes', 'write it as in minutes=3'],
  ].map(([given, says]) => [
    `--with ${given!}`,
    ['--from', 'github-actions', '-', '--with', given!],
    githubActions,
    says!,
  ]) as [string, string[], string, string][]),
  ['no format', ['-'], stg, 'needs --from stg|psplib|flow-shop|job-shop|wfformat'],
  ['a format that is nearly one', ['--from', 'flowshop', '-'], stg, 'did you mean "flow-shop"?'],
  ['an unknown format', ['--from', 'visio', '-'], stg, 'there are stg, psplib, flow-shop'],
  ['no file', ['--from', 'stg'], '', 'millrace import needs FILE'],
  ['a missing file', ['--from', 'stg', 'none.stg'], '', 'there is no file "none.stg"'],
  ['a folder', ['--from', 'stg', folder], '', 'is a folder: give a file in it'],
  [
    'text of another format',
    ['--from', 'stg', '-'],
    psplib,
    'standard input: this is no stg file: line 1: "******************************…" is no number (this looks like psplib: use --from psplib).',
  ],
  ['bytes', ['--from', 'stg', '-'], Uint8Array.of(0x89, 0x50, 0xff, 0, 1), 'this is binary'],
  ['a text cut short', ['--from', 'stg', '-'], stg.slice(0, 30), 'line 5: '],
])('%s is bad input: one sentence, exit 2', async (_, args, stdin, expected) => {
  const { code, out, err } = await millrace(['import', ...args], stdin);
  expect(err).toContain(expected);
  expect(err).toMatch(/^millrace: [^\n]+\n$/);
  expect(out).toBe('');
  expect(code).toBe(2);
});
