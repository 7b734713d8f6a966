import { expect, test } from 'vitest';
import { isolationHeaders } from '../../src/cli/isolation.ts';
import { isolated } from '../../src/offline/isolated.ts';

test('an answer gets the headers that our own server sends, and keeps everything else', async () => {
  const answer = isolated(
    new Response('text', { status: 203, headers: { 'Content-Type': 'text/css', ETag: 'x' } }),
  );
  expect(Object.fromEntries(answer.headers)).toEqual({
    'content-type': 'text/css',
    etag: 'x',
    ...Object.fromEntries(new Headers(isolationHeaders)),
  });
  expect(answer.status).toBe(203);
  expect(await answer.text()).toBe('text');
});

test('what has them, cannot be read, or has no body is passed on', () => {
  const there = new Response('text', { headers: isolationHeaders });
  expect(isolated(there)).toBe(there);
  const opaque = Response.error();
  expect(isolated(opaque)).toBe(opaque);
  expect(isolated(new Response(null, { status: 304 })).status).toBe(304);
});
