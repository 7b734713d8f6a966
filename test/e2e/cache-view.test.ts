import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** A number as the page writes it: "1,234". */
const numberIn = (text: string, before: RegExp): number =>
  Number(new RegExp(`${before.source}\\s*([\\d,]+)`).exec(text)?.[1]?.replaceAll(',', ''));

test('what a run keeps is listed, deleted, replayed in the lab and found by the next run', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.pickFromGallery('Find duplicated functions');
  await workbench.runToEnd();
  const panel = await workbench.tab('Cache');
  const show = (name: string): Promise<void> =>
    panel.getByRole('button', { name, exact: true }).click();
  const kept = async (): Promise<number> => numberIn(await panel.innerText(), /Kept/);
  await expect.poll(kept).toBeGreaterThan(100);
  const before = await kept();

  await show('Entries');
  const rows = panel.locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(50);
  await expect
    .poll(() => panel.innerText())
    .toMatch(new RegExp(`of ${before.toLocaleString('en')}`));
  await panel
    .getByRole('button', { name: /^Delete [0-9a-f]{8} of/ })
    .first()
    .click();
  await expect.poll(() => panel.innerText()).toMatch(/Deleted one result of/);
  await expect.poll(kept).toBe(before - 1);

  // All are found the second time but the one that was deleted, which is kept again.
  await workbench.runToEnd();
  await show('This run');
  const firstRow = panel.locator('tbody tr').first();
  await expect.poll(async () => (await firstRow.innerText()).split('\t')[2]).toBe('1');
  await expect.poll(kept).toBe(before);

  await show('Cache lab');
  await panel.getByRole('combobox', { name: /^Look-ups/ }).selectOption('recorded');
  // Both runs, each asking for all of it.
  const replayed = `${(2 * before).toLocaleString('en')} look-ups of ${before.toLocaleString('en')} keys`;
  await expect.poll(() => panel.innerText(), { timeout: 20_000 }).toContain(replayed);

  await show('Storage');
  await panel
    .getByRole('button', { name: 'Delete the results of Find duplicated functions' })
    .click();
  await expect.poll(() => panel.innerText()).toMatch(/No document has any result kept/);
  await expect.poll(kept).toBe(0);
});
