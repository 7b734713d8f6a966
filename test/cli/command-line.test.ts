import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { RunSummary } from '../../src/measure/summary.ts';

interface Said {
  code: number;
  out: string;
  err: string;
}

async function millrace(args: string[], stdin = ''): Promise<Said> {
  const said: Said = { code: -1, out: '', err: '' };
  said.code = await runCommandLine(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    stdin: (async function* () {
      yield stdin;
    })(),
  });
  return said;
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ten items of 20 ms, one after another on each of the workers. */
const document = {
  format: 'millrace/1',
  source: { kind: 'count', count: 10 },
  stages: [{ id: 'work', work: { kind: 'synthetic', phases: [{ cpu: 20 }] } }],
  machine: { cores: 2, workers: 2 },
};
const text = JSON.stringify(document);

test('simulate prints one object with what the document format promises', async () => {
  const { code, out, err } = await millrace(['simulate', '-', '--json'], text);
  expect(err).toBe('');
  expect(code).toBe(0);
  const summary = JSON.parse(out) as RunSummary;
  expect(out.endsWith('}\n')).toBe(true);
  expect(summary).toMatchObject({
    machine: 'simulated',
    cores: 2,
    makespan: 100,
    items: { emitted: 10, delivered: 10, failed: 0, dropped: 0, cancelled: 0 },
    throughput: 100,
    stages: { work: { received: 10, tasks: 10, delivered: 10, busy: 200 } },
    workers: { count: 2, utilization: 1 },
    bound: { value: 100 },
  });
  expect(summary.digest).toMatch(/^[0-9a-f]{16,}$/);
});

test('simulate says the same twice, and something else for another document', async () => {
  const once = await millrace(['simulate', '-', '--json'], text);
  const again = await millrace(['simulate', '-', '--json'], text);
  const other = await millrace(['simulate', '-', '--json', '--set', '/machine/workers=1'], text);
  expect(again.out).toBe(once.out);
  expect(JSON.parse(other.out)).toMatchObject({ makespan: 200 });
});

test('options change the document: cores, and pointers with stages by id', async () => {
  const oneCore = await millrace(['simulate', '-', '--cores', '1', '--json'], text);
  expect(JSON.parse(oneCore.out)).toMatchObject({ cores: 1, makespan: 200 });
  const set = ['--set', '/source/count=4', '--set', '/stages/work/permits=1'];
  const permits = await millrace(['simulate', '-', ...set, '--json'], text);
  expect(JSON.parse(permits.out)).toMatchObject({ items: { emitted: 4 }, makespan: 80 });
});

test('a file and a name from the gallery are documents too', async () => {
  const file = join(folder, 'ten.millrace.json');
  writeFileSync(file, text);
  const fromFile = await millrace(['simulate', file, '--json']);
  expect(JSON.parse(fromFile.out)).toMatchObject({ makespan: 100 });
  const fromGallery = await millrace(['simulate', 'ggen']);
  expect(fromGallery.err).toBe('');
  expect(fromGallery.out).toMatch(/^Makespan +[\d.]+ m?s \(simulated/);
  expect(fromGallery.out).toContain('selection');
});

test('the gallery lists names and what they teach', async () => {
  const { out } = await millrace(['gallery', '--json']);
  const entries = JSON.parse(out) as { name: string; title: string; teaches: string }[];
  expect(entries.map(({ name }) => name)).toContain('simtask');
  for (const { title, teaches } of entries)
    expect(title.length * teaches.length).toBeGreaterThan(0);
  expect((await millrace(['gallery'])).out).toContain('simtask');
});

test.each([
  ['an unknown command', ['simulte', 'ggen'], '', 'did you mean "simulate"'],
  ['a missing file', ['simulate', 'none.json'], '', 'there is no file "none.json"'],
  ['a name that is nearly one', ['simulate', 'gen'], '', 'did you mean "ggen"'],
  ['text that is no JSON', ['simulate', '-'], '{"format": ', ''],
  [
    'a document of another format',
    ['simulate', '-'],
    '{"format":"millrace/9","stages":[]}',
    'millrace/1',
  ],
  ['an unknown field', ['simulate', '-', '--set', '/machine/wrokers=2'], text, 'wrokers'],
  ['a stage that is not there', ['simulate', '-', '--set', '/stages/wrk/permits=2'], text, 'wrk'],
  ['a value out of range', ['simulate', '-', '--set', '/stages/work/permits=0'], text, 'permits'],
  ['a --set without a value', ['simulate', '-', '--set', 'machine'], text, '/pointer=value'],
  ['a stage of code without a model', ['simulate', 'simtask'], '', '“Scan packages”'],
  [
    'a result',
    ['simulate', '-'],
    '{"format": "millrace-result/1"}',
    'that is a result that somebody measured, not a document',
  ],
  ['picked files', ['run', '-', '--set', '/source={"kind":"files","files":{}}'], text, 'files'],
])('%s is bad input: one sentence, exit 2', async (_, args, stdin, expected) => {
  const { code, out, err } = await millrace(args, stdin);
  expect(err).toContain(expected);
  expect(err).toMatch(/^millrace: [^\n]+\n$/);
  expect(out).toBe('');
  expect(code).toBe(2);
});

test('help names every command', async () => {
  const { code, out } = await millrace(['--help']);
  expect(code).toBe(0);
  for (const name of ['simulate', 'run', 'import', 'gallery', 'serve'])
    expect(out).toContain(`millrace ${name}`);
  expect((await millrace(['run', '--help'])).out).toContain('--repeat N');
});
