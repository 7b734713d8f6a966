import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { chain, closePage, details, openDocument } from './open-page.ts';
import { savedBy } from './saved-files.ts';

afterEach(closePage);

it('has a line for each of two stages that have the same name', async () => {
  await openDocument({
    ...chain,
    stages: chain.stages.map((stage) => ({ ...stage, name: 'Same' })),
  });
  await details('What if').click();
  const chart = page
    .getByRole('figure')
    .filter({ has: page.getByRole('slider', { name: /^What the whole gains/ }) });
  await expect.element(chart).toBeVisible();
  await expect
    .poll(() => chart.getByRole('listitem').filter({ hasText: 'Same' }).elements().length)
    .toBe(2);
  const { name, text } = await savedBy(() => chart.getByRole('button', { name: 'CSV' }).click());
  expect(name).toBe('what-if.csv');
  // Heading and cells agree: shares, from nothing to all of it.
  const [head, ...rows] = text.trimEnd().split('\r\n');
  expect(head).toBe('Taken off the stage’s work (share),Same (share),Same (share)');
  expect([rows[0]!.split(',')[0], rows.at(-1)!.split(',')[0]]).toEqual(['0', '1']);
  await chart.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('region', { name: /^What the whole gains.*as a table$/ });
  await expect.poll(() => table.getByText('Same').elements().length).toBe(2);
});
