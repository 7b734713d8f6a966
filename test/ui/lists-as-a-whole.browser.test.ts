import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);
const at = '/stages/second/permits';
const swept: PipelineDocument = { ...chain, sweep: { [at]: [1, 2] } };
const panel = page.getByRole('tabpanel');
const values = panel.getByLabelText('Values of “Second: Permits”, separated by commas');
const kept = (services: Awaited<ReturnType<typeof openDocument>>) => () =>
  (JSON.parse(services.saved.text ?? '{}') as PipelineDocument).sweep?.[at];

async function openSweep(document: PipelineDocument) {
  const services = await openDocument(document);
  await details('Sweep').click();
  await expect.element(values, { timeout: 20_000 }).toBeVisible();
  return services;
}

it('takes a list of a sweep as a whole, when it is left, or says that it is what it was', async () => {
  const services = await openSweep(swept);
  for (const wrong of ['1-5', '2, x, 4', 'Infinity', 'cores']) {
    await values.click();
    await userEvent.keyboard('{Control>}a{/Control}');
    await userEvent.keyboard(wrong);
    await expect.element(panel.getByText(/^Not understood: try 1, 2/)).toBeVisible();
    await userEvent.keyboard('{Enter}');
    const said = panel.getByText(`“${wrong}” is not understood, so it is again what it was.`);
    await expect.element(said).toBeVisible();
    (values.element() as HTMLElement).blur();
    await expect.element(said).toBeVisible();
    await expect.element(values).toHaveValue('1, 2');
    await expect.element(values).toHaveAttribute('aria-invalid', 'false');
  }
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
  // A value that comes again tries nothing new.
  await values.fill('4, 1, 4, 1');
  await userEvent.keyboard('{Enter}');
  await expect.element(values).toHaveValue('4, 1');
  await expect.element(panel.getByText('2 combinations')).toBeVisible();
  await expect.poll(kept(services)).toEqual([4, 1]);
});

it('says in the words of the field what a value cannot be, and the rest of the page goes on', async () => {
  await openSweep(swept);
  const header = page.getByRole('banner').getByText('Predicted 200 ms', { exact: true });
  await expect.element(header).toBeVisible();
  await values.fill('1, 0');
  await userEvent.keyboard('{Enter}');
  const said = panel.getByText(/^Value 2 is 0: .*use 1 or more, or null for no limit\.$/);
  await expect.element(said).toBeVisible();
  await expect.element(panel.getByText(/does not fit/)).not.toBeInTheDocument();
  await expect.element(header).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
  const many = Array.from({ length: 20_000 }, (_, index) => index + 1);
  await values.fill(many.join(', '));
  await userEvent.keyboard('{Enter}');
  await expect
    .element(panel.getByText(/20,000 cells are more than the 10,000 a sweep can have/))
    .toBeVisible();
  await expect.element(panel.getByText('sweep[', { exact: false })).not.toBeInTheDocument();
  await expect.element(header).toBeVisible();
});

it('takes a list of durations as a whole, too', async () => {
  const [first, second] = chain.stages;
  const phases = [{ cpu: { perItem: [1, 2] } }];
  const services = await openDocument({
    ...chain,
    stages: [first!, { ...second!, work: { kind: 'synthetic', phases } }],
  });
  await stageNode('Second').click();
  const list = page.getByLabelText(/, values separated by commas$/);
  await list.fill('3 ms, x');
  await expect.element(page.getByText('Value 2 is not understood: try 250 ms')).toBeVisible();
  (list.element() as HTMLElement).blur();
  await expect
    .element(page.getByText(/^“3 ms, x” is not understood, so the list is again what it was/))
    .toBeVisible();
  await expect.element(list).toHaveValue('1 ms, 2 ms');
  await list.fill('5 ms, 5 ms, 7');
  (list.element() as HTMLElement).blur();
  await expect.element(page.getByText(/is not understood/)).not.toBeInTheDocument();
  await expect.poll(() => services.saved.text?.replace(/\s/g, '')).toContain('"perItem":[5,5,7]');
});
