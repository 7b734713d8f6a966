import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);
const name = page.getByLabelText('Name of the document');
const dropped = (text: string): Promise<void> =>
  userEvent.upload(
    page.getByLabelText('Open a document'),
    new File([text], 'dropped.millrace.json', { type: 'application/json' }),
  );

it('says that an undo went back to another document, and clears what belonged to it', async () => {
  await openDocument(chain);
  await dropped(JSON.stringify({ ...chain, name: 'Other' }));
  await expect.element(name).toHaveValue('Other');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(page.getByText(/20 of 20 items delivered/)).toBeVisible();
  await expect
    .element(page.getByLabelText('Undo'))
    .toHaveAttribute('title', 'Undo opening “Other” (Ctrl+Z)');
  await page.getByLabelText('Undo').click();
  await expect.element(name).toHaveValue('Chain');
  const told = page.getByRole('status');
  await expect
    .element(told)
    .toHaveTextContent('Undid opening “Other”: this is “Chain” as you left it.');
  await expect.element(page.getByTestId('said')).toHaveTextContent(/Undid opening “Other”/);
  await details('Results').click();
  await expect.element(page.getByText(/Nothing has run yet/)).toBeVisible();
  await told.getByRole('button', { name: 'Redo' }).click();
  await expect.element(name).toHaveValue('Other');
});

it('says nothing of an undo inside a document', async () => {
  await openDocument(chain);
  await name.fill('Renamed');
  await page.getByLabelText('Undo').click();
  await expect.element(name).toHaveValue('Chain');
  expect(page.getByRole('status').elements()).toEqual([]);
});

it('puts a new message in the place of the one before', async () => {
  await openDocument(chain);
  await stageNode('First').click();
  await page.getByLabelText('Connect first after another stage').selectOptions('second');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect.element(page.getByRole('alert')).toBeVisible();
  await stageNode('Second').click();
  await page.getByLabelText('Disconnect first from second').click();
  await expect.element(page.getByText(/the source feeds it now/)).toBeVisible();
  expect(page.getByRole('alert').elements()).toEqual([]);
});

it('refuses a file that is too large without reading it, and nothing is lost', async () => {
  await openDocument(chain);
  await dropped(' '.repeat(5 * 2 ** 20));
  await expect.element(page.getByRole('alert')).toHaveTextContent(/has 5 MiB.*may have 4 MiB/);
  await expect.element(name).toHaveValue('Chain');
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
});

it('opens text that is nested too deep as plain text', { timeout: 60_000 }, async () => {
  await openDocument(chain);
  await dropped('['.repeat(200_000));
  await expect.element(page.getByRole('alert').first()).toHaveTextContent(/nested 200,000 deep/);
  const language = (): string | undefined =>
    document.querySelector<HTMLElement>('[data-mode-id]')?.dataset['modeId'];
  await expect.poll(language, { timeout: 30_000 }).toBe('plaintext');
  await page.getByLabelText('Undo').click();
  await details('Document').click();
  await expect.poll(language, { timeout: 30_000 }).toBe('json');
});
