import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import {
  documentFields,
  limitFields,
  machineFields,
  sourceFields,
  stageFields,
  type Field,
} from '../../src/ui/commands/fields.ts';
import { closePage, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);

/** With everything on that knobs depend on. */
const full: PipelineDocument = {
  format: 'millrace/1',
  name: 'Full',
  source: { kind: 'service', service: {}, arrivals: { kind: 'bursts', rate: 10, size: 5 } },
  limits: { api: 2 },
  machine: { memory: { budget: 1e6 } },
  stages: [
    {
      id: 'only',
      name: 'Only',
      work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
      retry: { attempts: 3 },
      cache: { version: '1' },
    },
    {
      id: 'coded',
      name: 'Coded',
      work: {
        kind: 'code',
        source: 'export default (item) => item;',
        model: { phases: [{ cpu: 1 }] },
      },
      retry: { attempts: 3 },
      cache: { version: '1' },
    },
  ],
};

/** Knobs on the screen: their places in the document and what stands beside them. */
async function knobs(): Promise<string[]> {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>('.inspector details'))
    fold.open = true;
  // A group may fetch its knobs when it is unfolded.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return Array.from(document.querySelectorAll('.inspector .knob[data-pointer]'), (knob) =>
    [knob.getAttribute('data-pointer'), knob.querySelector('.label')?.textContent?.trim()].join(
      ' ',
    ),
  ).sort();
}
const named = (fields: readonly Field[]): string[] =>
  fields
    .filter(({ whyOff }) => whyOff === undefined)
    .map(({ pointer, label }) => `${pointer} ${label}`)
    .sort();

it('every knob of the inspector is a command, and every such command a knob', async () => {
  await openDocument(full);
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  expect.soft(await knobs()).toEqual(named(machineFields(full)));
  await page.getByRole('button', { name: 'Source', exact: true }).click();
  expect.soft(await knobs()).toEqual(named(sourceFields(full)));
  await page.getByRole('button', { name: 'Document', exact: true }).click();
  expect.soft(await knobs()).toEqual(named(documentFields()));
  for (const stage of full.stages) {
    await stageNode(stage.name!).click();
    await expect.element(page.getByLabelText('Name of the stage')).toHaveValue(stage.name!);
    expect.soft(await knobs(), stage.name).toEqual(named(stageFields(stage)));
  }
  await page.getByRole('button', { name: 'Limits', exact: true }).click();
  const [limit] = limitFields(full);
  await expect.element(page.getByLabelText(/^Capacity of api/).first()).toBeVisible();
  expect(document.querySelector(`.inspector [data-pointer="${limit!.pointer}"]`)).not.toBeNull();
});
