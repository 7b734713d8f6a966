import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

const load = (cpu: number, more = {}) => ({
  kind: 'synthetic' as const,
  phases: [{ cpu }],
  ...more,
});
/** Predicted at once: nothing has to be run. */
const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Parcels',
  source: {
    kind: 'values',
    values: Array.from({ length: 60 }, (_, at) => ({ path: `lib/file-${at}.ts` })),
  },
  stages: [
    { id: 'cut', name: 'Cut', work: load(2) },
    { id: 'press', name: 'Press', after: ['cut'], batch: { size: 3 }, work: load(5) },
    { id: 'pack', name: 'Pack', after: ['press'], join: 'all', work: load(9) },
  ],
  machine: { workers: 3, cores: 3 },
};

async function opened(): Promise<{ page: Page; workbench: Workbench; chart: Locator }> {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open(document);
  const chart = workbench.schedule.getByRole('img', { name: /^Schedule: 81 tasks/ });
  await chart.waitFor();
  // What hands need comes at their first sign.
  await page.mouse.move(700, 300);
  await workbench.schedule.getByRole('button', { name: 'Critical path' }).waitFor();
  return { page, workbench, chart };
}
const lanes = (workbench: Workbench): Locator =>
  workbench.schedule.getByLabel('Lanes of the schedule');

test('an item is found by part of its value, its way lit up, listed and gone to, by keys alone', async () => {
  const { page, workbench, chart } = await opened();
  await lanes(workbench).selectOption('item');
  await expect.poll(() => chart.getAttribute('aria-label')).toContain('a lane for each item');
  await chart.focus();
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Find an item' });
  await expect
    .poll(() => field.evaluate((input) => input === window.document.activeElement))
    .toBe(true);
  await page.keyboard.type('FILE-17');
  await page.getByRole('option', { name: /^17/ }).waitFor();
  await page.keyboard.press('Enter');
  const way = page.getByRole('complementary', { name: 'Item 17' });
  const steps = way.getByRole('listitem');
  await expect.poll(() => steps.count()).toBe(3);
  expect(await steps.nth(0).innerText()).toMatch(/Cut[\s\S]*waited .* for a worker · fed Press/);
  expect(await steps.nth(1).innerText()).toMatch(/15, 3 items[\s\S]*fed Pack/);
  await steps.nth(0).getByRole('button').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const showAll = workbench.schedule.getByRole('button', { name: 'Show all', exact: true });
  await showAll.waitFor();
  await chart.focus();
  await page.keyboard.press('0');
  await showAll.waitFor({ state: 'detached' });
  await workbench.schedule.getByRole('button', { name: 'Table', exact: true }).click();
  await expect.poll(() => workbench.schedule.locator('tbody tr').count()).toBe(3);
  await page.getByRole('button', { name: 'Show all tasks' }).click();
  await workbench.schedule.getByText('81 tasks').waitFor();
  await workbench.schedule.getByRole('button', { name: 'Service' }).click();
  expect(await workbench.schedule.locator('tbody tr').first().innerText()).toMatch(/^Cut/);
  await workbench.schedule.getByRole('button', { name: 'Service' }).click();
  expect(await workbench.schedule.locator('tbody tr').first().innerText()).toMatch(/^Pack/);
});

test('a click on a task selects its stage and its item; C shows the critical path', async () => {
  const { page, chart } = await opened();
  const box = (await chart.boundingBox())!;
  await page.mouse.click(box.x + 130, box.y + 20);
  await page.getByRole('complementary', { name: /^Item \d+$/ }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'Id' }).inputValue()).toBe('cut');
  await chart.focus();
  await page.keyboard.press('c');
  const path = page.getByRole('complementary', { name: 'Critical path' });
  await path.waitFor();
  expect(await path.innerText()).toMatch(/tasks in a row, .* of service: .* % of the makespan/);
  await chart.focus();
  await page.keyboard.press('c');
  await path.waitFor({ state: 'detached' });
});

