import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('a browser that was measured is predicted, run, and the difference told apart by its causes', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.pickFromGallery('Back pressure');
  const predicted = page.getByRole('banner').getByText(/^Predicted/);
  await expect.poll(() => predicted.innerText()).toMatch(/602 ms/);

  const panel = await workbench.tab('Prediction');
  await panel.getByText(/ideal machine until this browser has been measured/).waitFor();
  await panel.getByRole('button', { name: 'Measure this browser' }).click();
  await panel.getByText(/^What was measured of this browser/).click({ timeout: 60_000 });
  const costs = panel.getByRole('table').filter({ hasText: 'Dispatch a task' });
  expect(await costs.getByRole('row').count()).toBe(11);
  // What a browser costs is added to the work, never taken from it.
  await expect.poll(() => predicted.innerText()).not.toMatch(/602 ms/);

  await workbench.runButton.click();
  await panel.getByTestId('prediction-error').waitFor({ timeout: 60_000 });
  const stages = panel.getByRole('table', { name: /^Predicted and measured/ });
  await stages.getByRole('rowheader', { name: 'Slow' }).waitFor();
  const causes = panel.getByRole('slider', { name: /cause by cause/ });
  await expect.poll(() => causes.getAttribute('aria-valuetext')).toMatch(/^Unexplained: /);
  await causes.press('Home');
  expect(await causes.getAttribute('aria-valuetext')).toMatch(/^Ideal machine: 602 ms/);
  await causes.press('End');
  expect(await causes.getAttribute('aria-valuetext')).toMatch(/^Measured: /);

  // A reload forgets neither the choice nor what was measured.
  await page.reload();
  await workbench.tab('Prediction');
  expect(await panel.getByRole('radio', { name: 'This browser' }).isChecked()).toBe(true);
});
