import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { emptyDocument } from '../../src/ui/state/snapshot.ts';
import type { Claim } from '../../src/scenarios/claims/claim.ts';
import { ledgerFileText } from '../../src/share/ledger/ledger-file.ts';
import { ledgerLinkText } from '../../src/share/ledger/ledger-link.ts';
import type { LedgerResult } from '../../src/explore/ledger/outcome.ts';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, openPage } from './open-page.ts';

/** Two workers against one: a real gain, and one that cannot be. */
const trial = (low: number): Claim['trials'][number] => ({
  ...{ kind: 'compare', name: 'one worker, then two', document: async () => chain },
  before: { name: 'one', set: { '/machine/workers': 1 } },
  after: { name: 'two', set: { '/machine/workers': 2 } },
  claimed: { low, high: low },
});
const claims: Claim[] = [
  {
    ...{ id: 'A1', says: 'A second worker helps.', figures: 'faster', why: 'They share it.' },
    trials: [trial(1.2)],
  },
  {
    ...{ id: 'A2', says: 'It is a hundred times as fast.', figures: '100×' },
    trials: [trial(100)],
    why: (verdict) => `Two workers are two: it ${verdict}.`,
  },
  {
    ...{ id: 'B1', says: 'Twelve is more than five.', figures: '12 against 5', why: 'It is 2.4.' },
    trials: [],
    sums: [
      { working: '12 ÷ 5', result: 12 / 5, unit: '×', claimed: { low: 8 }, follows: 'Not eight.' },
    ],
  },
];
const systems = [
  { letter: 'A', name: 'First project', about: 'one of two' },
  { letter: 'B', name: 'Second project', about: 'the other' },
] as const;

const dialog = page.getByRole('dialog', { name: 'Claims ledger' });
const row = (id: string) => dialog.getByTestId('claim').filter({ hasText: id });
const theirs: LedgerResult = {
  measuredAt: '2026-11-20T19:35:42.000Z',
  environment: {
    ...{ browser: 'Other 7', cores: 16, isolated: false },
    ...{ timerStepMs: 0.1, hidden: false },
  },
  outcomes: [
    {
      ...{ id: 'A1', verdict: 'refuted', tookMs: 900 },
      trials: [
        {
          ...{ name: 'one worker, then two', verdict: 'refuted', unit: '×', note: 'Buy this.' },
          ...{ measured: { value: 0.97, low: 0.94, high: 1.01, samples: 12 }, predicted: 1.5 },
        },
      ],
    },
  ],
};

beforeEach(() => history.replaceState(null, '', location.pathname + location.search));
afterEach(closePage);

function services() {
  const made = fakeServices({ text: JSON.stringify({ ...emptyDocument, name: 'Chain' }) });
  return Object.assign(made, { claims: async () => ({ claims, systems: [...systems] }) });
}
/** Each run takes so long that whoever looks sees it go on. */
function slowServices() {
  const made = services();
  const { live } = made;
  const slowly: typeof live.run = (request) => {
    const handle = live.run(request);
    const done = handle.done.then(async (report) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return report;
    });
    return { ...handle, done };
  };
  return Object.assign(made, { live: { run: slowly } });
}
async function openLedger(of = services()) {
  await openPage(of);
  location.hash = '#ledger';
  await expect.element(row('A1')).toBeVisible();
  return of;
}

it('a claim is run with one press, judged, kept through a reload, and shown beside another machine’s', async () => {
  const used = await openLedger();
  // What sums alone decide needs no run.
  await expect.element(row('B1')).toHaveTextContent('cannot add up');
  await expect.element(row('A1')).toHaveTextContent('not run yet');
  await expect.element(row('A1')).not.toHaveTextContent('They share it.');
  await dialog.getByRole('button', { name: 'Run A1' }).click();
  await expect
    .element(row('A1'), { timeout: 20_000 })
    .toHaveTextContent(/reproduced.*They share it\./);
  await expect.element(dialog.getByRole('button', { name: 'Run A1' })).toBeEnabled();
  expect(used.runs.length).toBeGreaterThan(20);

  // Another page with the same storage.
  closePage();
  await openLedger(used);
  await expect.element(row('A1')).toHaveTextContent('reproduced');
  await expect.element(row('A2')).toHaveTextContent('not run yet');

  location.hash = await ledgerLinkText([theirs]);
  await expect
    .element(row('A1').getByTestId('beside'))
    .toHaveTextContent(/refuted\s*0\.97× \(0\.94–1\.01\)/);
  await expect
    .element(dialog.getByRole('table', { name: 'Where it was measured' }))
    .toHaveTextContent(/Browser\s*Other 7\s*Test 1/);
  expect(location.hash).toBe('#ledger');
  // The same as a file is no second one.
  const file = new File([ledgerFileText([theirs])], 'theirs.millrace-ledger.json');
  await userEvent.upload(dialog.getByLabelText('Ledger files'), file);
  await expect.element(dialog.getByText('This ledger is there already.')).toBeVisible();
  await expect.element(dialog).not.toHaveTextContent('Buy this.');
});