test('every task can be stepped to in all three kinds of lanes', async () => {
  const { page, workbench, chart } = await opened();
  for (const by of ['worker', 'stage', 'item']) {
    await lanes(workbench).selectOption(by);
    await expect.poll(() => chart.getAttribute('aria-label')).toContain(`a lane for each ${by}`);
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    const card = workbench.schedule.locator('.detail');
    await card.waitFor();
    const first = await card.innerText();
    await page.keyboard.press('PageDown');
    await expect.poll(() => card.innerText()).not.toBe(first);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  }
});

test('a drag on the axis picks a window, the strip below shows where it is, and a stage can be hidden', async () => {
  const { page, workbench, chart } = await opened();
  const box = (await chart.boundingBox())!;
  await page.mouse.move(box.x + 300, box.y + box.height - 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 420, box.y + box.height - 8, { steps: 4 });
  await page.mouse.up();
  const strip = workbench.schedule.locator('.overview .selection');
  await strip.waitFor();
  const widthPx = (await strip.boundingBox())!.width;
  expect(Math.abs(widthPx - 120)).toBeLessThan(3);
  const place = (await strip.boundingBox())!;
  await page.mouse.move(place.x + 40, place.y + 8);
  await page.mouse.down();
  await page.mouse.move(place.x + 140, place.y + 8, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await strip.boundingBox())!.x - place.x)).toBe(100);
  expect(Math.abs((await strip.boundingBox())!.width - widthPx)).toBeLessThan(0.5);
  await workbench.schedule.getByRole('button', { name: 'Show all', exact: true }).click();
  await strip.waitFor({ state: 'detached' });

  const chip = workbench.schedule.getByRole('button', { name: 'Press', exact: true });
  await chip.click();
  expect(await chip.getAttribute('aria-pressed')).toBe('false');
  await workbench.schedule.getByRole('button', { name: 'Table', exact: true }).click();
  await workbench.schedule.getByText('61 tasks').waitFor();
  await workbench.schedule.getByRole('button', { name: 'Table', exact: true }).click();
  await chip.dblclick();
  for (const [name, isShown] of [
    ['Cut', 'false'],
    ['Press', 'true'],
    ['Pack', 'false'],
  ])
    expect(
      await workbench.schedule
        .getByRole('button', { name: name!, exact: true })
        .getAttribute('aria-pressed'),
    ).toBe(isShown);
  await workbench.schedule.getByRole('button', { name: 'Show all stages' }).click();
});

test('the schedule leaves as SVG, PNG, CSV and Chrome trace', async () => {
  const { page, workbench } = await opened();
  const begins = { SVG: '<svg', PNG: '\x89PNG', CSV: 'item,stage,lane' };
  for (const [kind, start] of Object.entries(begins)) {
    await workbench.schedule.getByRole('button', { name: 'Export the schedule' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: `as ${kind}` }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(`parcels-schedule.${kind.toLowerCase()}`);
    const text = readFileSync(await saved.path(), 'latin1');
    expect(text.startsWith(start)).toBe(true);
    if (kind === 'CSV') expect(text.trimEnd().split('\r\n')).toHaveLength(82);
  }
  await workbench.schedule.getByRole('button', { name: 'Export the schedule' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Chrome trace' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('parcels-trace.json');
  const { traceEvents } = JSON.parse(readFileSync(await saved.path(), 'utf8')) as {
    traceEvents: { ph: string }[];
  };
  expect(traceEvents.filter(({ ph }) => ph === 'X')).toHaveLength(81);
});

test('the table and the figures that stand open go on with the run, and are right at its end', async () => {
  const { page, workbench } = await opened();
  await workbench.schedule.getByRole('button', { name: 'Figures' }).click();
  await workbench.runToEnd();
  const heldBack = await workbench.schedule.getByRole('table').first().innerText();
  for (const [, percent] of heldBack.matchAll(/([\d,]+) %/g))
    expect(Number(percent!.replaceAll(',', '')), heldBack).toBeLessThanOrEqual(100);
  await workbench.schedule.getByRole('button', { name: 'Table' }).click();
  await workbench.runToEnd();
  await workbench.schedule.getByText(/^81 tasks/).waitFor();
  // A chart that has the focus may go with its document.
  await workbench.schedule.getByRole('button', { name: 'Table' }).click();
  await workbench.schedule.getByRole('img', { name: /^Schedule/ }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => workbench.documentName.inputValue()).not.toBe('Parcels');
});
