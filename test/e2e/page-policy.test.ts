import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('a session breaks no rule of the page’s policy, and what the page never does is refused by it', async () => {
  const page = await openPage();
  await page.evaluate(() => {
    const broken: string[] = [];
    Object.assign(globalThis, { broken });
    addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
  });
  const broken = () =>
    page.evaluate(() => (globalThis as unknown as { broken: string[] }).broken.splice(0));
  const workbench = new Workbench(page);
  await workbench.pickFromGallery('Back pressure');
  await workbench.runToEnd();
  await workbench.tab('Document');
  await page.locator('.monaco-editor .view-lines').first().waitFor();
  expect(await broken()).toEqual([]);

  // From here on the console is full of refusals.
  page.removeAllListeners('console');
  const ran = await page.evaluate(async () => {
    const elsewhere = 'http://127.0.0.2:9/';
    const put = (tag: string, fields: object) =>
      document.body.append(Object.assign(document.createElement(tag), fields));
    put('script', { textContent: 'globalThis.ran = "inline"' });
    put('script', { src: `${elsewhere}x.js` });
    put('script', { src: 'data:text/javascript,globalThis.ran="data"' });
    put('div', { innerHTML: '<img src="data:," onerror="globalThis.ran=\'handler\'">' });
    put('img', { src: `${elsewhere}x.png` });
    put('iframe', { src: location.href });
    put('object', { data: `${elsewhere}x.swf` });
    put('form', { action: elsewhere, method: 'post' });
    document.head.append(Object.assign(document.createElement('base'), { href: elsewhere }));
    document.querySelector<HTMLFormElement>(`form[action="${elsewhere}"]`)!.submit();
    await fetch(elsewhere).catch(() => {});
    // Not eval: whoever drives the page through its debugger is allowed that.
    setTimeout('globalThis.ran = "timer"');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (globalThis as { ran?: string }).ran ?? 'nothing';
  });
  expect(ran).toBe('nothing');
  const refused = [
    ...['script-src-elem', 'script-src-attr', 'script-src', 'img-src', 'frame-src', 'object-src'],
    ...['form-action', 'base-uri', 'connect-src'],
  ];
  expect([...new Set(await broken())].sort()).toEqual(refused.sort());
});