it('a run of which nothing can be said leaves what was measured before, and says so', async () => {
  const used = await openLedger();
  const run = dialog.getByRole('button', { name: 'Run A1' });
  await run.click();
  await expect.element(row('A1'), { timeout: 20_000 }).toHaveTextContent('reproduced');
  await expect.element(run).toBeEnabled();
  used.live.run = () => {
    throw new Error('no more memory');
  };
  await run.click();
  await expect
    .element(
      dialog.getByText(
        'Nothing new can be said of A1, so its earlier outcome stays. The trial broke off: no more memory',
      ),
    )
    .toBeVisible();
  await expect.element(row('A1')).toHaveTextContent('reproduced');
});

it('all are run one after the other, stopped on demand, and what has an outcome keeps it', async () => {
  await openLedger(slowServices());
  await dialog.getByRole('button', { name: 'Run all' }).click();
  await expect.element(dialog.getByTestId('progress')).toHaveTextContent(/of 2 claims/);
  await expect
    .element(dialog.getByRole('button', { name: 'Run A2' }))
    .toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect
    .element(dialog.getByText(/^Stopped: \d of 2 claims have their outcome\.$/))
    .toBeVisible();
  await expect.element(dialog.getByRole('button', { name: 'Run all' })).toBeVisible();
});

it('opens at a claim, shows its trials and sums, and finds claims by words, verdict and system', async () => {
  await openPage(services());
  location.hash = '#ledger/B1';
  await expect.element(row('B1').getByText('12 ÷ 5 = 2.40×')).toBeVisible();
  await expect.element(row('B1')).toHaveTextContent('but claimed: at least 8×. Not eight.');
  await row('A2').getByRole('button', { name: /A2/ }).first().click();
  await expect
    .element(row('A2').getByRole('table'))
    .toHaveTextContent(/one worker, then two\s*one → two\s*100×/);
  await dialog.getByRole('button', { name: 'cannot add up' }).click();
  await expect.element(row('A1')).not.toBeInTheDocument();
  await dialog.getByRole('button', { name: 'cannot add up' }).click();
  await dialog.getByLabelText('Search the claims').fill('hundred');
  await expect.element(row('A2')).toBeVisible();
  await expect.element(row('B1')).not.toBeInTheDocument();
  await expect.element(dialog.getByRole('button', { name: 'Run these 1' })).toBeVisible();
});

it('while the page runs its document nothing is begun, and leaving the ledger stops its run', async () => {
  await openLedger(slowServices());
  await dialog.getByRole('button', { name: 'Run all' }).click();
  await expect.element(dialog.getByTestId('progress')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText(/You left the ledger, so its run was stopped/)).toBeVisible();
  const ofPage = page.getByRole('button', { name: 'Run', exact: true });
  await expect.element(ofPage).toBeVisible();
  expect(location.hash).toBe('');
  await ofPage.click();
  location.hash = '#ledger';
  const run = dialog.getByRole('button', { name: 'Run A1' });
  await expect.element(run).toHaveAttribute('title', 'Something runs already: stop it first.');
  await expect.element(run).toHaveAttribute('aria-disabled', 'false');
});

it.each([
  ['a broken link', '#ledger.1.abc', /The link is damaged/],
  ['no ledger', 'hello', /The file is no JSON: give one that was saved as a ledger/],
])('%s is refused in a sentence', async (_, text, says) => {
  await openLedger();
  await dialog.getByLabelText('Link to a ledger').fill(text);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.element(dialog.getByText(says)).toBeVisible();
});
