import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);
const varied: PipelineDocument = {
  ...chain,
  limits: { api: 2 },
  variants: [{ name: 'wide', set: { '/stages/second/permits': 4, '/machine/workers': 3 } }],
};
const inspect = (name: string) => page.getByRole('button', { name, exact: true }).click();
const undo = page.getByLabelText('Undo');
const kept = (services: { saved: { text: string | null } }) => async (): Promise<unknown> =>
  JSON.parse(services.saved.text ?? '{}') as unknown;

it('takes a variant as one step, from the notes as well', async () => {
  await openDocument(varied);
  await page.getByRole('button', { name: 'wide', exact: true }).click();
  await stageNode('Second').click();
  await expect.element(page.getByRole('textbox', { name: 'Permits' })).toHaveValue('4');
  await inspect('Document');
  await expect.element(page.getByRole('button', { name: 'Taken' })).toBeDisabled();
  await undo.click();
  await expect.element(undo).toBeDisabled();
  await page.getByRole('button', { name: 'Take', exact: true }).click();
  await inspect('Machine');
  await expect
    .element(page.getByRole('textbox', { name: 'Workers', exact: true }))
    .toHaveValue('3');
});

it('makes a variant by name, field and value', async () => {
  const services = await openDocument(chain);
  await inspect('Document');
  await page.getByRole('button', { name: 'Add a variant' }).click();
  await page.getByLabelText('Name of variant 1').fill('no buffer');
  const of = page.getByLabelText('Of what: a change of “no buffer”');
  await of.selectOptions('Second');
  await page.getByLabelText('Which field: a change of “no buffer”').selectOptions('Capacity');
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  const value = page.getByLabelText('Second: Capacity in “no buffer”', { exact: true });
  await expect.element(value).toHaveValue('none');
  await value.fill('many');
  await expect.element(value).toHaveAttribute('aria-invalid', 'true');
  await value.fill('-1');
  await expect.element(value).toHaveAccessibleDescription(/use a whole number of 0 or more/);
  await value.fill('0');
  await expect.element(value).toHaveAttribute('aria-invalid', 'false');
  await expect.poll(kept(services)).toMatchObject({
    variants: [{ name: 'no buffer', set: { '/stages/second/buffer/capacity': 0 } }],
  });
});

it('lists the values of a sweep', async () => {
  const services = await openDocument({ ...chain, sweep: { '/stages/second/permits': [1, 2] } });
  await inspect('Document');
  const values = page.getByLabelText('Values of “Second: Permits”, separated by commas');
  await expect.element(values).toHaveValue('1, 2');
  await values.fill('1, 2, 8, none');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('4 combinations')).toBeVisible();
  await expect
    .poll(kept(services))
    .toMatchObject({ sweep: { '/stages/second/permits': [1, 2, 8, null] } });
});

it('renames a shared limit for the stages that use it, and refuses a name that is taken', async () => {
  const services = await openDocument({
    ...chain,
    limits: { api: 2, gpu: 1 },
    stages: [{ ...chain.stages[0]!, uses: { api: 1, gpu: 1 } }, chain.stages[1]!],
  });
  await inspect('Limits');
  const name = page.getByLabelText('Name of the limit api');
  await name.fill('gpu');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/There is a limit "gpu" already/)).toBeVisible();
  await name.fill('net');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('used by First').first()).toBeVisible();
  await expect
    .poll(kept(services))
    .toMatchObject({ limits: { net: 2, gpu: 1 }, stages: [{ uses: { net: 1, gpu: 1 } }, {}] });
});

it('sets a target of the whole and of a stage, and takes it back', async () => {
  const services = await openDocument(chain);
  await inspect('Document');
  await page.getByRole('textbox', { name: 'Target', exact: true }).fill('1.5 s');
  await stageNode('Second').click();
  await page.getByText('Targets', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Target', exact: true }).fill('80');
  await expect
    .poll(kept(services))
    .toMatchObject({ targets: { total: { target: 1500 }, stages: { second: { target: 80 } } } });
  await page.getByRole('textbox', { name: 'Target', exact: true }).fill('none');
  await expect.poll(kept(services)).toMatchObject({ targets: { total: { target: 1500 } } });
  await expect.poll(kept(services)).not.toHaveProperty('targets.stages');
});
