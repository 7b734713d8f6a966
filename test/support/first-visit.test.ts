import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { countRequestsTo, tableOf, type CountingServer } from './first-visit.ts';

const incompressible = randomBytes(20_000);
const bodies: Record<string, { type: string; body: Buffer | string }> = {
  '/page.js': { type: 'text/javascript', body: incompressible },
  '/zeros.js': { type: 'application/javascript; charset=utf-8', body: '0'.repeat(50_000) },
  '/look.css': { type: 'text/css', body: 'a{}' },
};

let behind: Server;
let counting: CountingServer;
afterEach(async () => {
  await counting.close();
  behind.closeAllConnections();
  await new Promise((resolve) => behind.close(resolve));
});

test('hands everything on unchanged, and weighs it gzipped, scripts apart', async () => {
  behind = createServer((asked, answer) => {
    const found = bodies[asked.url ?? ''];
    answer.writeHead(found ? 200 : 404, {
      'content-type': found?.type ?? 'text/plain',
      'x-own': '1',
    });
    answer.end(found?.body);
  });
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  counting = await countRequestsTo(`http://127.0.0.1:${(behind.address() as AddressInfo).port}/`);
  const got = await Promise.all(
    [...Object.keys(bodies), '/none.js'].map(async (path) => {
      const response = await fetch(new URL(path, counting.url));
      return { response, body: Buffer.from(await response.arrayBuffer()) };
    }),
  );
  expect(got.map(({ response }) => response.status)).toEqual([200, 200, 200, 404]);
  expect(got[0]!.body.equals(incompressible)).toBe(true);
  expect(got[0]!.response.headers.get('x-own')).toBe('1');
  await counting.quiet(50);
  const { scriptBytes, table } = tableOf(counting.fetched);
  expect(scriptBytes).toBeGreaterThan(20_000);
  expect(scriptBytes).toBeLessThan(20_500);
  expect(table.split('\n').map((row) => row.trim().split(/ {2}/)[1])).toEqual([
    '/page.js',
    '/zeros.js',
    'gzipped JavaScript in all, of 150 kB',
    '/look.css (no JavaScript)',
  ]);
});
