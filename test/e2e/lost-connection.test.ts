import { expect, test } from 'vitest';
import { oneStage } from './documents.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('what could not be loaded for want of a connection is said, and works once it is back', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await page.locator('.svelte-flow__node').first().waitFor();
  // The browser complains of each file it cannot get: that is what this is about.
  page.removeAllListeners('console');
  const lost = /\/(compile|Gallery|ResultsTab|measure-speedup)-[^/]*\.(js|css)$/;
  await page.route(lost, (route) => route.abort());

  const gallery = page.getByRole('button', { name: 'Gallery', exact: true });
  await gallery.click();
  await workbench.errorBanner.filter({ hasText: 'This could not be loaded' }).waitFor();

  await workbench.tab('Speedup');
  await workbench.panel.getByRole('button', { name: 'Measure speedup' }).click();
  await workbench.errorBanner.filter({ hasText: 'The speedup could not be measured' }).waitFor();

  await workbench.open(oneStage('export default (item) => item.index;'));
  await expect.poll(() => workbench.documentName.inputValue()).toBe('One stage');
  await workbench.runToEnd();
  await workbench.errorBanner.filter({ hasText: 'The compiler could not be loaded' }).waitFor();

  await workbench.tab('Results');
  await workbench.panel.getByRole('button', { name: 'Load it again' }).waitFor();

  await page.unroute(lost);
  await workbench.runToEnd();
  await workbench.panel.getByRole('button', { name: 'Load it again' }).click();
  expect(await workbench.outputs()).toHaveLength(10);

  await gallery.click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const listStyle = () =>
    dialog
      .locator('ul')
      .last()
      .evaluate((list) => getComputedStyle(list).display);
  await expect.poll(listStyle).toBe('grid');
});

test('without its editor the document is edited as plain text', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await page.locator('.svelte-flow__node').first().waitFor();
  page.removeAllListeners('console');
  const lost = /\/TextEditor-[^/]*\.(js|css)$/;
  await page.route(lost, (route) => route.abort());
  const panel = await workbench.tab('Document');
  const text = panel.getByRole('textbox', { name: 'The document as JSON' });
  const { name } = JSON.parse(await text.inputValue()) as { name: string };
  await text.fill(
    (await text.inputValue()).replace(`"name": "${name}"`, '"name": "Typed offline"'),
  );
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Typed offline');

  await page.unroute(lost);
  await panel.getByRole('button', { name: 'Load it again' }).click();
  await page.locator('.monaco-editor').first().waitFor();
});
