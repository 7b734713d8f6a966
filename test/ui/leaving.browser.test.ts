import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, openDocument, openPage, stageNode } from './open-page.ts';

afterEach(closePage);
const name = page.getByLabelText('Name of the document');
const leave = (): void => void window.dispatchEvent(new PageTransitionEvent('pagehide'));

it('keeps what was typed when the page is left at once, the field still focused', async () => {
  const services = await openDocument(chain);
  services.workspace.save = () => new Promise(() => {});
  await name.fill('Typed and gone');
  leave();
  expect(services.saved.atOnce).toContain('"Typed and gone"');
});

it('keeps what is typed before the browser has said whether it has storage', async () => {
  const services = fakeServices({ text: JSON.stringify(chain) });
  services.workspace.available = () => new Promise(() => {});
  await openPage(services);
  await expect.element(name).toHaveValue('Chain');
  await name.fill('Typed and gone');
  leave();
  expect(services.saved.atOnce).toContain('"Typed and gone"');
});

it('takes a field over that is only read when it is left', async () => {
  const services = await openDocument(chain);
  await stageNode('Second').click();
  await page.getByLabelText('Id', { exact: true }).fill('renamed');
  leave();
  expect(services.saved.atOnce).toContain('"renamed"');
});

it('writes nothing at once when everything is kept already', async () => {
  const services = await openDocument(chain);
  await name.fill('Kept');
  await vi.waitFor(() => expect(services.saved.text).toContain('"Kept"'));
  leave();
  expect(services.saved.atOnce).toBeNull();
});

it('keeps what was changed before the earlier work came back, which is one undo below', async () => {
  const services = fakeServices({ text: JSON.stringify(chain) });
  const { load } = services.workspace;
  let arrive = (): void => {};
  services.workspace.load = async () => {
    await new Promise<void>((resolve) => (arrive = resolve));
    return load();
  };
  await openPage(services);
  await name.fill('Early bird');
  arrive();
  await expect.element(page.getByText(/before your earlier work/)).toBeVisible();
  await expect.element(name).toHaveValue('Early bird');
  await vi.waitFor(() => expect(services.saved.text).toContain('"Early bird"'));
  await page.getByLabelText('Undo').click();
  await expect.element(name).toHaveValue('Chain');
  await page.getByLabelText('Redo').click();
  await expect.element(name).toHaveValue('Early bird');
});

it('lets a name be emptied while it is typed, and then be as it is by default', async () => {
  const services = await openDocument(chain);
  await name.clear();
  await expect.element(name).toHaveValue('');
  await userEvent.keyboard('{Enter}');
  await expect.element(name).toHaveValue('Untitled');
  await vi.waitFor(() => expect(services.saved.text).not.toContain('"name": "Chain"'));
  await page.getByLabelText('Undo').click();
  await expect.element(name).toHaveValue('Chain');
});
