import axe from 'axe-core';
import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';
import { savedBy } from './saved-files.ts';

afterEach(closePage);
const swept: PipelineDocument = {
  ...chain,
  machine: { workers: 2, cores: 2 },
  sweep: { '/stages/second/permits': [1, 2, 3], '/machine/tasksPerWorker': [1, 2] },
};
const panel = page.getByRole('tabpanel');
const map = panel.getByRole('slider', { name: /^Makespan predicted/ });
const go = (name: string | RegExp) => panel.getByRole('button', { name });
const verdict = panel.getByText(/^Least makespan predicted/);

async function openSweep(document: PipelineDocument) {
  const services = await openDocument(document);
  await details('Sweep').click();
  // The panel comes when it is first opened, which takes its time on a busy machine.
  await expect
    .element(panel.getByText(/^Every combination of these values/), { timeout: 20_000 })
    .toBeVisible();
  return services;
}
async function simulate(): Promise<void> {
  await go(/^Simulate \d/).click();
  await expect.element(verdict, { timeout: 10_000 }).toBeVisible();
}

it('marks results that are of another document, but not for the swept fields', async () => {
  await openSweep(swept);
  await simulate();
  const stale = panel.getByText(/The document has changed in something else/);
  await stageNode('Second').click();
  const permits = page.getByRole('textbox', { name: 'Permits', exact: true });
  await permits.fill('2');
  await expect.element(verdict).toHaveTextContent('That is what the document says now.');
  await expect.element(stale).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByRole('textbox', { name: 'Workers', exact: true }).fill('4');
  await expect.element(stale).toBeVisible();
  await expect.element(go(/^Measure the \d/)).toBeDisabled();
  await page.getByLabelText('Undo').click();
  await expect.element(stale).not.toBeInTheDocument();
});

it('marks results that are of another machine, until that one is predicted again', async () => {
  await openSweep(swept);
  await simulate();
  await details('Prediction').click();
  await page.getByRole('button', { name: 'Measure this browser' }).click();
  await expect.element(page.getByRole('radio', { name: 'This browser' })).toBeChecked();
  await details('Sweep').click();
  const stale = panel.getByText(/^This is of another machine: the ideal one.*Simulate again\.$/);
  await expect.element(stale).toBeVisible();
  await expect.element(go(/^Measure the \d/)).toBeDisabled();
  await go(/^Simulate \d/).click();
  await expect.element(stale).not.toBeInTheDocument();
  await expect.element(verdict).toBeVisible();
  await expect.element(go(/^Measure the \d/)).toBeEnabled();
});

it('keeps what has come in when it is stopped, and shows nothing of another document', async () => {
  const values = Array.from({ length: 400 }, (_, at) => at + 1);
  await openSweep({ ...swept, sweep: { '/stages/second/permits': values } });
  await go('Simulate 400 cells').click();
  await expect.element(map).toBeVisible();
  await go('Stop').click();
  await expect.element(panel.getByText(/^Stopped with \d+ of 400 cells\.$/)).toBeVisible();
  await expect.element(go('Simulate 400 cells')).toBeEnabled();
  await page.getByRole('button', { name: 'New document' }).click();
  await details('Sweep').click();
  await expect.element(map).not.toBeInTheDocument();
  await expect.element(go('Suggest two fields')).toBeVisible();
});

it('stands still during a run, and goes on after it', async () => {
  const values = Array.from({ length: 300 }, (_, at) => at + 1);
  const services = await openSweep({ ...swept, sweep: { '/stages/second/permits': values } });
  const run = services.live.run.bind(services.live);
  let end = (): void => {};
  services.live.run = (request) => {
    const handle = run(request);
    return { ...handle, done: new Promise((resolve) => (end = () => resolve(handle.done))) };
  };
  await go('Simulate 300 cells').click();
  await expect.element(map).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(panel.getByText(/waiting for the end of what is measured/)).toBeVisible();
  await expect.element(go('Stop')).toBeVisible();
  end();
  await expect.element(verdict, { timeout: 10_000 }).toBeVisible();
});

