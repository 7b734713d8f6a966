import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test(
  'variants are compared live, stopped at once, and one is taken',
  { timeout: 90_000 },
  async () => {
    const page = await openPage();
    const workbench = new Workbench(page);
    await workbench.pickFromGallery('Batches share a fixed cost');
    const panel = await workbench.tab('Compare');
    const compare = panel.getByRole('button', { name: 'Compare', exact: true });
    const verdicts = panel.getByTestId('verdict-row');

    // Two are enough, and none of the slow ones: this is about verdicts, not about patience.
    const leftOut = ['this document', 'batches of 5', 'batches of 20, all at once'];
    for (const name of [...leftOut, 'batches of 200, all at once'])
      await panel.getByRole('checkbox', { name, exact: true }).uncheck();
    await panel.getByLabel('For at most').selectOption('20 s');
    await compare.click();
    await expect.poll(() => page.getByText(/^Comparison: /).count()).toBe(1);
    await compare.waitFor({ timeout: 80_000 });
    expect(await workbench.errorBanner.allInnerTexts()).toEqual([]);
    expect(await verdicts.allInnerTexts()).toEqual([
      expect.stringMatching(/batches of 20.*what the others are compared with/s),
      // Which way it goes depends on the machine; an interval and words come with it.
      expect.stringMatching(/batches of 200.*× \([\d.]+–[\d.]+\).*(Faster|Slower|No difference)/s),
    ]);
    await panel.getByText('All of them delivered the same results').waitFor();

    // Every run can be read one by one.
    const chart = panel.getByRole('slider', { name: /^Every run/ });
    await chart.press('Home');
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/^batches of \d+, round 1: /);

    await compare.click();
    await panel.getByRole('button', { name: 'Stop comparing' }).click();
    await compare.waitFor({ timeout: 5000 });
    await panel.getByText('Stopped.').waitFor();

    await panel.getByRole('button', { name: 'Take “batches of 200”' }).click();
    await expect
      .poll(() => page.getByRole('status').allInnerTexts())
      .toContainEqual(expect.stringContaining('Took “batches of 200”'));
    await page.getByLabel('Undo').click();
  },
);
