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

test(
  'its speedup over the sequential baseline comes with an interval',
  { timeout: 300_000 },
  async () => {
    const workbench = new Workbench(await openPage());
    await workbench.pickFromGallery(title);
    const panel = await workbench.tab('Speedup');
    await panel.getByRole('button', { name: 'Measure speedup' }).click();
    // What conducts it is fetched first.
    await panel.getByRole('button', { name: 'Stop measuring' }).waitFor();
    await workbench.waitForEnd(280_000);
    expect(await workbench.errorBanner.allInnerTexts()).toEqual([]);
    // "1.83× (1.79–1.88)", and what it means in words; how large it is depends on the machine.
    const text = await panel.innerText();
    expect(text).toMatch(/\d(\.\d+)?×/);
    expect(text).toMatch(/\d(\.\d+)?\s*[–-]\s*\d(\.\d+)?/);
    expect(text).toMatch(/faster|slower|no difference seen/i);
  },
);
