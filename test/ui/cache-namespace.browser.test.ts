import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BrowserTab } from '../../src/cache/store/browser-tab.ts';
import { WorkspaceShelf } from '../../src/cache/store/workspace-store.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import type { SavedWorkspace } from '../../src/ui/services.ts';
import { newWorkId } from '../../src/ui/state/work-id.ts';
import { many } from './open-cache.ts';
import { fakeCache } from './fake-cache.ts';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, details, openPage, stageNode } from './open-page.ts';

const name = page.getByLabelText('Name of the document');
const runButton = page.getByRole('button', { name: 'Run', exact: true });
const shipped = gallery[0]!;
const synthetic = gallery.find(({ kind }) => kind === 'synthetic')!;
const ofSynthetic = `gallery ${synthetic.title}`;
const ofWork = /^work work-\d+-\d+$/;
const tabs: BrowserTab[] = [];
let shelf = '';
let services = fakeServices();

afterEach(() => {
  leave();
  localStorage.clear();
  sessionStorage.clear();
});

/** The page on real storage, in a tab of this name: the same again is a reload. */
async function openTab(tabName: string): Promise<void> {
  const tab = new BrowserTab(`${shelf}-${tabName}`);
  tabs.push(tab);
  services = fakeServices();
  services.workspace = new WorkspaceShelf<SavedWorkspace>(shelf, tab, newWorkId);
  await openPage(services);
  await expect.element(name).not.toHaveValue('Untitled');
}
/** Leaves as a reload does: nothing is waited for. `letGo`: false: the tab stays open. */
function leave(letGo = true): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  closePage();
  if (letGo) tabs.splice(0).forEach((tab) => tab.release());
}
async function openFile(document: PipelineDocument): Promise<void> {
  await userEvent.upload(
    page.getByLabelText('Open a document'),
    new File([JSON.stringify(document)], 'a.millrace.json'),
  );
  await expect.element(name).toHaveValue(document.name);
}
async function openFromGallery(title: string): Promise<void> {
  await page.getByRole('button', { name: 'Gallery' }).click();
  await page.getByRole('dialog').getByRole('button', { name: title }).click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(name).toHaveValue(title);
}
async function rename(to: string): Promise<void> {
  await name.fill(to);
  await userEvent.keyboard('{Enter}');
}
const namesOfEarlier = async (): Promise<string[]> =>
  (await services.workspace.earlier()).map((work) => work.name);
/** The namespace that a run was given. */
async function namespaceOfRun(): Promise<string> {
  const before = services.runs.length;
  await runButton.click();
  await expect.poll(() => services.runs.length).toBe(before + 1);
  await expect.element(runButton).toBeVisible();
  return services.runs.at(-1)!.cacheNamespace;
}

it('gives two documents of the same name a cache each, which neither renaming nor a reload takes away', async () => {
  shelf = `test-${Math.random()}`;
  await openTab('a');
  await openFile({ ...chain, name: 'Same' });
  const first = await namespaceOfRun();
  expect(first).toMatch(ofWork);
  await rename('Renamed');
  expect(await namespaceOfRun()).toBe(first);
  await openFile({ ...chain, name: 'Same' });
  const second = await namespaceOfRun();
  expect(second).toMatch(ofWork);
  expect(second).not.toBe(first);
  await rename('Renamed');
  expect(await namespaceOfRun()).toBe(second);
  // The tab has claimed both: a claim that comes after `leave` would, unlike a real tab's, outlive it.
  await expect.poll(namesOfEarlier).toEqual(['Renamed', 'Renamed']);
  leave();
  await openTab('a');
  await expect.element(name).toHaveValue('Renamed');
  expect(await namespaceOfRun()).toBe(second);
});

it('keeps the cache of a gallery document through edits, a reload and in a second tab', async () => {
  shelf = `test-${Math.random()}`;
  await openTab('a');
  // What the page begins with is of the gallery too.
  expect(await namespaceOfRun()).toBe(`gallery ${shipped.title}`);
  await openFromGallery(synthetic.title);
  expect(await namespaceOfRun()).toBe(ofSynthetic);
  await rename('Mine now');
  expect(await namespaceOfRun()).toBe(ofSynthetic);
  leave();
  await openTab('a');
  await expect.element(name).toHaveValue('Mine now');
  expect(await namespaceOfRun()).toBe(ofSynthetic);
  leave(false);
  await openTab('b');
  await expect.element(name).toHaveValue('Mine now');
  expect(await namespaceOfRun()).toBe(ofSynthetic);
  await details('Speedup').click();
  await page.getByRole('button', { name: 'Measure speedup' }).click();
  await expect.poll(() => services.runs.at(-1)!.cacheNamespace).toBe(` speedup of ${ofSynthetic}`);
});

it('gives no file the cache of a gallery document, even when it is called the same', async () => {
  shelf = `test-${Math.random()}`;
  await openTab('a');
  await openFromGallery(synthetic.title);
  await openFile({ ...chain, name: synthetic.title });
  await expect.element(stageNode('First')).toBeVisible();
  const ofFile = await namespaceOfRun();
  expect(ofFile).toMatch(ofWork);
  await page.getByRole('button', { name: 'New document' }).click();
  await expect.element(name).toHaveValue('Untitled');
  const ofNew = await namespaceOfRun();
  expect(ofNew).toMatch(ofWork);
  expect(ofNew).not.toBe(ofFile);
  await page.getByLabelText('Undo').click();
  await expect.element(name).toHaveValue(synthetic.title);
  expect(await namespaceOfRun()).toBe(ofFile);
  await page.getByLabelText('Undo').click();
  expect(await namespaceOfRun()).toBe(ofSynthetic);
});

it('calls what is kept by the names of the documents', async () => {
  shelf = `test-${Math.random()}`;
  await openTab('a');
  await openFile({ ...chain, name: 'Earlier' });
  await rename('Earlier, edited');
  const ofEarlier = await namespaceOfRun();
  await openFile({ ...chain, name: 'Shown' });
  const ofShown = await namespaceOfRun();
  Object.assign(services.cache, fakeCache());
  const kept = { [ofEarlier]: many(2), [ofShown]: many(3), [ofSynthetic]: many(4) };
  Object.assign(services.cache, { kept });
  await details('Cache').click();
  await page.getByRole('button', { name: 'Storage', exact: true }).click();
  const row = (owner: string | RegExp) => page.getByRole('row', { name: owner });
  await expect.element(row('Earlier, edited')).toHaveTextContent(/2 KiB/);
  await expect.element(row(/^Shown/)).toHaveTextContent(/this one.*3 KiB/);
  await expect.element(row(`${synthetic.title} (gallery)`)).toHaveTextContent(/4 KiB/);
});
