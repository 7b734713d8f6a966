import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { firstLoadFilesIn } from '../support/first-load.ts';
import { countRequestsTo, firstVisitBytesMax, tableOf } from '../support/first-visit.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('a first visit fetches little by itself, workers counted, and no editor', async () => {
  const server = await countRequestsTo(inject('pageUrl'));
  try {
    const page = await openPage('', {}, server.url);
    await new Workbench(page).runButton.waitFor();
    await page.locator('.svelte-flow__node').first().waitFor();
    await server.quiet(2000);
    const { scriptBytes, table } = tableOf(server.fetched);
    console.log(table);
    // The page itself, its interface and its graph: fewer would mean that something went uncounted.
    expect(scriptBytes, table).toBeGreaterThan(50_000);
    expect(scriptBytes, table).toBeLessThanOrEqual(firstVisitBytesMax);
    const names = server.fetched.map(({ path }) => path);
    expect(names.filter((name) => /monaco|editor|ts\.worker|typescript/i.test(name))).toEqual([]);
    await page.close();
  } finally {
    await server.close();
  }
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

test('a reload loses nothing, not even what was typed the moment before', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Find duplicated functions');
  await workbench.documentName.fill('Kept over a reload');
  await page.reload();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Kept over a reload');
  // Once more, without a change of its own in between.
  await page.reload();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Kept over a reload');
});
