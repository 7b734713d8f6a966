import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** Waits only, so that real runs take what is predicted, on whatever machine. */
const twoStages: PipelineDocument = {
  format: 'millrace/1',
  name: 'Two stages',
  source: { kind: 'count', count: 12, bytes: 1000 },
  stages: [
    { id: 'fetch', name: 'Fetch', permits: 1, work: { kind: 'synthetic', phases: [{ wait: 6 }] } },
    {
      ...{ id: 'store', name: 'Store', after: ['fetch'], permits: 1 },
      work: { kind: 'synthetic', phases: [{ wait: 3 }] },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 4, cores: 2 },
};

test('two fields are swept, looked at, weighed up, measured and taken', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open(twoStages);
  const panel = await workbench.tab('Sweep');
  await page.getByRole('button', { name: 'Full height' }).click();

  // One press suggests what to sweep, a typed list says what exactly.
  await panel.getByRole('button', { name: 'Suggest two fields' }).click();
  const values = panel.getByRole('textbox', { name: /^Values of “Fetch: Permits”/ });
  await values.fill('1, 2, 4');
  const other = panel.getByRole('textbox', { name: /^Values of/ }).filter({ visible: true });
  expect(await other.count()).toBe(2);
  await panel.getByRole('button', { name: /^Simulate \d+ cells$/ }).click();
  await panel.getByText(/^Least makespan predicted: /).waitFor();

  // The map by keyboard: each arrow key says the next cell, Enter chooses it.
  const map = panel.getByRole('slider', { name: /^Makespan predicted, by / });
  await map.focus();
  await page.keyboard.press('Home');
  const first = await map.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => map.getAttribute('aria-valuetext')).not.toBe(first);
  await page.keyboard.press('Enter');
  const card = panel.getByRole('region', { name: 'The chosen cell' });
  await card.getByRole('button', { name: 'Keep as a variant' }).click();

  // As a table, sorted by its header, and as a file.
  await panel.getByRole('button', { name: 'Table' }).click();
  const table = panel.getByRole('table', { name: 'All cells, predicted' });
  await table.getByRole('columnheader').getByRole('button', { name: 'Fetch: Permits' }).click();
  const column = table.getByRole('columnheader', { name: /^Fetch: Permits/ });
  expect(await column.getAttribute('aria-sort')).toBe('ascending');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'CSV' }).first().click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toContain('Makespan (ms)');
  const cells = lines.length - 1;
  expect(await table.locator('tbody tr').count()).toBe(Math.min(50, cells));

  // The front, measured for real, beside what was predicted.
  await panel.getByRole('button', { name: /^Measure the \d ticked$/ }).click();
  const measured = panel.getByRole('cell', { name: /^\d.* \(\d.* to \d.*, \d+ runs\)$/ });
  await measured.nth(1).waitFor({ timeout: 60_000 });
  await panel.getByRole('button', { name: 'Stop measuring' }).click();
  await panel.getByRole('button', { name: /^Measure the \d ticked$/ }).waitFor();
  expect(
    await panel.getByText(/^(⚠ )?(predicted .* too (long|short)|agrees to within)/).count(),
  ).toBeGreaterThan(0);

  // One press takes a cell; what was simulated stands, for only swept fields have changed.
  const front = panel.getByRole('table', { name: /^The settings on the front/ });
  await front
    .getByRole('button', { name: /Fetch: Permits (2|4)/ })
    .first()
    .click();
  await card.getByRole('button', { name: 'Take' }).click();
  await card.getByRole('button', { name: 'This is the document' }).waitFor();
  expect(await panel.getByText('Simulate again').count()).toBe(0);

  // It is still there after a look elsewhere.
  await workbench.tab('Why');
  await workbench.tab('Sweep');
  await panel.getByRole('slider', { name: /against/ }).waitFor();
});
