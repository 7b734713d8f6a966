import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { callHeadless } from '../../src/cli/headless.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { documentText } from '../../src/cli/read-document.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { document as forkJoin } from '../../src/scenarios/gallery/fork-join.ts';
import { linkText } from '../../src/share/link/link-text.ts';
import { firstLoadFilesIn } from '../support/first-load.ts';
import {
  countRequestsTo,
  firstVisitBytesMax,
  firstVisitRequestsMax,
  keptAheadBytesMax,
  predictionBytesMax,
  predictionRequestsMax,
  runBytesMax,
  runRequestsMax,
  tableOf,
} from '../support/first-visit.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/**
 * Without a service worker: what it keeps for later comes when the page has long been there and nothing
 * runs, one file at a time, and nobody waits for it. The next test counts that.
 */
test('a first visit fetches little by itself, workers counted, and no editor', async () => {
  const server = await countRequestsTo(inject('pageUrl'));
  try {
    const page = await openPage('', { serviceWorkers: 'block' }, server.url);
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
    // What one looks at first needs no thread beside the page's own.
    expect(page.workers()).toEqual([]);
    expect(names.length, table).toBeLessThanOrEqual(firstVisitRequestsMax);
    await page.close();
  } finally {
    await server.close();
  }
});

test('from a link to its first prediction little is fetched, and one thread started', async () => {
  const server = await countRequestsTo(inject('pageUrl'));
  try {
    const link = await linkText({ document: forkJoin });
    const page = await openPage(link, { serviceWorkers: 'block' }, server.url);
    await page
      .getByRole('banner')
      .getByText(/^Predicted \d/)
      .waitFor();
    await server.quiet(500);
    const { scriptBytes, table } = tableOf(server.fetched);
    console.log(`${table}\n${server.fetched.length} files until a link is predicted`);
    expect(scriptBytes, table).toBeGreaterThan(50_000);
    expect(scriptBytes, table).toBeLessThanOrEqual(predictionBytesMax);
    expect(server.fetched.length, table).toBeLessThanOrEqual(predictionRequestsMax);
    // The simulator; nothing that runs, no cache.
    expect(page.workers()).toHaveLength(1);
    await page.close();
  } finally {
    await server.close();
  }
});

test('from Run to the first task only what runs is fetched, and only what works is started', async () => {
  const server = await countRequestsTo(inject('pageUrl'));
  try {
    // Without its interface the page fetches nothing ahead.
    const page = await openPage('#headless', { serviceWorkers: 'block' }, server.url);
    await page.waitForFunction(() => 'millraceHeadless' in globalThis);
    await server.quiet(500);
    const before = server.fetched.length;
    const started: string[] = [];
    page.on('worker', (worker) => started.push(worker.url()));
    const source = 'export default (item: { index: number }) => item.index;';
    const [run] = await callHeadless(page, 'run', {
      document: documentText(
        withDefaults({
          ...{ format: 'millrace/1', source: { kind: 'count', count: 1 } },
          stages: [{ id: 'one', work: { kind: 'code', source } }],
          machine: { workers: 2 },
        }),
      ),
      repeat: 1,
    });
    await server.quiet(500);
    expect(run?.summary.items.delivered).toBe(1);
    const fetched = server.fetched.slice(before);
    const { scriptBytes, table } = tableOf(fetched);
    console.log(`a run: ${(scriptBytes / 1000).toFixed(1)} kB gzipped in ${fetched.length} files`);
    expect(scriptBytes, table).toBeGreaterThan(50_000);
    expect(scriptBytes, table).toBeLessThanOrEqual(runBytesMax);
    expect(fetched.length, table).toBeLessThanOrEqual(runRequestsMax);
    // What compiles, the coordinator, two stage workers of the same program; no cache, no simulator.
    expect(started).toHaveLength(4);
    expect(new Set(started).size).toBe(3);
  } finally {
    await server.close();
  }
});

test('what is kept for a visit without a connection comes later, once, and without the editor', async () => {
  const server = await countRequestsTo(inject('pageUrl'));
  try {
    const page = await openPage('', {}, server.url);
    await page.locator('.svelte-flow__node').first().waitFor();
    await server.quiet(1000);
    const atFirst = server.fetched.length;
    expect(server.fetched.map(({ path }) => path)).not.toContain('/service-worker.js');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await server.quiet(1000);
    const later = server.fetched.slice(atFirst);
    const { table } = tableOf(later);
    const bytes = later.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0);
    console.log(`kept ahead: ${(bytes / 1000).toFixed(0)} kB gzipped in ${later.length} files`);
    expect(bytes, table).toBeGreaterThan(500_000);
    expect(bytes, table).toBeLessThanOrEqual(keptAheadBytesMax);
    const names = later.map(({ path }) => path);
    expect(names.filter((name) => /monaco|TextEditor|editor\.api|ts\.worker/i.test(name))).toEqual(
      [],
    );
    // What the page has already fetched comes out of the browser's own cache, if its host allows it.
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
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
