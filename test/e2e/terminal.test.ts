import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
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
