import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BrowserTab } from '../../src/cache/store/browser-tab.ts';
import { WorkspaceShelf } from '../../src/cache/store/workspace-store.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { LinkContent } from '../../src/share/link/link-content.ts';
import { linkText } from '../../src/share/link/link-text.ts';
import type { SavedWorkspace } from '../../src/ui/services.ts';
import { newWorkId } from '../../src/ui/state/work-id.ts';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, details, openPage } from './open-page.ts';

const name = page.getByLabelText('Name of the document');
const card = page.getByRole('region', { name: 'About this link' });
const said = page.getByTestId('said');
const undo = page.getByRole('button', { name: 'Undo', exact: true });
const runButton = page.getByRole('button', { name: 'Run', exact: true });
let shelf = '';
let tab: BrowserTab;
let services = fakeServices();

const linked: LinkContent = {
  document: { ...chain, name: 'From a link' },
  note: '<b>Plain</b> text,\n**as typed**.',
  view: { tab: 'why', selected: ['second'] },
};
/** Every piece of its code would be noticed: it leaves a mark, and then waits for ever. */
const betrayal = 'globalThis.strangerRan = true; while (true);';
const strange: LinkContent = {
  document: {
    ...{ format: 'millrace/1', name: 'Strange', source: { kind: 'code', code: betrayal } },
    modules: { tools: betrayal },
    stages: [{ id: 'a', work: { kind: 'code', source: betrayal } }],
  },
};

beforeEach(() => {
  shelf = `test-${Math.random()}`;
  tab = new BrowserTab(`${shelf}-tab`);
  services = fakeServices();
});
afterEach(() => {
  leave();
  sessionStorage.clear();
  localStorage.clear();
  history.replaceState(null, '', location.pathname + location.search);
});

/** The page on real storage, with this behind the "#" of its address; again: it is loaded anew. */
async function load(fragment = location.hash): Promise<void> {
  const { tabSettings } = services;
  services = { ...fakeServices(), tabSettings };
  services.workspace = new WorkspaceShelf<SavedWorkspace>(shelf, tab, newWorkId);
  history.replaceState(null, '', location.pathname + location.search + fragment);
  await openPage(services);
}
function leave(): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  closePage();
  tab.release();
}
async function enter(fragment: string): Promise<void> {
  location.hash = fragment;
  await Promise.resolve();
}
async function rename(to: string): Promise<void> {
  await name.fill(to);
  await userEvent.keyboard('{Enter}');
}
async function loadMine(): Promise<void> {
  await load('');
  await expect.element(name).not.toHaveValue('Untitled');
  await rename('Mine');
}

it('opens the link of the address as one step above what was open, as its author saw it', async () => {
  await loadMine();
  leave();
  await load(await linkText(linked));
  await expect.element(name).toHaveValue('From a link');
  await expect
    .element(page.getByRole('tab', { name: 'Why' }))
    .toHaveAttribute('aria-selected', 'true');
  await expect.element(card).toHaveTextContent('<b>Plain</b> text, **as typed**.');
  await expect.element(card).toHaveTextContent('There is no code in it');
  await undo.click();
  await expect.element(name).toHaveValue('Mine');
  await expect.element(card).not.toBeInTheDocument();
  expect(location.hash).toBe('');
});

it('runs nothing of it: no stage, no source, no module, no calibration', async () => {
  let calibrations = 0;
  await load('');
  services.calibrate = () => {
    calibrations++;
    return new Promise(() => {});
  };
  await enter(await linkText(strange));
  await expect.element(name).toHaveValue('Strange');
  await expect
    .element(card)
    .toHaveTextContent('It holds code of whoever made it (1 stage, the source, 1 module).');
  await expect.element(card).toHaveTextContent('Nothing of it has run yet.');
  // The check of its syntax comes a moment later.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(services.runs).toEqual([]);
  expect(calibrations).toBe(0);
  expect('strangerRan' in globalThis).toBe(false);
  await card.getByRole('button', { name: 'Run it here' }).click();
  await expect.poll(() => services.runs.length).toBe(1);
  expect(services.runs[0]!.cacheNamespace).toMatch(/^work work-\d+-\d+$/);
  await expect.element(card).not.toHaveTextContent('Nothing of it has run yet.');
});

