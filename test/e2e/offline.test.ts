import type { Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { oneStage } from './documents.ts';
import { usingBrowser } from './open-page.ts';
import { PlainHost } from './plain-host.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();
let host: PlainHost;

/** A host that is there for this test, until its pages are closed: those that still load would complain. */
async function startHost(isolates: boolean): Promise<void> {
  host = new PlainHost(isolates);
  const started = host;
  onTestFinished(() => started.stop());
  await host.start();
}
async function open(isolates: boolean): Promise<Page> {
  await startHost(isolates);
  return openPage('', {}, host.url);
}

/** Until everything that is kept ahead has come, and the worker answers for the page. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, {
    timeout: 60_000,
  });
}
/** The browser complains of each file it cannot get: that is what some of this is about. */
const expectComplaints = (page: Page): unknown => page.removeAllListeners('console');

const news = (page: Page, text: string | RegExp) =>
  page.locator('.banners').getByRole('status').filter({ hasText: text });
const isIsolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);
const versionShown = (page: Page): Promise<string | null> =>
  page.locator('meta[name="version"]').getAttribute('content');
const twice = 'export default (item) => item.index * 2;';

async function runs(page: Page): Promise<void> {
  const workbench = new Workbench(page);
  await workbench.open(oneStage(twice));
  await expect.poll(() => workbench.documentName.inputValue()).toBe('One stage');
  await workbench.runToEnd();
  expect(await workbench.outputs()).toHaveLength(10);
}

test('after the first visit it opens, predicts, runs and shows its gallery without a connection', async () => {
  const page = await open(true);
  await kept(page);
  // The editor is nobody's before it is asked for.
  expect(host.asked.filter((path) => /ts\.worker|TextEditor/.test(path))).toEqual([]);
  await host.stop();
  await page.reload();
  const workbench = new Workbench(page);
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Find duplicated functions');
  await page.locator('.svelte-flow__node').first().waitFor();
  expect(await isIsolated(page)).toBe(true);
  // With the sample data that it reads.
  await workbench.runToEnd();
  await page
    .getByText(/items delivered/)
    .first()
    .waitFor();
  expect(await workbench.errorBanner.count()).toBe(0);
  await workbench.pickFromGallery('Back pressure');
  await workbench.schedule.locator('canvas:visible').first().waitFor();
});

test('a host that sends no headers: coarse at first, isolated after a reload that is asked for', async () => {
  const page = await open(false);
  expect(await isIsolated(page)).toBe(false);
  await runs(page);
  await kept(page);
  const notice = news(page, 'Reloading it once mends that');
  await notice.getByRole('button', { name: 'Reload now' }).click();
  await expect.poll(() => isIsolated(page).catch(() => false)).toBe(true);
  await runs(page);
});

test('with a file that is not the one that was built nothing is kept, and it says what it lacks', async () => {
  await startHost(false);
  // Of those that only the service worker asks for.
  host.change = (path, text) => (/Gallery-.*\.js$/.test(path) ? `${text()}\n` : undefined);
  const page = await openPage('', {}, host.url);
  await news(page, 'Cross-Origin-Opener-Policy').waitFor();
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});

test('without service workers it works as well, and says what it lacks until told to be quiet', async () => {
  await startHost(false);
  const page = await openPage('', { serviceWorkers: 'block' }, host.url);
  await runs(page);
  const notice = news(page, 'Cross-Origin-Opener-Policy');
  await notice.getByRole('button', { name: 'OK' }).click();
  await page.reload();
  await runs(page);
  await page.waitForTimeout(5000);
  expect(await notice.count()).toBe(0);
});

/** The host has a newer build now, in which the gallery's file is another one. */
function deploy(version: string): void {
  host.change = (path, text) => {
    if (/Gallery-.*\.js$/.test(path)) return null;
    if (path !== 'index.html' && path !== 'service-worker.js') return undefined;
    const old = /name="version" content="(\w+)"|"version":"(\w+)"/.exec(text())!;
    const gallery = /\{[^{}]*Gallery-[^{}]*\.js[^{}]*\},/g;
    return text()
      .replaceAll((old[1] ?? old[2])!, version)
      .replace(gallery, '');
  };
}
async function askForUpdate(page: Page): Promise<void> {
  // A page registers its worker when it has nothing better to do. If that came after a worker that
  // takes itself away, it would bring that one back. It asks for its lock just before.
  const held = (): Promise<string> =>
    page.evaluate(async () => JSON.stringify((await navigator.locks.query()).held));
  await expect.poll(held, { timeout: 30_000 }).toContain('millrace-page-');
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
}

