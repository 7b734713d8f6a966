import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readStream, readTextFile } from '../../src/cli/read-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-read-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const most = 1024;

test('reads a file, and a file that is not there is null', async () => {
  expect(await readTextFile(file('a', 'größer'), most)).toBe('größer');
  expect(await readTextFile(join(folder, 'none'), most)).toBe(null);
});

test('reads a pipe, which has no size', { skip: process.platform === 'win32' }, async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // By another process: whoever opens a pipe waits for the other end.
  execFileSync('sh', ['-c', `printf 'through it' > '${pipe}' &`], { stdio: 'ignore' });
  expect(await readTextFile(pipe, most)).toBe('through it');
});

test('refuses a folder, what is too large and what is no UTF-8, each in a sentence', async () => {
  await expect(readTextFile(folder, most)).rejects.toThrow(/is a folder/);
  const large = file('large', '');
  truncateSync(large, 3 * 1024 ** 3);
  await expect(readTextFile(large, most)).rejects.toThrow(/has 3 GiB: the ceiling is 1 KiB/);
  const wide = file('wide', Buffer.from('\ufeff{}', 'utf16le'));
  await expect(readTextFile(wide, most)).rejects.toThrow(/is UTF-16: save it as UTF-8/);
});

test('stops reading standard input that does not end', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 100;
      yield new Uint8Array(100);
    }
  }
  await expect(readStream(endless(), most)).rejects.toThrow(/standard input has more than/);
  expect(given).toBeLessThanOrEqual(most + 200);
});
