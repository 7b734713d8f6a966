import type { Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { oneStage } from './documents.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();
const banner = (page: Page, text: string | RegExp) =>
  page.locator('.banners').getByRole('status').filter({ hasText: text });
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Versions' });
/** Long enough that a reload comes in the middle of it. */
const slow = 'export default async (item, ctx) => { await ctx.wait(400); return item.index; };';

const twoStages: PipelineDocument = {
  format: 'millrace/1',
  name: 'Two stages',
  stages: [
    { id: 'first', name: 'First', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    { id: 'second', name: 'Second', after: ['first'], work: { kind: 'synthetic', phases: [] } },
  ],
};

async function opened(page: Page): Promise<Workbench> {
  const workbench = new Workbench(page);
  await workbench.open(oneStage(slow, 100));
  await expect.poll(() => workbench.documentName.inputValue()).toBe('One stage');
  return workbench;
}

test('versions outlive a reload, and the first state comes back as one step that can be undone', async () => {
  const page = await openPage();
  const workbench = await opened(page);
  await workbench.documentName.click();
  await workbench.documentName.fill('Changed');
  await page.keyboard.press('Control+s');
  await banner(page, 'Kept this version of “Changed”').waitFor();
  await workbench.documentName.fill('Changed again');
  await page.reload();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Changed again');
  await page.getByRole('banner').getByRole('button', { name: 'Versions' }).click();
  const rows = dialogOf(page).getByRole('listitem');
  await expect.poll(() => rows.count()).toBe(2);
  await dialogOf(page).getByText('Since the newest: name "Changed again"').waitFor();
  await rows.last().getByRole('button', { name: 'Restore' }).click();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('One stage');
  await banner(page, 'Restored').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Changed again');
});

test('the first state is kept also when what keeps versions comes too late', async () => {
  const page = await openPage();
  // It never comes, as when the page is left early.
  await page.route(/welcome-hands/, () => {});
  const workbench = await opened(page);
  await workbench.documentName.click();
  await workbench.documentName.fill('Changed');
  await page.keyboard.press('Control+s');
  await banner(page, 'Kept this version of “Changed”').waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Versions' }).click();
  const rows = dialogOf(page).getByRole('listitem');
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.last().innerText()).toContain('as it was opened');
});

test('a reload in the middle of a run says what was lost, and runs it again', async () => {
  const page = await openPage();
  const workbench = await opened(page);
  await workbench.runButton.click();
  await page.getByText(/of 100 items/).waitFor();
  await page.reload();
  const told = banner(page, 'The run of “One stage” ended with the page');
  await told.getByRole('button', { name: 'Run again' }).click();
  await page.getByText(/of 100 items/).waitFor();
  await workbench.stopButton.click();
  await workbench.waitForEnd();
});

test('a second tab says that it has a copy; neither changes the other', async () => {
  const page = await openPage();
  const workbench = await opened(page);
  await workbench.documentName.click();
  await workbench.documentName.fill('In the first');
  // Kept after a short pause.
  await page.waitForTimeout(1000);
  const second = await page.context().newPage();
  await second.goto(inject('pageUrl'));
  await banner(second, '“In the first” is open in another tab, so this is a copy').waitFor();
  const other = new Workbench(second);
  await other.documentName.fill('In the second');
  await page.reload();
  await second.reload();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('In the first');
  await expect.poll(() => other.documentName.inputValue()).toBe('In the second');
});

test('the page comes back the way it was left, and nothing moves meanwhile', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.tab('Why');
  const splitter = page.getByRole('separator', { name: 'Width of the left column' });
  await splitter.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const width = await splitter.getAttribute('aria-valuenow');
  await page.addInitScript(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { shifts: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        seen.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.reload();
  await page.locator('.svelte-flow__node').first().waitFor();
  expect(await splitter.getAttribute('aria-valuenow')).toBe(width);
  expect(await page.getByRole('tab', { name: 'Why' }).getAttribute('aria-selected')).toBe('true');
  await page.waitForTimeout(1000);
  const moved = await page.evaluate(() =>
    (globalThis as unknown as { shifts: number[] }).shifts.reduce((sum, one) => sum + one, 0),
  );
  expect(moved).toBeLessThan(0.01);
});

test('a value that no document can have does not take the document along over a reload', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open(twoStages);
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Two stages');
  await workbench.selectStage('First');
  await page.getByRole('textbox', { name: 'Permits' }).fill('0');
  await page.keyboard.press('Enter');
  await page.reload();
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Two stages');
  await page.locator('.svelte-flow__node', { hasText: 'Second' }).waitFor();
});

test('an undo from the palette reaches the text that has the caret, and the next key does not take it back', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open(twoStages);
  await workbench.documentName.fill('Renamed');
  await workbench.documentName.blur();
  await workbench.tab('Document');
  const lines = page.locator('.monaco-editor .view-lines').first();
  await lines.click();
  await expect.poll(() => lines.innerText()).toContain('Renamed');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search the commands' }).fill('Undo');
  await page.keyboard.press('Enter');
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Two stages');
  await expect.poll(() => lines.innerText()).not.toContain('Renamed');
  await lines.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' ');
  await expect.poll(() => workbench.documentName.inputValue()).toBe('Two stages');
});
