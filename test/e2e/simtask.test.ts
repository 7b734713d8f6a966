import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();
const title = 'Find duplicated functions';

test('simtask runs on the corpus: a schedule with spans, a report, and hits the second time', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.pickFromGallery(title);
  await workbench.runToEnd();
  expect(await workbench.errorBanner.allInnerTexts()).toEqual([]);
  expect(await workbench.failures()).toEqual([]);
  expect((await workbench.outputs()).length).toBeGreaterThan(0);

  // The picture has a text alternative: the same spans, as rows.
  await workbench.schedule.getByRole('button', { name: 'Table', exact: true }).click();
  const spans = workbench.schedule.locator('tbody tr');
  await expect.poll(() => spans.count()).toBeGreaterThan(10);
  const pageOfTable = await workbench.schedule.getByText(/tasks, .*page \d/).innerText();
  expect(Number.parseInt(pageOfTable.replace(/\D.*/, ''), 10)).toBeGreaterThan(0);

  const mostHits = async (): Promise<number> => {
    const panel = await workbench.tab('Cache');
    const cells = await panel.locator('tbody tr td:nth-child(2)').allInnerTexts();
    return Math.max(...cells.map((text) => Number(text.replace(/\D/g, ''))));
  };
  await expect.poll(mostHits, { timeout: 5000 }).toBe(0);
  await workbench.runToEnd();
  await expect.poll(mostHits, { timeout: 5000 }).toBeGreaterThan(10);
});