it('refuses more cells than it takes, and says how to have fewer', async () => {
  await openSweep({ ...swept, sweep: { '/stages/second/permits': [1] } });
  const list = Array.from({ length: 10_001 }, (_, at) => at + 1).join(', ');
  await panel.getByLabelText(/^Values of “Second: Permits”/).fill(list);
  await userEvent.keyboard('{Enter}');
  await expect.element(panel.getByRole('alert').last()).toHaveTextContent('give fewer values');
  await expect.element(go(/^Simulate 10,001/)).toBeDisabled();
});

it('says why a cell cannot be simulated, and simulates the others', async () => {
  const sweep = { '/stages/second/batch/linger': [0, 5], '/stages/second/batch/size': [1, 2] };
  await openSweep({ ...swept, sweep });
  await simulate();
  await go('Table').click();
  const problem = panel.getByRole('cell', { name: /is full at once and waits for nothing/ });
  await expect.element(problem).toBeVisible();
  await expect.element(panel.getByText('4 cells, predicted · page 1 of 1')).toBeVisible();
});

it('shows one field as bars, three as a map with a choice of the third', async () => {
  await openSweep({ ...swept, sweep: { '/machine/order': ['fifo', 'lifo', 'shortest'] } });
  await simulate();
  await expect.element(map).toHaveAttribute('aria-label', 'Makespan predicted, by Order');
  await expect.element(panel.getByLabelText('Upwards').first()).toHaveValue('latencyP95Ms');
  closePage();
  await openSweep({ ...swept, sweep: { ...swept.sweep, '/machine/workers': [1, 2] } });
  await simulate();
  const third = panel.getByRole('combobox', { name: 'Workers', exact: true });
  await expect.element(third).toBeVisible();
  map.element().focus();
  await userEvent.keyboard('{Home}');
  const before = map.element().ariaValueText;
  await third.selectOptions('1');
  expect(before).toContain('Workers 2');
  await expect.poll(() => map.element().ariaValueText).toContain('Workers 1');
});

it('goes on weighing up one figure against another after its tab was closed', async () => {
  await openSweep(swept);
  await simulate();
  await details(/^Why/).click();
  await details('Sweep').click();
  const tradeOff = panel.getByRole('region', { name: 'Trade-off' });
  const upwards = tradeOff.getByLabelText('Upwards');
  await expect.element(upwards).toBeVisible();
  const before = (upwards.element() as HTMLSelectElement).value;
  await tradeOff.getByLabelText('Across').selectOptions(before);
  await expect.element(upwards).not.toHaveValue(before);
});

it('can be read by those who do not see it', async () => {
  await openSweep(swept);
  await simulate();
  map.element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(panel.getByRole('region', { name: 'The chosen cell' })).toBeVisible();
  const tradeOff = panel.getByRole('region', { name: 'Trade-off' });
  const { text } = await savedBy(() => tradeOff.getByRole('button', { name: 'CSV' }).click());
  // A line for each of the six cells under the headings.
  expect(text.trimEnd().split('\r\n')).toHaveLength(7);
  const { violations } = await axe.run(panel.element());
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

it('closes the chosen cell with its button and with Escape, back on the map', async () => {
  await openSweep(swept);
  await simulate();
  const card = panel.getByRole('region', { name: 'The chosen cell' });
  const mapHasFocus = () => expect.poll(() => document.activeElement).toBe(map.element());
  await map.click();
  await go('Close the chosen cell').click();
  await expect.element(card).not.toBeInTheDocument();
  await mapHasFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(card).toBeVisible();
  (go('Keep as a variant').element() as HTMLElement).focus();
  await userEvent.keyboard('{Escape}');
  await expect.element(card).not.toBeInTheDocument();
  await mapHasFocus();
});
