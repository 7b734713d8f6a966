import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, openDocument, openPage } from './open-page.ts';

afterEach(() => {
  closePage();
  vi.useRealTimers();
});
const name = page.getByLabelText('Name of the document');
const dialog = page.getByRole('dialog', { name: 'Versions' });
const rows = dialog.getByRole('listitem');
const openVersions = async (): Promise<void> => {
  await page.getByRole('banner').getByRole('button', { name: 'Versions', exact: true }).click();
  await expect.element(dialog).toBeVisible();
};
const close = (): Promise<void> => userEvent.keyboard('{Escape}');
const textOf = (at: number): string => rows.elements()[at]!.textContent!.replace(/\s+/g, ' ');

/** By hand: what keeps versions comes with the first sign of one. */
async function edited(text: string): Promise<void> {
  await name.click();
  await name.fill(text);
  await expect.element(name).toHaveValue(text);
}

it('keeps what was there before the first edit, and what is kept by hand, newest first', async () => {
  await openDocument(chain);
  await openVersions();
  await expect.element(dialog.getByText('No version has been kept yet')).toBeVisible();
  await close();
  await edited('Chain, changed');
  await openVersions();
  await expect.poll(() => rows.elements().length).toBe(1);
  expect(textOf(0)).toContain('as it was opened');
  await expect.element(dialog.getByText('Since the newest: name "Chain, changed"')).toBeVisible();
  await dialog.getByLabelText('Name of the version').first().fill('Good one');
  await dialog.getByRole('button', { name: 'Keep this version' }).click();
  await expect.poll(() => rows.elements().length).toBe(2);
  expect(textOf(0)).toContain('kept by you');
  expect(textOf(0)).toContain('name "Chain, changed"');
  expect(textOf(0)).toContain('Open now');
  await expect.element(rows.first().getByRole('textbox')).toHaveValue('Good one');
});

it('keeps what was there before an edit that came without pointer or key', async () => {
  const services = await openDocument(chain);
  const field = name.element() as HTMLInputElement;
  field.value = 'Spoken';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(name).toHaveValue('Spoken');
  const versions = await services.versions();
  await expect
    .poll(async () => (await versions.list('kept')).map(({ title, why }) => [title, why]))
    .toEqual([['Chain', 'opened']]);
});

it('restores as one step that undo takes back, and keeps what was there', async () => {
  const services = await openDocument(chain);
  await edited('Second');
  await openVersions();
  await expect.poll(() => rows.elements().length).toBe(1);
  await rows.first().getByRole('button', { name: 'Restore' }).click();
  await expect.element(name).toHaveValue('Chain');
  await expect.element(page.getByText(/Restored the version of/)).toBeVisible();
  await page.getByLabelText('Undo').click();
  await expect.element(name).toHaveValue('Second');
  await page.getByLabelText('Redo').click();
  await expect.element(name).toHaveValue('Chain');
  const list = await (await services.versions()).list('kept');
  expect(list.map(({ why }) => why)).toEqual(['replaced', 'opened']);
});

it('keeps a version with Ctrl+S, in a field too, and says so; the same is kept once', async () => {
  const services = await openDocument(chain);
  await edited('Mine');
  await userEvent.keyboard('{Control>}s{/Control}');
  await expect
    .element(page.getByText('Kept this version of “Mine” in this browser.'))
    .toBeVisible();
  await userEvent.keyboard('{Control>}s{/Control}');
  const versions = await services.versions();
  await expect
    .poll(async () => (await versions.list('kept')).map(({ title, isByHand }) => [title, isByHand]))
    .toEqual([
      ['Mine', true],
      ['Chain', false],
    ]);
});

it('keeps a version for a run of what was edited, and counts its runs', async () => {
  const services = await openDocument(chain);
  await edited('To be run');
  for (let run = 0; run < 2; run++) {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
    await expect.poll(() => services.runs.length).toBe(run + 1);
    await expect
      .element(page.getByRole('button', { name: 'Stop', exact: true }))
      .not.toBeInTheDocument();
  }
  const versions = await services.versions();
  await expect
    .poll(async () => (await versions.list('kept')).map(({ why, runs }) => [why, runs]))
    .toEqual([
      ['ran', 2],
      ['opened', 0],
    ]);
});

it('renames, deletes and puts back', async () => {
  await openDocument(chain);
  await edited('Mine');
  await userEvent.keyboard('{Control>}s{/Control}');
  await openVersions();
  await expect.poll(() => rows.elements().length).toBe(2);
  await rows.last().getByRole('textbox').fill('How it began');
  await userEvent.keyboard('{Enter}');
  await rows
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect.poll(() => rows.elements().length).toBe(1);
  await expect.element(rows.first().getByRole('textbox')).toHaveValue('How it began');
  await dialog.getByRole('button', { name: 'Put it back' }).click();
  await expect.poll(() => rows.elements().length).toBe(2);
  expect(textOf(0)).toContain('kept by you');
});

it('says when no version can be kept, and that nothing is lost by it', async () => {
  const services = fakeServices({ text: JSON.stringify(chain) });
  const versions = await services.versions();
  services.versions = async () => ({
    ...versions,
    keep: async () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  await openPage(services);
  await expect.element(name).toHaveValue('Chain');
  await edited('Mine');
  await expect
    .element(
      page.getByText(/could not be kept: the browser has no more room, so save it as a file/),
    )
    .toBeVisible();
  await vi.waitFor(() => expect(services.saved.text).toContain('"Mine"'));
});
