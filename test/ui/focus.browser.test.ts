import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);
const three: PipelineDocument = {
  ...chain,
  stages: [
    ...chain.stages,
    { id: 'third', name: 'Third', after: ['first', 'second'], work: chain.stages[0]!.work },
  ],
};
/** By keyboard alone, as a reader without a mouse has it. */
const press = async (button: Locator): Promise<void> => {
  await expect.element(button).toBeVisible();
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
};
const node = (name: string): Element => stageNode(name).element();

describe('the focus stays where the hands are', () => {
  it('on Run, while it is Stop and when it is Run again', async () => {
    await openDocument(chain);
    await press(page.getByRole('button', { name: 'Run', exact: true }));
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    await expect.element(stop).toHaveFocus();
    await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toHaveFocus();
  });

  it('on Measure speedup, while it measures and afterwards', async () => {
    await openDocument({ ...chain, stages: [chain.stages[0]!] });
    await details('Speedup').click();
    await press(page.getByRole('button', { name: 'Measure speedup' }));
    await expect.element(page.getByRole('button', { name: 'Stop measuring' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Measure speedup' })).toHaveFocus();
  });

  it('on Gallery, when a document has been picked or the dialog closed', async () => {
    await openDocument(chain);
    const gallery = page.getByRole('button', { name: 'Gallery', exact: true });
    await press(gallery);
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(gallery).toHaveFocus();
    await press(gallery);
    await press(page.getByRole('button', { name: /^Back pressure/ }));
    await expect.element(page.getByLabelText('Name of the document')).toHaveValue('Back pressure');
    await expect.element(gallery).toHaveFocus();
  });

  it('on the next node, when a stage is removed by its button or by key', async () => {
    await openDocument(three);
    await stageNode('Second').click();
    await press(page.getByLabelText('Remove the stage'));
    await expect.element(stageNode('Second')).not.toBeInTheDocument();
    expect(document.activeElement).toBe(node('Third'));
    await expect.element(page.getByLabelText('Name of the stage')).toHaveValue('Third');
    await userEvent.keyboard('{Enter}{Delete}');
    await expect.element(stageNode('Third')).not.toBeInTheDocument();
    expect(document.activeElement).toBe(node('First'));
  });

  it('beside a connection that is taken away', async () => {
    await openDocument(three);
    await stageNode('Third').click();
    await press(page.getByLabelText('Disconnect first from third'));
    await expect.element(page.getByLabelText('Disconnect second from third')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByLabelText('Connect third after another stage')).toHaveFocus();
    await expect
      .element(page.getByRole('status'))
      .toHaveTextContent(/“Third”.*the source feeds it/);
  });

  it('beside a button that can do nothing more, or a banner that is put away', async () => {
    await openDocument(chain);
    await stageNode('Second').click();
    // The knobs come with what looks after the focus, at the first sign of hands.
    await expect.element(page.getByLabelText('Disconnect first from second')).toBeVisible();
    await page.getByLabelText('Name of the document').fill('Other');
    await press(page.getByLabelText('Undo'));
    await expect.element(page.getByLabelText('Redo')).toHaveFocus();
    await page.getByLabelText('Disconnect first from second').click();
    await press(page.getByRole('status').getByRole('button', { name: 'OK' }));
    expect(document.activeElement).not.toBe(document.body);
  });
});

it('says why the edge from the source cannot be deleted', async () => {
  await openDocument(chain);
  const edge = document.querySelector<HTMLElement>('.svelte-flow__edge[data-id="(source)>first"]')!;
  edge.focus();
  await userEvent.keyboard('{Enter}{Delete}');
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent(/“First” is fed by the source because no stage comes before it/);
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
});
