import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';

const openPage = usingBrowser();

test('a claim that was run is still there after a reload, and its link shows it beside on another machine', async () => {
  const page = await openPage('#ledger');
  const claim = page.locator('#claim-A5');
  await claim.getByRole('button', { name: 'Run A5' }).click();
  await expect.poll(() => claim.textContent(), { timeout: 60_000 }).toMatch(/Measured here\s*\d/);
  const measured = await claim.textContent();
  await page.reload();
  await claim.waitFor();
  await expect.poll(() => claim.textContent()).toBe(measured);
  const link = await page.getByLabel('Link to this ledger').inputValue();

  // Another context has a storage of its own.
  const other = await openPage(new URL(link).hash);
  const beside = other.locator('#claim-A5').getByTestId('beside');
  await expect
    .poll(() => beside.textContent())
    .toMatch(/Beside\s*(fell short|reproduced|refuted|no verdict)/);
  expect(await other.locator('#claim-A5').textContent()).toContain('not run yet');
  expect(new URL(other.url()).hash).toBe('#ledger');
});
