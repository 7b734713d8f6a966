import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';

/** Runs it as npm does: a process of its own, with plain Node. */
function soak(...args: string[]): Promise<{ code: number | null; text: string }> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const script = join(projectFolder, 'test/support/run.js');
    const child = spawn(process.execPath, [script, 'soak', ...args], { cwd: projectFolder, env });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}

test('soak runs what it is told on all its threads, and tells the rate', async () => {
  const { code, text } = await soak(
    '--runs',
    '1001',
    '--files',
    '50',
    '--threads',
    '2',
    '--seed',
    '7',
  );
  expect(text).toContain('No law was broken.');
  expect(text).toMatch(/50 files, 1,001 runs in \d+ s: [\d,]+ runs\/s, [\d,]+ tasks\/s\n$/);
  expect(code).toBe(0);
}, 120_000);

test('soak names the flag it does not understand', async () => {
  const { code, text } = await soak('--runs', 'many');
  expect(text).toContain('--runs takes a whole number above 0, not "many".');
  expect(code).toBe(2);
}, 60_000);
