import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('Why names the stage that holds back, a press applies what would help, and another measures it', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.pickFromGallery('Back pressure');
  const predicted = page.getByRole('banner').getByText(/^Predicted/);
  await expect.poll(() => predicted.innerText()).toMatch(/602 ms/);
  const panel = await workbench.tab('Why');
  const bottlenecks = panel.getByRole('list').filter({ hasText: 'root cause' });
  const first = bottlenecks.getByRole('listitem').first();
  await expect.poll(() => first.innerText()).toMatch(/Slow: its permits.*chronic.*98 %/s);
  expect(await first.innerText()).toMatch(/Held back Fast \(blocked 72 % of the run\)/);
  await panel.getByRole('img', { name: /^Lower bounds against the prediction, 602 ms/ }).waitFor();

  // What waited is lit up, and the stage is what the fields are of.
  await first.getByRole('button', { name: 'Show in the schedule: Slow: its permits' }).click();
  await page.getByRole('complementary', { name: 'Waited: Slow: its permits' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Permits' }).inputValue()).toBe('1');
  await page.getByRole('button', { name: 'Take the light away' }).click();

  await panel.getByText(/predicted 602 ms → 362 ms/).waitFor();
  await panel.getByRole('button', { name: 'Apply: Slow: 2 permits' }).click();
  await expect.poll(() => predicted.innerText()).toMatch(/362 ms/);
  await panel.getByText('Applied: Slow: 2 permits.').waitFor();
  await panel.getByText(/No single change helps/).waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => predicted.innerText()).toMatch(/602 ms/);

  const path = panel.getByRole('table', { name: /^The makespan, split by stage/ });
  expect(await path.getByRole('row').nth(1).innerText()).toMatch(/Slow\s+a permit\s+59/);
  const lost = panel.getByRole('table', { name: /^Time lost at each semaphore/ });
  expect(await lost.getByRole('row').last().innerText()).toMatch(/level 3.*Slow: its permits/s);

  // Twelve pairs of a tenth of a second each.
  await workbench.open({
    format: 'millrace/1',
    name: 'Short',
    source: { kind: 'count', count: 10 },
    stages: [
      { id: 'a', name: 'A', permits: 1, work: { kind: 'synthetic', phases: [{ wait: 10 }] } },
    ],
    machine: { workers: 2, tasksPerWorker: 4 },
  });
  await workbench.tab('Why');
  await panel.getByRole('button', { name: /^Apply: A:/ }).waitFor();
  await panel.getByRole('button', { name: 'Measure it' }).first().click();
  // The interval narrows; whoever has seen enough stops it.
  await panel.getByText(/So far [\d.]+× \([\d.]+–[\d.]+\) after/).waitFor({ timeout: 60_000 });
  await panel.getByRole('button', { name: 'Stop measuring' }).click();
  const measured = panel.getByText(/^Measured here/).first();
  await measured.waitFor({ timeout: 60_000 });
  // A ratio with its interval, and what was predicted beside it.
  expect(await measured.locator('..').innerText()).toMatch(/\d× \([\d.]+–[\d.]+\).*Predicted was/s);
});
