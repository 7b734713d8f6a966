import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BrowserTab } from '../../src/cache/store/browser-tab.ts';
import { WorkspaceShelf } from '../../src/cache/store/workspace-store.ts';
import { gallery } from '../../src/scenarios/index.ts';
import type { SavedWorkspace } from '../../src/ui/services.ts';
import { newWorkId } from '../../src/ui/state/work-id.ts';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, openPage } from './open-page.ts';

const name = page.getByLabelText('Name of the document');
const earlier = page.getByRole('region', { name: 'Earlier work' });
const tabs: BrowserTab[] = [];
let shelf = '';

afterEach(() => {
  closePage();
  leaveAll();
  localStorage.clear();
  sessionStorage.clear();
});
const leaveAll = (): void => tabs.splice(0).forEach((tab) => tab.release());

/** The page on real storage, in a tab of this name: the same again is a reload. */
async function openTab(tabName: string): Promise<WorkspaceShelf<SavedWorkspace>> {
  const tab = new BrowserTab(`${shelf}-${tabName}`);
  tabs.push(tab);
  const workspace = new WorkspaceShelf<SavedWorkspace>(shelf, tab, newWorkId);
  await openPage({ ...fakeServices(), workspace });
  return workspace;
}
const open = (documentName: string): Promise<void> =>
  userEvent.upload(
    page.getByLabelText('Open a document'),
    new File([JSON.stringify({ ...chain, name: documentName })], 'a.json'),
  );
/** Leaves as a reload does: nothing is waited for. */
function leave(): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  closePage();
  leaveAll();
}

it('keeps what was edited when another document is opened and the page is left at once', async () => {
  shelf = `test-${Math.random()}`;
  await openTab('a');
  await expect.element(name).not.toHaveValue('Untitled');
  await open('Mine');
  await expect.element(name).toHaveValue('Mine');
  await name.fill('Mine, edited');
  await open('Looked at');
  // The field is focused still, and shows nothing of the document before.
  await expect.element(name).toHaveValue('Looked at');
  await open('Another');
  await expect.element(name).toHaveValue('Another');
  leave();
  await openTab('a');
  await expect.element(name).toHaveValue('Another');
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
  await page.getByRole('button', { name: 'Gallery' }).click();
  await expect.element(earlier).toBeVisible();
  const listed = earlier.getByRole('button');
  expect(listed.elements().map((element) => element.querySelector('strong')!.textContent)).toEqual([
    'Mine, edited',
  ]);
  await listed.click();
  await expect.element(name).toHaveValue('Mine, edited');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  // Going on with it adds no second entry, and what is open is not listed.
  await name.fill('Mine, edited again');
  leave();
  const workspace = await openTab('a');
  await expect.element(name).toHaveValue('Mine, edited again');
  expect((await workspace.earlier()).map((work) => work.name)).toEqual(['Mine, edited again']);
  await page.getByRole('button', { name: 'Gallery' }).click();
  await expect.element(page.getByRole('button', { name: gallery[0]!.title })).toBeVisible();
  await expect.element(earlier).not.toBeInTheDocument();
});

it('keeps the work of two tabs apart; a new tab shows the newest', async () => {
  shelf = `test-${Math.random()}`;
  await openTab('a');
  await open('Of one tab');
  await name.fill('Of one tab, edited');
  // Left without letting go: it is another tab that is still open.
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  closePage();
  await openTab('b');
  await expect.element(name).toHaveValue('Of one tab, edited');
  await name.fill('Of the other');
  leave();
  await openTab('a');
  await expect.element(name).toHaveValue('Of one tab, edited');
  leave();
  await openTab('b');
  await expect.element(name).toHaveValue('Of the other');
  leave();
  const workspace = await openTab('c');
  await expect.element(name).toHaveValue('Of the other');
  expect((await workspace.earlier()).map((work) => work.name)).toEqual([
    'Of the other',
    'Of one tab, edited',
  ]);
});

it('says when earlier work is gone, and keeps what is open', async () => {
  shelf = `test-${Math.random()}`;
  const workspace = await openTab('a');
  await open('Mine');
  await name.fill('Mine, edited');
  await open('Another');
  await expect.element(name).toHaveValue('Another');
  await page.getByRole('button', { name: 'Gallery' }).click();
  await expect.element(earlier).toBeVisible();
  workspace.reopen = async () => null;
  await earlier.getByRole('button').click();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('“Mine, edited” is no longer kept in this browser: pick another.');
  await expect.element(name).toHaveValue('Another');
});
