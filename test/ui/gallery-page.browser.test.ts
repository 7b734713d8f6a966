import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { chain, closePage, openDocument } from './open-page.ts';

beforeEach(() => history.replaceState(null, '', location.pathname + location.search));
afterEach(closePage);
const dialog = page.getByRole('dialog', { name: 'Gallery' });

it('has an address, which the back button and Escape leave, and a live picture of what can be predicted', async () => {
  await openDocument(chain);
  await page.getByRole('button', { name: 'Gallery' }).click();
  await expect.element(dialog).toBeVisible();
  expect(location.hash).toBe('#gallery');
  await expect.poll(() => dialog.getByTestId('sketch').elements().length).toBeGreaterThan(2);
  // Code that has no model yet has its graph.
  expect(dialog.getByTestId('graph').elements().length).toBeGreaterThan(0);
  history.back();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(location.hash).toBe('');
  location.hash = '#gallery';
  await expect.element(dialog).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  expect(location.hash).toBe('');
  await expect.element(page.getByLabelText('Name of the document')).toHaveValue('Chain');
});

it('is searched by claim and project, filtered by kind, and leads to the claim in the ledger', async () => {
  await openDocument(chain);
  await page.getByRole('button', { name: 'Gallery' }).click();
  const search = dialog.getByLabelText('Search the gallery');
  await search.fill('B4');
  await expect
    .element(dialog.getByRole('button', { name: 'A limit inside a limit' }))
    .toBeVisible();
  await expect.element(dialog.getByRole('heading', { name: /B\. Mahavishnu/ })).toBeVisible();
  await dialog.getByLabelText('Show').selectOptions('real code');
  await expect.element(dialog.getByText('Nothing matches “B4”.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Show all' }).click();
  await search.fill('limit inside');
  await dialog.getByRole('button', { name: 'Claim B4 in the ledger' }).click();
  const ledger = page.getByRole('dialog', { name: 'Claims ledger' });
  await expect
    .element(ledger.getByRole('button', { name: /^B4/ }))
    .toHaveAttribute('aria-expanded', 'true');
  expect(location.hash).toBe('#ledger/B4');
  await ledger.getByRole('button', { name: 'Open this document' }).first().click();
  await expect
    .element(page.getByLabelText('Name of the document'))
    .toHaveValue('A limit inside a limit');
  expect(location.hash).toBe('');
});