it('a bad link is one sentence, and what was open stays', async () => {
  await loadMine();
  leave();
  const text = await linkText(linked);
  await load(text.slice(0, -9));
  await expect.element(name).toHaveValue('Mine');
  const banner = page.getByRole('alert');
  await expect
    .element(banner)
    .toHaveTextContent(/^The link is damaged: its end may have been cut off/);
  await expect.element(card).not.toBeInTheDocument();
  await banner.getByRole('button', { name: 'Open the gallery' }).click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
});

it('a bad link on a first visit leaves the first document', async () => {
  sessionStorage.clear();
  await load('#7.abc');
  await expect.element(page.getByRole('alert')).toHaveTextContent(/version 7, and this page reads/);
  await expect.element(name).not.toHaveValue('Untitled');
});

it('a reload gives back the work, edited or not, and an edit takes the link out of the address', async () => {
  const text = await linkText(linked);
  await load(text);
  await expect.element(name).toHaveValue('From a link');
  await runButton.click();
  await expect.poll(() => services.runs.length).toBe(1);
  const { cacheNamespace } = services.runs[0]!;
  leave();
  await load();
  expect(location.hash).toBe(text);
  await expect.element(name).toHaveValue('From a link');
  await expect.element(undo).toBeDisabled();
  await runButton.click();
  await expect.poll(() => services.runs.length).toBe(1);
  expect(services.runs[0]!.cacheNamespace).toBe(cacheNamespace);
  await rename('Edited');
  await expect.poll(() => location.hash).toBe('');
  leave();
  await load();
  await expect.element(name).toHaveValue('Edited');
  // What came with the link belongs to the work.
  await expect.element(card).toHaveTextContent('**as typed**');
  leave();
  // The page went away before the address was put right.
  await load(text);
  await expect.element(name).toHaveValue('Edited');
  expect(location.hash).toBe('');
});

it('the same link in a new tab, or entered again, opens it again', async () => {
  const text = await linkText(linked);
  await load(text);
  await rename('Edited');
  await expect.poll(() => location.hash).toBe('');
  await enter(text);
  await expect.element(name).toHaveValue('From a link');
  expect(location.hash).toBe(text);
  await undo.click();
  await expect.element(name).toHaveValue('Edited');
  leave();
  services = fakeServices();
  await load(text);
  await expect.element(name).toHaveValue('From a link');
  await undo.click();
  await expect.element(name).toHaveValue('Edited');
});

it('of two links entered one after the other the later one stays', async () => {
  await load('');
  const large = { document: { ...chain, name: 'Large', notes: 'x'.repeat(1_000_000) } };
  const [slow, quick] = [await linkText(large), await linkText(linked)];
  await enter(slow);
  await enter(quick);
  await expect.element(name).toHaveValue('From a link');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expect.element(name).toHaveValue('From a link');
});

it('folds to a line, and stays folded through a reload', async () => {
  await load(await linkText(linked));
  await card.getByRole('button', { name: 'Hide' }).click();
  await expect.element(card).not.toHaveTextContent('as typed');
  leave();
  await load();
  await expect.element(card).toHaveTextContent('From a link');
  await expect.element(card).not.toHaveTextContent('as typed');
  await card.getByRole('button', { name: 'Show' }).click();
  await expect.element(card).toHaveTextContent('as typed');
});

/** With the results of this very document, as a run on the services of this test delivers them. */
async function claimedHere(makespanMs = 100, speedup = 1.9): Promise<LinkContent> {
  const { live, scheduleDigest } = fakeServices();
  const { pipeline } = parseDocument(linked.document);
  const request = { pipeline: pipeline!, cache: 'off', cacheNamespace: '' } as const;
  const { resultsDigest, environment } = await live.run(request).done;
  const makespans = Array.from({ length: 24 }, (_, run) => makespanMs * (1 + (run % 5) / 1000));
  return {
    ...linked,
    result: {
      measuredAt: '2026-11-20T19:35:42.000Z',
      environment: { ...environment!, browser: 'Elsewhere 7', cores: 16 },
      makespans,
      sequential: makespans.map((ms, run) => ms * speedup * (1 + (run % 7) / 1000)),
      results: resultsDigest,
      schedule: { digest: (await scheduleDigest(pipeline!, { cores: 16 }))!, cores: 16 },
    },
  };
}

