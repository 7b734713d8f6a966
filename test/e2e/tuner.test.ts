import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** Waits only, so that real runs take what is predicted, on whatever machine. */
const fetching: PipelineDocument = {
  format: 'millrace/1',
  name: 'Fetching',
  source: { kind: 'count', count: 16, bytes: 1000 },
  stages: [
    { id: 'fetch', name: 'Fetch', permits: 1, work: { kind: 'synthetic', phases: [{ wait: 10 }] } },
  ],
  machine: { workers: 1, tasksPerWorker: 2, cores: 2 },
};

test('a goal is set, its settings are found, explained, measured and taken', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open(fetching);
  const panel = await workbench.tab('Sweep');
  await page.getByRole('button', { name: 'Full height' }).click();
  await panel.getByText('Tune', { exact: true }).click();
  const tuner = panel.getByRole('region', { name: 'Tune' });

  // By keyboard: a limit is typed, Tune is pressed.
  const memory = tuner.getByLabel('Memory peak at most', { exact: true });
  await memory.focus();
  await page.keyboard.type('64 KiB');
  const tune = tuner.getByRole('button', { name: 'Tune' });
  await tune.focus();
  await page.keyboard.press('Enter');
  const found = tuner.getByTestId('tuned');
  await found
    .filter({ hasText: /^Predicted makespan: \d.* ms → \d.* ms, \d.*× as fast/ })
    .waitFor();
  await page
    .getByTestId('said')
    .filter({ hasText: /Found: predicted makespan/ })
    .waitFor();
  // The focus stays where it was.
  expect(await tune.evaluate((button) => button === document.activeElement)).toBe(true);

  // What each change brings, and why.
  const changes = tuner.getByTestId('tuned-changes');
  await changes.getByRole('row', { name: /^Fetch: Permits 1 \d/ }).waitFor();
  await tuner.getByText('As it was: Fetch holds everything back').waitFor();
  await tuner.getByText(/helps? only together/).waitFor();

  // Real runs have the last word.
  await tuner.getByRole('button', { name: 'Measure it' }).click();
  const measured = tuner.getByTestId('tuned-measured');
  await measured
    .getByRole('row', { name: /^tuned .*, predicted .*Faster than this document/ })
    .waitFor({ timeout: 60_000 });
  const stop = tuner.getByRole('button', { name: 'Stop measuring' });
  if (await stop.isVisible()) await stop.click();
  await tuner.getByRole('button', { name: 'Measure it' }).waitFor();

  // One press takes them, one undo gives them back.
  await tuner.getByRole('button', { name: 'Take these settings' }).click();
  await tuner.getByRole('button', { name: 'Taken' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await tuner.getByRole('button', { name: 'Take these settings' }).waitFor();
});
