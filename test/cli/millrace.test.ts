import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';

// The command as a shell starts it: a process of its own, in another folder, with plain Node.
const run = promisify(execFile);
const entry = join(projectFolder, 'src/cli/millrace.js');

test('the command works from any folder', { timeout: 30_000 }, async () => {
  const { stdout, stderr } = await run(process.execPath, [entry, 'simulate', 'ggen', '--json'], {
    cwd: '/',
  });
  expect(JSON.parse(stdout)).toMatchObject({ machine: 'simulated' });
  expect(stderr).toBe('');
});

test('its exit code says what went wrong', { timeout: 30_000 }, async () => {
  await expect(run(process.execPath, [entry, 'simulate', 'nothing'])).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('millrace: "nothing"') as string,
  });
});

test('a reader who has read enough is no error', { timeout: 30_000 }, async () => {
  const child = spawn(process.execPath, [entry, 'gallery', '--json']);
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(said).toBe('');
  expect(code).toBe(0);
});
