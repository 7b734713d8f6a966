import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** All waits, so that a busy machine changes little: the slow stage is all that counts. */
const uneven: PipelineDocument = {
  format: 'millrace/1',
  name: 'Uneven',
  source: { kind: 'count', count: 12 },
  stages: [
    { id: 'quick', name: 'Quick', work: { kind: 'synthetic', phases: [{ wait: 2 }] } },
    {
      ...{ id: 'slow', name: 'Slow', after: ['quick'], permits: 1 },
      work: { kind: 'synthetic', phases: [{ wait: 15 }] },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
};

test('what if: the stage where work pays, the setting that helps, and a check by delays', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open(uneven);
  await workbench.runToEnd();
  const panel = await workbench.tab('What if');
  await panel.getByText(/Work on Slow pays most: 50 % off it takes \d+/).waitFor();
  await panel.getByText(/Replayed with nothing changed it takes/).waitFor();

  // Why predicts from the very same replay.
  const step = panel.getByRole('row', { name: /^Permits of Slow: 1 → 2/ });
  const replayed = (await step.getByRole('cell').nth(1).innerText()).split(' → ')[0];
  expect(replayed).toMatch(/^\d[\d.]* ms$/);
  await workbench.tab('Why');
  await panel.getByText(`predicted from this run ${replayed} → `).first().waitFor();
  await workbench.tab('What if');

  // Read by keyboard: each arrow says the gains at the next cut.
  const chart = panel.getByRole('slider', { name: /^What the whole gains/ });
  await chart.focus();
  await page.keyboard.press('End');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^100 % off: Quick .*, Slow \d+ %$/);
  await page.keyboard.press('ArrowLeft');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^90 % off/);

  // A dozen pairs, of which one half takes twice as long, then the interval.
  await panel.getByRole('button', { name: 'Check by delays' }).press('Enter');
  await panel.getByRole('button', { name: 'Stop checking' }).waitFor();
  await panel.getByText(/The predicted time is [\d.]+ % (shorter|longer)/).waitFor({
    timeout: 60_000,
  });
  expect(await panel.getByTestId('verified').innerText()).toMatch(/% off \(−?[\d.]+ to [\d.]+ %\)/);
  await panel.getByRole('button', { name: /Stop checking|Check by delays/ }).press('Enter');
  await panel.getByRole('button', { name: 'Check by delays' }).waitFor();

  // One press takes what helps, and it is one undo away.
  await panel.getByRole('button', { name: 'Take Permits of Slow: 1 → 2' }).press('Enter');
  await panel.getByText('The document has changed since this check.').waitFor();
  await panel.getByText(/Work on .* pays most/).waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await panel.getByRole('button', { name: 'Take Permits of Slow: 1 → 2' }).waitFor();
});
