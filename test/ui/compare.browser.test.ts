import { afterEach, expect, it } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);
/** Deterministic times: every ratio is the same, so the first look settles it. */
const varied: PipelineDocument = {
  ...chain,
  variants: [
    { name: 'wide', set: { '/stages/second/permits': 2 } },
    { name: 'lean', set: { '/stages/second/buffer/capacity': 1 } },
    { name: 'fewer', set: { '/source/count': 5 } },
    { name: 'broken', set: { '/stages/second/after': ['nobody'] } },
  ],
};
const compare = page.getByRole('button', { name: 'Compare', exact: true });
const reads = (chart: Locator): string => chart.element().getAttribute('aria-valuetext') ?? '';
const rows = page.getByTestId('verdict-row');

it('compares three and more, says what it saw, and takes one', async () => {
  const services = await openDocument(varied);
  await details('Compare').click();
  await expect.element(page.getByText(/Left out: .*nobody/)).toBeVisible();
  await expect.element(page.getByRole('checkbox', { name: 'broken' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'lean' }).click();
  await page.getByRole('checkbox', { name: 'sequential' }).click();
  await compare.click();
  await expect
    .element(rows.nth(1), { timeout: 8000 })
    .toHaveTextContent(/wide.*Faster than this document/);
  await expect.element(rows.nth(0)).toHaveTextContent(/this document.*what the others/);
  await expect.element(rows.nth(2)).toHaveTextContent(/"fewer" did different work/);
  await expect.element(rows.nth(3)).toHaveTextContent(/sequential.*(Slower|No difference)/);
  // One warm-up of each; the one that did other work was not run again.
  expect(
    services.runs.filter(
      ({ pipeline }) => pipeline.source.kind === 'count' && pipeline.source.count === 5,
    ),
  ).toHaveLength(1);
  expect(services.runs.every(({ cache }) => cache === 'off')).toBe(true);
  await expect.element(page.getByRole('slider', { name: /^Every run/ })).toBeVisible();
  await page.getByRole('button', { name: 'Take “wide”' }).click();
  await stageNode('Second').click();
  await expect.element(page.getByRole('textbox', { name: 'Permits' })).toHaveValue('2');
  await expect.element(page.getByText('The document has changed since.')).toBeVisible();
});

it('steps through the runs by key and shows them as a table', async () => {
  await openDocument({ ...varied, variants: [varied.variants![0]!] });
  await details('Compare').click();
  await compare.click();
  await expect.element(compare, { timeout: 8000 }).toBeVisible();
  const chart = page.getByRole('slider', { name: /^Every run/ });
  await expect.poll(() => reads(chart)).toMatch(/round 12/);
  (chart.element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}');
  await expect.poll(() => reads(chart)).toMatch(/round 1: /);
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: 'Table', exact: true })
    .first()
    .click();
  await expect.element(page.getByRole('columnheader', { name: 'wide' })).toBeVisible();
});

it('offers the document as opened where there are no variants, and keeps it as one', async () => {
  await openDocument(chain);
  await details('Compare').click();
  await expect.element(page.getByText(/no variants yet/)).toBeVisible();
  await expect.element(page.getByText('Tick two or more to compare them.')).toBeVisible();
  await expect.element(compare).toBeDisabled();
  await stageNode('Second').click();
  await page.getByRole('textbox', { name: 'Permits' }).fill('2');
  await userEvent.keyboard('{Enter}');
  await details('Compare').click();
  await expect.element(page.getByRole('checkbox', { name: 'as opened' })).toBeChecked();
  await expect.element(compare).toBeEnabled();
  await page.getByRole('button', { name: 'Keep as a variant' }).click();
  await expect.element(page.getByText(/no variants yet/)).not.toBeInTheDocument();
  // As a variant now, and no longer as what was opened: both would be the same.
  await expect
    .poll(() => page.getByRole('checkbox', { name: /^as opened/ }).elements().length)
    .toBe(1);
});

it('leaves out what runs as this document does, unless it is ticked', async () => {
  await openDocument({
    ...chain,
    variants: [
      { name: 'as it is', set: { '/stages/second/permits': 1 } },
      { name: 'wide', set: { '/stages/second/permits': 2 } },
    ],
  });
  await details('Compare').click();
  await expect.element(page.getByRole('checkbox', { name: 'wide' })).toBeChecked();
  await expect.element(page.getByRole('checkbox', { name: 'as it is' })).not.toBeChecked();
  await expect.element(page.getByText('the same as this document')).toBeVisible();
});

it('says beforehand what the runs that are always made take', async () => {
  // 12 s a run.
  const [wide] = varied.variants!;
  await openDocument({ ...chain, variants: [wide!], source: { kind: 'count', count: 1200 } });
  await details('Compare').click();
  await expect.element(page.getByText(/take at least about .* (s|min)\./)).toBeVisible();
});

it('measures how the speedup grows with the workers, fits it and predicts beyond', async () => {
  await openDocument({ ...chain, stages: [chain.stages[0]!], machine: { workers: 2 } });
  await details('Speedup').click();
  await page.getByLabelText('Workers up to').selectOptions('4 workers: 2 a core');
  await page.getByRole('button', { name: 'Measure scaling' }).click();
  await expect.element(page.getByText(/Amdahl’s law fits best/), { timeout: 10_000 }).toBeVisible();
  await expect
    .element(page.getByText(/^2 workers give 2\.\d*× .*more are not seen to help/))
    .toBeVisible();
  const chart = page.getByRole('slider', { name: /^Speedup against workers/ });
  await expect.poll(() => reads(chart)).toMatch(/^4 workers: measured 2/);
  await expect.element(page.getByText('predicted, a core for each worker')).toBeVisible();
});
