import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { closePage, details, openDocument } from './open-page.ts';

afterEach(closePage);

/** The second stage has one permit of 8 ms; and there are twice as many workers as cores. */
const narrow: PipelineDocument = {
  format: 'millrace/1',
  name: 'Narrow',
  source: { kind: 'count', count: 20, bytes: 1000 },
  stages: [
    { id: 'first', name: 'First', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    {
      ...{ id: 'second', name: 'Second', after: ['first'], permits: 1 },
      work: { kind: 'synthetic', phases: [{ cpu: 8 }] },
      buffer: { capacity: 8 },
    },
  ],
  machine: { cores: 4, workers: 8 },
};
const tuner = page.getByRole('region', { name: 'Tune' });
const changes = page.getByTestId('tuned-changes');
const row = (name: string | RegExp) => changes.getByRole('row', { name });
const settled = (services: { saved: { text: string | null } }) => async (): Promise<unknown> =>
  JSON.parse(services.saved.text ?? '{}') as unknown;

async function openTuner(document = narrow): Promise<ReturnType<typeof openDocument>> {
  const services = await openDocument(document);
  await details('Sweep & tune').click();
  await page.getByText('Tune', { exact: true }).click();
  await expect.element(tuner).toBeVisible();
  return services;
}
async function openNarrow(): Promise<ReturnType<typeof openDocument>> {
  const services = await openTuner();
  // What it takes now is simulated before anybody asks.
  await expect.element(tuner.getByText(/now 19 KiB|now \d+.* KiB/)).toBeVisible();
  return services;
}

it('finds settings, says what each change brings, and takes them in one step', async () => {
  const services = await openNarrow();
  await tuner.getByRole('button', { name: 'Tune' }).click();
  await expect
    .element(page.getByTestId('tuned'))
    .toHaveTextContent(/Predicted makespan: 16\d ms → 4\d(\.\d)? ms, 3\.\d+× as fast/);
  await expect.element(row(/Second: Permits 1 \d 1\d\d ms/)).toBeVisible();
  await expect.element(row(/^Workers 8/)).toHaveTextContent(/the same: brings nothing by itself/);
  await expect.element(tuner).toHaveTextContent(/As it was: Second holds everything back/);
  await expect.element(tuner).toHaveTextContent(/Tuned: The (cores|workers) hold everything back/);

  await tuner.getByRole('button', { name: 'Take these settings' }).click();
  const taken = async () => (await settled(services)()) as PipelineDocument;
  await expect.poll(async () => (await taken()).machine?.workers).toBeLessThan(8);
  expect((await taken()).stages[1]!.permits).toBeGreaterThan(2);
  await expect.element(tuner.getByRole('button', { name: 'Taken' })).toBeDisabled();
  await page.getByLabelText('Undo').click();
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
  // What is saved follows a moment later.
  await expect.poll(async () => (await taken()).stages[1]!.permits).toBe(1);

  await tuner.getByRole('button', { name: 'Take only the changes that help' }).click();
  await expect.poll(async () => (await taken()).stages[1]!.permits).toBeGreaterThan(2);
  expect((await taken()).machine?.workers).toBe(8);
});

it('measures the winners beside the document, and says how far the prediction was off', async () => {
  await openNarrow();
  await tuner.getByRole('button', { name: 'Tune' }).click();
  await tuner.getByRole('button', { name: 'Measure it' }).click();
  const measured = page.getByTestId('tuned-measured');
  await expect
    .element(measured.getByRole('row', { name: /^tuned/ }), { timeout: 10_000 })
    .toHaveTextContent(/× \(.*\), predicted .*Faster than this document/);
  await expect
    .element(measured.getByRole('row', { name: /^only the changes that help/ }))
    .toHaveTextContent(/agrees|predicted/);
});

it('says which limit nothing keeps, and how near it came', async () => {
  await openNarrow();
  await tuner.getByLabelText('Memory peak at most', { exact: true }).fill('10 B');
  await tuner.getByRole('button', { name: 'Tune' }).click();
  await expect
    .element(page.getByTestId('tuned'))
    .toHaveTextContent(/keeps memory peak ≤ 10 B: the nearest has \d/);
});

it('turns only what is ticked, and keeps what it found as a variant', async () => {
  const services = await openNarrow();
  await tuner.getByLabelText('Second: Permits').first().click();
  await tuner.getByRole('button', { name: 'Tune' }).click();
  await expect
    .element(page.getByTestId('tuned'))
    .toHaveTextContent(/Predicted makespan: 16\d ms → 16\d ms/);
  await expect.element(row(/Second: Permits/)).not.toBeInTheDocument();
  await tuner.getByRole('button', { name: 'Keep as a variant' }).click();
  await expect
    .poll(settled(services))
    .toMatchObject({ variants: [{ name: 'tuned' }], stages: [{}, { permits: 1 }] });
});

it('refuses a largest value above the ceiling of its field', async () => {
  await openNarrow();
  const most = tuner.getByRole('textbox', { name: 'Largest value to try of “Workers”' });
  await most.fill('1e20');
  (most.element() as HTMLElement).blur();
  await expect
    .element(tuner.getByText('“1e20” does not fit, so it is 8 again: the ceiling is 1,024'))
    .toBeVisible();
  await expect.element(most).toHaveValue('8');
});

it('takes a largest value to try digit by digit', async () => {
  await openNarrow();
  const warned = vi.spyOn(console, 'warn');
  const most = tuner.getByLabelText('Largest value to try of “Second: Permits”');
  (most.element() as HTMLInputElement).select();
  await userEvent.keyboard('1');
  await expect.element(most).toHaveValue('1');
  await userEvent.keyboard('6{Tab}');
  await expect.element(most).toHaveValue('16');
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

it('says what is wrong with a limit, and keeps the one that was', async () => {
  await openNarrow();
  const limit = tuner.getByRole('textbox', { name: /^p95 .*at most$/ });
  const said = tuner.getByRole('alert');
  await limit.fill('500 ms');
  await userEvent.keyboard('{Enter}');
  for (const [wrong, why] of [
    ['0', 'use more than 0, or “any”'],
    ['-1', 'use more than 0, or “any”'],
    ['1e20', 'use 11574 d at most, or “any”'],
  ] as const) {
    await limit.fill(wrong);
    await userEvent.keyboard('{Enter}');
    await expect.element(limit).toHaveValue('500 ms');
    await expect.element(said).toHaveTextContent(why);
  }
  await limit.fill('any');
  await expect.element(said).not.toBeInTheDocument();
});

it('wishes of another document what is usual, and of this one again what was wished', async () => {
  await openNarrow();
  await tuner.getByLabelText('Least').selectOptions('memoryPeakBytes');
  await page.getByRole('button', { name: 'New document' }).click();
  await details('Sweep & tune').click();
  await expect.element(tuner.getByLabelText('Least')).toHaveValue('makespanMs');
  await page.getByLabelText('Undo').click();
  await details('Sweep & tune').click();
  await expect.element(tuner.getByLabelText('Least')).toHaveValue('memoryPeakBytes');
});

it('marks what it found as of another machine, and looks at that one', async () => {
  await openNarrow();
  await tuner.getByRole('button', { name: 'Tune' }).click();
  await expect.element(tuner.getByRole('button', { name: 'Take these settings' })).toBeEnabled();
  await details('Prediction').click();
  await page.getByRole('button', { name: 'Measure this browser' }).click();
  await expect.element(page.getByRole('radio', { name: 'This browser' })).toBeChecked();
  await details('Sweep & tune').click();
  const stale = tuner.getByText(/^This is of another machine: the ideal one.*Tune again\.$/);
  await expect.element(stale).toBeVisible();
  await expect.element(tuner.getByRole('button', { name: 'Take these settings' })).toBeDisabled();
  await tuner.getByRole('button', { name: 'Tune' }).click();
  await expect.element(stale).not.toBeInTheDocument();
  await expect.element(tuner.getByRole('button', { name: 'Take these settings' })).toBeEnabled();
});

it('proposes nothing where no items come', async () => {
  await openTuner({ ...narrow, source: { kind: 'count', count: 0 } });
  await tuner.getByRole('button', { name: 'Tune' }).click();
  await expect
    .element(tuner.getByRole('alert'))
    .toHaveTextContent('No items come, so there is nothing to tune.');
  await expect.element(page.getByTestId('tuned')).not.toBeInTheDocument();
});
