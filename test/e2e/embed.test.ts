import { expect, inject, onTestFinished, test } from 'vitest';
import { isolationHeaders } from '../../src/cli/isolation.ts';
import { linkText, readLink } from '../../src/share/link/link-text.ts';
import { oneStage } from './documents.ts';
import { answerTo, ask, frameIn, HostPage, toldTo } from './host-page.ts';
import { usingBrowser } from './open-page.ts';
import { PlainHost } from './plain-host.ts';

const openPage = usingBrowser();
const twice = oneStage('export default (item) => item.index * 2;');
const thrice = oneStage('export default (item) => item.index * 3;');
/** For this test, until its pages are closed: those that still load would complain. */
async function started<Host extends HostPage | PlainHost>(host: Host): Promise<Host> {
  onTestFinished(() => host.stop());
  await host.start();
  return host;
}

test('embedded at another site it is driven by message, runs code only after a press, and keeps nothing', async () => {
  const [around, stranger] = [await started(new HostPage()), await started(new HostPage())];
  const site = await started(new PlainHost(false));
  const link = await linkText({ document: twice });
  const address = `${site.url}?embed&theme=dark&origin=${encodeURIComponent(around.origin)}${link}`;

  // Whoever is not named in the address hears nothing, and is not heard.
  const deaf = await openPage('', {}, stranger.around(address));
  await frameIn(deaf).getByText('One stage').waitFor();
  await ask(deaf, { id: 1, type: 'load', document: thrice });
  await ask(deaf, { id: 2, type: 'theme', theme: 'light' });

  const page = await openPage('', {}, 'about:blank');
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('Storage is refused.', 'SecurityError');
        },
      });
  });
  await page.goto(around.around(address));
  const frame = frameIn(page);
  await expect.poll(async () => (await toldTo(page)).length).toBeGreaterThanOrEqual(2);
  const [ready, loaded] = await toldTo(page);
  expect(ready).toEqual({
    origin: new URL(site.url).origin,
    data: { millrace: 1, id: null, type: 'ready' },
  });
  expect(loaded?.data).toMatchObject({
    id: null,
    type: 'loaded',
    name: 'One stage',
    hasCode: true,
  });
  expect(await frame.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(await frame.locator('html').evaluate(() => crossOriginIsolated)).toBe(false);

  await ask(page, { id: 'early', type: 'run' });
  expect(await answerTo(page, 'early')).toMatchObject({ type: 'error', reason: 'needs-press' });
  await ask(page, { id: 'bad', type: 'load', link: '#1.AAAA' });
  expect(await answerTo(page, 'bad')).toMatchObject({ type: 'error', reason: 'bad-document' });

  await frame.getByRole('button', { name: 'Run', exact: true }).click();
  await expect
    .poll(async () => (await toldTo(page)).filter(({ data }) => data['type'] === 'result'), {
      timeout: 30_000,
    })
    .toHaveLength(1);
  const byHand = (await toldTo(page)).find(({ data }) => data['type'] === 'result')!.data;
  expect(byHand).toMatchObject({ id: null, ended: 'done', delivered: 10, runs: 1 });
  await ask(page, { id: 'again', type: 'run' });
  const again = await answerTo(page, 'again');
  expect(again).toMatchObject({
    ...{ type: 'result', ended: 'done', runs: 2 },
    resultsDigest: byHand['resultsDigest'],
    claimed: { results: byHand['resultsDigest'], environment: { isolated: false } },
  });
  expect((again['claimed'] as { makespans: number[] }).makespans).toHaveLength(2);

  // The press was for that document.
  await ask(page, { id: 'other', type: 'load', document: thrice });
  expect(await answerTo(page, 'other')).toMatchObject({ type: 'loaded' });
  await ask(page, { id: 'unasked', type: 'run' });
  expect(await answerTo(page, 'unasked')).toMatchObject({ reason: 'needs-press' });

  const open = frame.getByRole('link', { name: /^Open in Millrace/ });
  const leadsTo = async (): Promise<unknown> => {
    const { search, hash, href } = new URL(
      await open.evaluate((one: HTMLAnchorElement) => one.href),
    );
    const read = await readLink(hash);
    return { search, isThere: href.startsWith(site.url), document: read.ok && read.value.document };
  };
  await expect.poll(leadsTo).toEqual({ search: '', isThere: true, document: thrice });
  const workbench =
    /\/(mount-(?!embed)|GraphPane|Inspector|page-worker|version-shelf)|^service-worker/;
  expect(site.asked.filter((path) => workbench.test(path))).toEqual([]);
  expect(await toldTo(deaf)).toEqual([]);
  expect(await frameIn(deaf).locator('html').getAttribute('data-theme')).toBe('dark');
});

test('in a page that is isolated it is shown if its host allows it, and has fine clocks', async () => {
  const around = await started(new HostPage(isolationHeaders));
  const link = await linkText({ document: twice });
  const page = await openPage('', {}, around.around(`${inject('pageUrl')}?embed${link}`));
  const frame = frameIn(page);
  await frame.getByText('One stage').waitFor();
  expect(await frame.locator('html').evaluate(() => crossOriginIsolated)).toBe(true);
  await frame.getByRole('button', { name: 'Run', exact: true }).click();
  await expect
    .poll(() => frame.getByText('Measured', { exact: true }).locator('..').innerText(), {
      timeout: 30_000,
    })
    .toMatch(/\d/);
});
