import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
import type { LedgerResult } from '../../src/explore/ledger/outcome.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { oneStage } from './documents.ts';

/** `millrace` as a shell starts it, with a document on its standard input. */
function millrace(
  args: string[],
  document: PipelineDocument,
): Promise<{ code: number | null; out: string; err: string }> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const child = spawn(process.execPath, [join(projectFolder, 'src/cli/millrace.js'), ...args], {
    env,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(JSON.stringify(document));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test('run measures on real workers and prints one object', async () => {
  const document = oneStage('export default (item: { index: number }) => item.index * 2;');
  const { code, out, err } = await millrace(['run', '-', '--json'], document);
  // Apart from a build, when somebody has just saved a file.
  expect(err.replace('Building the page …\n', '')).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    machine: 'live',
    items: { emitted: 10, delivered: 10, failed: 0, dropped: 0, cancelled: 0 },
    stages: { double: { received: 10, tasks: 10, delivered: 10 } },
    workers: { count: 2 },
    results: expect.stringMatching(/^[0-9a-f]+$/) as string,
    failures: [],
  });
});

test('what failed is listed with item, stage and message; the run itself has not failed', async () => {
  const document = oneStage(
    `export default ({ index }: { index: number }) => { if (index === 1) throw new Error('one'); };`,
    3,
  );
  const { code, out } = await millrace(['run', '-', '--repeat', '2'], document);
  expect(code).toBe(0);
  expect(out).toMatch(/Items +2 of 3 delivered, 1 failed/);
  expect(out).toMatch(/Item 1 failed at double.*: .*one/);
  expect(out).toContain('median makespan of 2');
});

test('a syntax error in stage code is bad input', async () => {
  const { code, out, err } = await millrace(['run', '-', '--json'], oneStage('export default ('));
  expect(err).toMatch(/^millrace: [^\n]*double[^\n]*\n$/);
  expect(out).toBe('');
  expect(code).toBe(2);
});

/** Waits only: what is faster by ten times is so on any machine, however busy. */
const waiting = (permits: number, more: Partial<PipelineDocument> = {}): PipelineDocument => ({
  format: 'millrace/1',
  source: { kind: 'count', count: 10 },
  stages: [{ id: 'fetch', permits, work: { kind: 'synthetic', phases: [{ wait: 6 }] } }],
  machine: { workers: 1, tasksPerWorker: 10 },
  ...more,
});

test('compare runs variants in turns, and names the faster one', async () => {
  const document = waiting(1, {
    variants: [
      { name: 'ten permits', set: { '/stages/fetch/permits': 10 } },
      { name: 'fewer items', set: { '/source/count': 5 } },
    ],
  });
  const { code, out, err } = await millrace(['compare', '-', '--budget', '1', '--json'], document);
  const { contenders } = JSON.parse(out) as { contenders: { makespans: number[] }[] };
  expect(contenders[0]!.makespans.length).toBeGreaterThanOrEqual(12);
  expect(contenders[1]).toMatchObject({ speedup: { verdict: 'faster' }, differentWork: null });
  // Half the items are no speedup: said, and no success.
  expect(contenders[2]).toMatchObject({ speedup: null });
  expect(err).toMatch(/^millrace: "fewer items" did different work/m);
  expect(code).toBe(1);
});

test('ledger gives each claim a verdict: one that is counted, one that is played', async () => {
  const { code, out, err } = await millrace(['ledger', 'E1', 'A5', '--json'], waiting(1));
  const { measuredAt, environment, outcomes } = JSON.parse(out) as LedgerResult;
  expect(Date.parse(measuredAt)).toBeGreaterThan(0);
  expect(environment).toMatchObject({ browser: expect.stringMatching(/\d/) as string });
  expect(outcomes).toMatchObject([
    { id: 'A5', verdict: 'reproduced' },
    { id: 'E1', verdict: 'replayed' },
  ]);
  expect(outcomes[1]!.trials[0]).toMatchObject({ verdict: 'replayed', measured: { samples: 1 } });
  expect(outcomes[0]!.trials[0]!.curve!.points.length).toBeGreaterThan(2);
  expect(err).toMatch(/^E1: replayed \(1 of 2\)\nA5: reproduced \(2 of 2\)\n$/m);
  expect(code).toBe(0);
});

const folder = mkdtempSync(join(tmpdir(), 'millrace-e2e-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('check saves a baseline, and fails on a regression or a missed target', async () => {
  // Recorded by somebody else: ten times as slow, in no known browser.
  const recorded = join(folder, 'recorded.json');
  const makespans = Array.from({ length: 12 }, (_, run) => 60_000 + run);
  const facts = { environment: null, results: null, measuredAt: '2026-01-01T00:00:00Z' };
  const document = waiting(10);
  writeFileSync(
    recorded,
    JSON.stringify({ format: 'millrace-baseline/1', document, makespans, ...facts }),
  );
  const file = join(folder, 'baseline.json');
  const saved = await millrace(
    ['check', '-', '--baseline', recorded, '--recorded', '--save', file, '--budget', '1'],
    waiting(10, { targets: { total: { target: 60_000 } } }),
  );
  expect(saved).toMatchObject({ code: 0, err: expect.stringContaining('Saved') as string });
  expect(saved.out).toMatch(/^Faster than the baseline/);
  expect(saved.out).toMatch(/Total met its target/);
  expect(saved.out).toMatch(/Passed\.\n$/);

  const kept = readFileSync(file, 'utf8');
  // What was saved runs in turns with a document of one permit.
  const slower = await millrace(
    ['check', '-', '--baseline', file, '--save', file, '--budget', '1', '--json'],
    waiting(1, { targets: { total: { target: 0.01 } } }),
  );
  expect(slower.code).toBe(1);
  // Else the same check would pass when it is tried again.
  expect(slower.err).toMatch(/Not saved: the check did not pass/);
  expect(readFileSync(file, 'utf8')).toBe(kept);
  expect(JSON.parse(slower.out)).toMatchObject({
    passes: false,
    baseline: { verdict: 'regression', method: 'interleaved' },
    targets: [{ outcome: 'missed' }],
  });
});
