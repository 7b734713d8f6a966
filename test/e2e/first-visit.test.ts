import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { firstLoadFilesIn } from '../support/first-load.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('the first visit asks for no editor and no parser', async () => {
  const page = await openPage();
  await new Workbench(page).runButton.waitFor();
  await page.waitForLoadState('networkidle');
  const names = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')),
  );
  expect(names.filter((name) => /monaco|editor\.|ts\.worker|typescript/i.test(name))).toEqual([]);
});

test('the page can be used before anything but the first load has come', async () => {
  const page = await openPage();
  const first = firstLoadFilesIn(join(projectFolder, 'dist'));
  await page.route('**/*.js', async (route) => {
    // What is not part of the first load never comes.
    if (first.some((file) => route.request().url().endsWith(file))) await route.continue();
  });
  await page.reload();
  const workbench = new Workbench(page);
  await workbench.documentName.fill('Usable');
  await workbench.documentName.blur();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await workbench.documentName.inputValue()).not.toBe('Usable');
  expect(await workbench.runButton.isEnabled()).toBe(true);
});

test.each([
  ['a desk', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
])('on %s nothing is wider than the window', async (_, viewport) => {
  const page = await openPage('', { viewport });
  await new Workbench(page).runButton.waitFor();
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflowPx).toBeLessThanOrEqual(0);
});

test('work in progress survives a reload', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.documentName.fill('Kept over a reload');
  await workbench.documentName.press('Enter');
  await workbench.documentName.blur();
  await page.waitForTimeout(1500);
  await page.reload();
  await workbench.runButton.waitFor();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Kept over a reload');
});
