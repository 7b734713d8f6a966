import { chromium, type Page } from 'playwright';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findBrowser } from '../../src/cli/browser.ts';
import { codeStage } from './documents.ts';
import { Workbench } from './workbench.ts';

let browser: Awaited<ReturnType<typeof puppeteer.launch>>;

beforeAll(async () => {
  const { args = [], ...found } = await findBrowser();
  // As it comes: the flags of those who drive browsers put sandboxed frames into the page's process.
  const asItComes = { ignoreDefaultArgs: true, args: [...args, '--headless', 'about:blank'] };
  browser = await puppeteer.launch({ ...found, ...asItComes });
});
afterAll(async () => {
  await browser.close();
});

/** The browser's only page, seen through a connection of its own. */
async function look(): Promise<{ page: Page; leave: () => Promise<void> }> {
  const connection = await chromium.connectOverCDP(browser.wsEndpoint());
  return { page: connection.contexts()[0]!.pages()[0]!, leave: () => connection.close() };
}

/**
 * Ends the process that the sandbox lives in, and only that: a frame that shared the page's process would have
 * no session of its own, and this would throw. To Playwright the death of any frame is that of the page: to see
 * that the page lives, look again.
 */
async function crashSandbox(page: Page): Promise<void> {
  const frame = page.frames().find((one) => one.parentFrame() !== null)!;
  const session = await page.context().newCDPSession(frame);
  const crashed = page.waitForEvent('crash');
  // Whoever is asked to die does not answer.
  session.send('Page.crash').catch(() => {});
  await crashed;
}

test('a sandbox whose process dies ends its run with what was done; the next run is whole', async () => {
  const before = await look();
  await before.page.goto(inject('pageUrl'));
  const workbench = new Workbench(before.page);
  const slow = 'export default async (n, ctx) => { await ctx.wait(300); return n; };';
  await workbench.open({
    format: 'millrace/1',
    source: { kind: 'values', values: [1, 2, 3, 4, 5, 6] },
    stages: [
      codeStage('quick', 'export default (n) => n;'),
      codeStage('slow', slow, { after: ['quick'], permits: 1 }),
    ],
  });
  await workbench.tab('Results');
  // The page is patient for half a minute, since a machine may be busy; here it looks ten times as often.
  await before.page.evaluate(() => {
    const inRealTime = window.setInterval.bind(window);
    window.setInterval = ((run: () => void, ms: number) => inRealTime(run, ms / 10)) as never;
  });
  await workbench.runButton.click();
  await before.page.getByText(/[1-3] of 6 items/).waitFor();
  await crashSandbox(before.page);
  await before.leave();

  const after = await look();
  const survivor = new Workbench(after.page);
  await survivor.waitForEnd();
  expect(await survivor.errorBanner.innerText()).toMatch(
    /The sandbox stopped answering while "slow" was running .*what it had told of until then is shown, without its outputs/,
  );
  expect(await survivor.panel.innerText()).toMatch(/[1-4] of 6 items delivered/);

  await survivor.runToEnd();
  expect(await survivor.panel.innerText()).toContain('6 of 6 items delivered');
  expect(await survivor.errorBanner.count()).toBe(0);
  await after.leave();
});
