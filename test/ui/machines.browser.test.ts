import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { linkText } from '../../src/share/link/link-text.ts';
import { resultFileText, type MeasuredContent } from '../../src/share/link/result-file.ts';
import { chain, closePage, details, openDocument, openPage } from './open-page.ts';

afterEach(closePage);
const machines = page.getByRole('region', { name: 'Across machines' });
const rows = machines.getByTestId('machine-row');

const theirs = (browser: string, speedup = 1.9, document = chain): MeasuredContent => {
  const makespans = Array.from({ length: 24 }, (_, run) => 100 + (run % 5) / 10);
  return {
    document,
    result: {
      measuredAt: '2026-11-20T19:35:42.000Z',
      environment: { browser, cores: 16, isolated: true, timerStepMs: 0.005, hidden: false },
      makespans,
      sequential: makespans.map((ms, run) => ms * speedup + (run % 7) / 10),
      results: 'ab'.repeat(16),
      schedule: null,
    },
  };
};
async function pick(...contents: MeasuredContent[]): Promise<void> {
  const files = contents.map(
    (content, at) => new File([resultFileText(content)], `${at}.millrace-result.json`),
  );
  await userEvent.upload(machines.getByLabelText('Result files'), files);
}

it('files and links of the same document stand in one table, beside what was measured here', async () => {
  const services = await openDocument(chain);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => services.runs.length).toBe(1);
  await details('Compare').click();
  await expect.element(rows).toHaveTextContent(/This browser.*Test 1, 2 cores, isolated/);
  // The name is not what runs.
  await pick(theirs('One 1'), theirs('Two 2', 1.7, { ...chain, name: 'Called otherwise' }));
  const link = await linkText(theirs('Three 3', 1.5));
  await machines.getByLabelText('Link with a result').fill(`See https://example.org/${link}.`);
  await machines.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => rows.elements().length).toBe(4);
  await expect.element(machines).toHaveTextContent(/One 1, 16 cores.*24.*100 ms.*1\.9/);
  await expect
    .element(machines.getByRole('slider', { name: 'Speedup on each machine' }))
    .toBeVisible();
  // Three equal digests that are not the one of the run here.
  expect(rows.elements().map((row) => row.children[6]!.textContent)).toEqual([
    'the first',
    'other',
    'other',
    'other',
  ]);
  await machines.getByRole('button', { name: 'Remove the result of Two 2' }).click();
  await expect.poll(() => rows.elements().length).toBe(3);
  expect(services.runs.length).toBe(1);

  // They belong to the work: another page with it finds them.
  closePage();
  await openPage(services);
  await details('Compare').click();
  await expect.poll(() => rows.elements().length).toBe(2);
  await expect.element(machines).toHaveTextContent('Three 3');
  await expect.element(machines).not.toHaveTextContent('Two 2');
});

it('the same machine twice is two rows, the same result twice is one', async () => {
  await openDocument(chain);
  await details('Compare').click();
  await pick(theirs('One 1', 1.9), theirs('One 1', 1.8));
  await expect.poll(() => rows.elements().length).toBe(2);
  await pick(theirs('One 1', 1.9));
  await expect.element(page.getByText('This result is there already.')).toBeVisible();
  expect(rows.elements().length).toBe(2);
});

it('a result of another document is refused with what differs, and nothing changes', async () => {
  await openDocument(chain);
  await details('Compare').click();
  await pick(theirs('One 1', 1.9, { ...chain, source: { kind: 'count', count: 21 } }));
  const alert = page.getByRole('alert');
  await expect
    .element(alert)
    .toHaveTextContent('This result is of another document than “Chain” (there: source count 21).');
  expect(rows.elements().length).toBe(0);
  await alert.getByRole('button', { name: 'Open its document' }).click();
  await expect.element(page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled();
  await expect.element(page.getByLabelText(/^Source/).first()).toHaveTextContent('21 items');
});

it.each([
  ['no result', '{"format": "millrace/1"}', /The file is no result: one begins with/],
  ['a number', '3.14159265358979323846264338', /^That is neither a link, which has #1\. in it/],
  ['a broken link', '#1.abc', /The link is damaged/],
])('%s is refused in a sentence', async (_, text, says) => {
  await openDocument(chain);
  await details('Compare').click();
  await machines.getByLabelText('Link with a result').fill(text);
  await machines.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.element(page.getByRole('alert').getByText(says)).toBeVisible();
  expect(rows.elements().length).toBe(0);
  // It stays, to be mended.
  await expect.element(machines.getByLabelText('Link with a result')).toHaveValue(text);
});

it('a file that is too large is refused before it is read', async () => {
  await openDocument(chain);
  await details('Compare').click();
  const files = machines.getByLabelText('Result files');
  await expect.element(files).toBeInTheDocument();
  const input = files.element() as HTMLInputElement;
  const picked = new DataTransfer();
  picked.items.add(new File(['x'.repeat(6 * 1024 * 1024)], 'large.json'));
  input.files = picked.files;
  const read = vi.spyOn(Blob.prototype, 'text');
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('"large.json" has 6 MiB, and a result may have 5 MiB: pick another file.');
  expect(read).not.toHaveBeenCalled();
  read.mockRestore();
});

it('after an edit only results of the document as it is are compared', async () => {
  await openDocument(chain);
  await details('Compare').click();
  await pick(theirs('One 1'));
  await expect.poll(() => rows.elements().length).toBe(1);
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByLabelText('Workers', { exact: true }).first().fill('1');
  await userEvent.keyboard('{Enter}');
  await expect
    .element(machines)
    .toHaveTextContent('The document has changed since a result was added: it is of other work');
  expect(rows.elements().length).toBe(0);
  const edited = { ...chain, machine: { ...chain.machine, workers: 1 } };
  // Measured before the other one, so it comes first.
  const older = theirs('Two 2', 1.7, edited);
  await pick({ ...older, result: { ...older.result, measuredAt: '2026-11-19T19:35:42.000Z' } });
  await expect.poll(() => rows.elements().length).toBe(1);
  await expect.element(rows).toHaveTextContent('Two 2');
  await expect.element(machines).toHaveTextContent('a result was added');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.element(rows).toHaveTextContent('One 1');
});

it('a result that is picked with the Open button or pasted is added as well', async () => {
  await openDocument(chain);
  const file = new File([resultFileText(theirs('One 1'))], 'their.millrace-result.json');
  await userEvent.upload(page.getByLabelText('Open a document'), file);
  await expect.poll(() => rows.elements().length).toBe(1);
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', resultFileText(theirs('Two 2')));
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  await expect.poll(() => rows.elements().length).toBe(2);
  await expect.element(page.getByLabelText('Name of the document')).toHaveValue('Chain');
});
