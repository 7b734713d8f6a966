import { expect, inject, test } from 'vitest';
import { usingBrowser } from './open-page.ts';

const openPage = usingBrowser();

test('the address that npm start prints serves an isolated page', async () => {
  const response = await fetch(inject('pageUrl'));
  expect(response.status).toBe(200);
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  const page = await openPage();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('a missing file is a 404, never the page in its place', async () => {
  const response = await fetch(`${inject('pageUrl')}assets/none.js`);
  expect(response.status).toBe(404);
});

test('nothing is asked of any other host', async () => {
  const page = await openPage('', { serviceWorkers: 'block' });
  const hosts = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).host),
  );
  expect(new Set(hosts)).toEqual(new Set([new URL(inject('pageUrl')).host]));
});
