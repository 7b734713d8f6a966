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
  const lost = /\/(compile|Gallery|ResultsTab)-[^/]*\.(js|css)$/;
  await page.route(lost, (route) => route.abort());

  const gallery = page.getByRole('button', { name: 'Gallery', exact: true });
  await gallery.click();
  await workbench.errorBanner.filter({ hasText: 'The gallery could not be loaded' }).waitFor();

  await workbench.open(oneStage('export default (item) => item.index;'));
  await expect.poll(() => workbench.documentName.inputValue()).toBe('One stage');
  await workbench.runToEnd();
  await workbench.errorBanner.filter({ hasText: 'The compiler could not be loaded' }).waitFor();

  await page.unroute(lost);
  await workbench.runToEnd();
  await workbench.tab('Results');
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