it('claims are marked as such, and checked as far as that is known without a run', async () => {
  await load(await linkText(await claimedHere()));
  await expect
    .element(said)
    .toHaveTextContent(
      '“From a link” comes from a link that claims a result. Nothing of it has run yet.',
    );
  await expect
    .element(card)
    .toHaveTextContent(/Claimed\s*Speedup 1\.9\d*× \(1\.9.*\)\s*median 100 ms of 24 runs/);
  await expect.element(card).toHaveTextContent('Elsewhere 7, 16 cores');
  await expect
    .element(card)
    .toHaveTextContent(
      'Predicted schedule: reproduced. The same predicted schedule, bit for bit, on 16 cores.',
    );
  await expect.element(card).toHaveTextContent('Results: not checked. Press Run');
  await expect.element(card).toHaveTextContent('Speedup: not checked.');
  expect(services.runs).toEqual([]);
});

it('what is simulated to check a claim ends with the document it is of', async () => {
  const claimed = await linkText(await claimedHere());
  await loadMine();
  const asked: AbortSignal[] = [];
  services.scheduleDigest = (_pipeline, _options, signal) => {
    asked.push(signal!);
    return new Promise(() => {});
  };
  await enter(claimed);
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]!.aborted).toBe(false);
  await enter(await linkText(strange));
  await expect.element(name).toHaveValue('Strange');
  await expect.poll(() => asked[0]!.aborted).toBe(true);
});

it('a run checks the results, runs in turns the speedup; both machines stand side by side', async () => {
  await load(await linkText(await claimedHere()));
  await card.getByRole('button', { name: 'Run it here' }).click();
  await expect.element(card).toHaveTextContent('Results: reproduced. The same results as claimed');
  await expect
    .element(said, { timeout: 10_000 })
    .toHaveTextContent(/Results: reproduced\. Speedup: not comparable\./);
  await expect
    .element(card)
    .toHaveTextContent(
      /Speedup: not comparable\. Times of different machines or browsers are not comparable; speedups are\./,
    );
  await card.getByRole('button', { name: 'Both machines side by side' }).click();
  await expect.element(card.getByRole('row', { name: /^Cores 16 2.*differs/ })).toBeVisible();
  await card.getByRole('button', { name: 'Measure the speedup in turns' }).click();
  await expect
    .element(card, { timeout: 20_000 })
    .toHaveTextContent(
      /Speedup: (differs|reproduced|not comparable)\. .* here, 1\.9\d*× .* claimed.*with caution/,
    );
  await expect
    .element(card.getByRole('img', { name: /^Speedups side by side\. Claimed: .*; Here: / }))
    .toBeVisible();
});

it('results and schedules that are not those claimed differ', async () => {
  const content = await claimedHere();
  const result = {
    ...content.result!,
    results: '00'.repeat(16),
    schedule: { digest: '00'.repeat(32), cores: 16 },
  };
  await load(await linkText({ ...content, result }));
  await expect.element(card).toHaveTextContent('Predicted schedule: differs.');
  await card.getByRole('button', { name: 'Run it here' }).click();
  await expect.element(card).toHaveTextContent('Results: differs.');
  await expect
    .element(card)
    .toHaveTextContent('Speedup: not comparable. Other results mean other work');
});

it('after an edit nothing is checked against the link, which can be opened again', async () => {
  await load(await linkText(await claimedHere()));
  await rename('Only called otherwise');
  await expect.element(card).toHaveTextContent('Predicted schedule: reproduced.');
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByLabelText('Workers', { exact: true }).first().fill('1');
  await userEvent.keyboard('{Enter}');
  await expect.element(card).toHaveTextContent('The document is no longer what the link holds');
  await expect.element(card).not.toHaveTextContent('Predicted schedule');
  await card.getByRole('button', { name: 'Open the link again' }).click();
  await expect.element(name).toHaveValue('From a link');
  await expect.element(card).toHaveTextContent('Predicted schedule: reproduced.');
  await undo.click();
  await expect.element(name).toHaveValue('Only called otherwise');
});

it('its own result is no other machine', async () => {
  const link = await linkText(await claimedHere());
  await load(link);
  await details('Compare').click();
  const machines = page.getByRole('region', { name: 'Across machines' });
  await expect.element(machines).toHaveTextContent('The link’s author');
  await machines.getByLabelText('Link with a result').fill(link);
  await machines.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.element(page.getByText('This result is there already.')).toBeVisible();
  expect(machines.getByTestId('machine-row').elements().length).toBe(1);
});

it('the palette leads back to a folded card', async () => {
  await load(await linkText(linked));
  await card.getByRole('button', { name: 'Hide' }).click();
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('About this link{Enter}');
  await expect.element(card).toHaveTextContent('as typed');
  await expect.element(card.getByRole('button', { name: 'Hide' })).toHaveFocus();
});
