import type { Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { oneStage } from './documents.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** Counts to 3, not to be written soon, and is long at work on the second item; run again, it says what it has found. */
const source = `let hasCounted = false;
export default async (_, ctx) => {
  if (hasCounted) await ctx.wait(900_000);
  const found = await ctx.counter.value('cursor');
  if (found > 0) return found;
  for (let i = 0; i < 3; i++) await ctx.counter.add('cursor', 1, { write: { everyMs: 60_000 } });
  hasCounted = true;
};`;

const ways: [string, (page: Page) => Promise<Page>][] = [
  [
    'reloaded',
    async (page) => {
      await page.reload();
      return page;
    },
  ],
  [
    'left for another page',
    async (page) => {
      await page.goto('about:blank');
      await page.goto(inject('pageUrl'));
      return page;
    },
  ],
  [
    'closed',
    async (page) => {
      await page.close({ runBeforeUnload: true });
      const next = await page.context().newPage();
      await next.goto(inject('pageUrl'));
      return next;
    },
  ],
];

test.each(ways)('a page that is %s in the middle of a run loses no count', async (_, leave) => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open({ ...oneStage(source, 2), name: 'Counts', machine: { workers: 1 } });
  await workbench.runButton.click();
  const body = page.locator('body');
  await expect.poll(() => body.innerText(), { timeout: 30_000 }).toMatch(/· 1 task\b/);

  const again = new Workbench(await leave(page));
  await expect.poll(() => again.documentName.inputValue()).toBe('Counts');
  for (let times = 0; times < 2; times++) {
    await again.runToEnd();
    expect(await again.outputs()).toEqual(['0 Double 3', '1 Double 3']);
  }
});