test('a new version says that it is there, waits, and leaves older tabs their files', async () => {
  const page = await open(true);
  await kept(page);
  const first = await versionShown(page);
  const other = await page.context().newPage();
  await other.goto(host.url);
  await kept(other);
  deploy('0123456789abcdef');
  await askForUpdate(page);
  const workbench = new Workbench(page);
  await workbench.documentName.fill('Typed before the reload');
  const ready = news(page, 'A new version of Millrace is ready');
  await ready.waitFor();
  expect(await versionShown(page)).toBe(first);
  // A plain reload is no consent.
  await page.reload();
  await ready.waitFor({ timeout: 15_000 });
  expect(await versionShown(page)).toBe(first);

  await ready.getByRole('button', { name: 'Reload now' }).click();
  await expect.poll(() => versionShown(page).catch(() => null)).toBe('0123456789abcdef');
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Typed before the reload');
  // The other tab was not reloaded, is told, and still gets the files of its own version.
  expect(await versionShown(other)).toBe(first);
  await news(other, 'goes on with the old one').waitFor();
  await new Workbench(other).pickFromGallery('Back pressure');
});

test('an update that is not whole leaves the old version working', async () => {
  const page = await open(true);
  await kept(page);
  const first = await versionShown(page);
  deploy('0123456789abcdef');
  const { change } = host;
  // Its files are not all there yet.
  host.change = (path, text) => (path === 'index.html' ? null : change(path, text));
  const outcome = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise<ServiceWorker>((resolve) =>
      registration.addEventListener('updatefound', () => resolve(registration.installing!)),
    );
    void registration.update().catch(() => null);
    const worker = await found;
    return new Promise((resolve) => {
      const tell = (): void => {
        if (worker.state !== 'installing') resolve(worker.state);
      };
      worker.addEventListener('statechange', tell);
      tell();
    });
  });
  expect(outcome).toBe('redundant');
  expectComplaints(page);
  await host.stop();
  await page.reload();
  await runs(page);
  expect(await versionShown(page)).toBe(first);
});

test('a damaged cache costs nothing but the network, and a worker can be called off', async () => {
  const page = await open(true);
  await kept(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.reload();
  await runs(page);
  // What a host would serve to be rid of it.
  host.change = (path) =>
    path === 'service-worker.js'
      ? `addEventListener('install', () => skipWaiting());
         addEventListener('activate', (event) => event.waitUntil((async () => {
           for (const name of await caches.keys()) await caches.delete(name);
           await registration.unregister();
         })()));`
      : undefined;
  await askForUpdate(page);
  await expect
    .poll(() =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
    )
    .toBe(0);
  await page.reload();
  await runs(page);
});

test('it gives way to whatever is served at its address without a worker of its own', async () => {
  const page = await open(true);
  await kept(page);
  host.change = (path) =>
    path === 'service-worker.js' ? null : path === 'index.html' ? 'Another program' : undefined;
  expectComplaints(page);
  await page.reload();
  await expect
    .poll(() =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
    )
    .toBe(0);
  await page.reload();
  expect(await page.locator('body').innerText()).toBe('Another program');
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test('it can be installed: a manifest with icons that are there', async () => {
  const page = await open(true);
  const manifest = (await (await fetch(`${host.url}manifest.webmanifest`)).json()) as {
    icons: { src: string; sizes: string; purpose: string }[];
  };
  for (const { src } of manifest.icons)
    expect((await fetch(new URL(src, host.url))).status, src).toBe(200);
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = (await session.send('Page.getInstallabilityErrors')) as {
    installabilityErrors: { errorId: string }[];
  };
  // A test's window is a private one, in which nothing is ever installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});
