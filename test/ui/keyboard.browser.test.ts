import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);
const runButton = page.getByRole('button', { name: 'Run', exact: true });
const node = (name: string): HTMLElement => stageNode(name).element() as HTMLElement;
const throwing: PipelineDocument = {
  ...chain,
  stages: [
    {
      id: 'first',
      name: 'First',
      work: { kind: 'code', source: 'export default () => {\n  throw 1;\n};' },
    },
  ],
};
const frame = page.getByRole('group', { name: /^Code of First\. Enter edits it/ });
const inEditor = (): boolean => document.activeElement?.closest('.monaco-editor') != null;

describe('Delete', () => {
  it('removes nothing while the focus is elsewhere', async () => {
    await openDocument(chain);
    await stageNode('Second').click();
    for (const elsewhere of [runButton, details('Results'), page.getByRole('img').first()]) {
      (elsewhere.element() as HTMLElement).focus();
      await userEvent.keyboard('{Delete}{Backspace}');
    }
    await page.getByRole('button', { name: 'Gallery', exact: true }).click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    (page.getByLabelText('Close the gallery').element() as HTMLElement).focus();
    await userEvent.keyboard('{Delete}');
    await expect.element(page.getByLabelText('Undo')).toBeDisabled();
  });

  it('removes the node that has the focus, not the selected one', async () => {
    await openDocument(chain);
    await stageNode('Second').click();
    node('First').focus();
    await userEvent.keyboard('{Delete}');
    await expect.element(stageNode('First')).not.toBeInTheDocument();
    await expect.element(stageNode('Second')).toBeVisible();
  });

  it('removes a stage that was clicked', async () => {
    await openDocument(chain);
    await stageNode('Second').click();
    await userEvent.keyboard('{Delete}');
    await expect.element(stageNode('Second')).not.toBeInTheDocument();
  });

  it('takes away the edge that has the focus', async () => {
    await openDocument(chain);
    document.querySelector<HTMLElement>('.svelte-flow__edge[data-id="first>second"]')!.focus();
    await userEvent.keyboard('{Delete}');
    await expect.element(page.getByText(/the source feeds it now/)).toBeVisible();
    // What the banner says is no longer so.
    await page.getByLabelText('Undo').click();
    await expect.element(page.getByText(/the source feeds it now/)).not.toBeInTheDocument();
  });
});

describe('the code editor', { timeout: 60_000 }, () => {
  it('is passed by with Tab, entered with Enter and left with Escape', async () => {
    await openDocument(throwing);
    await details('Code').click();
    await expect.element(frame, { timeout: 30_000 }).toBeVisible();
    (frame.element() as HTMLElement).focus();
    await userEvent.keyboard('{Tab}');
    expect(inEditor()).toBe(false);
    await expect.element(page.getByLabelText('Undo')).toBeDisabled();
    (frame.element() as HTMLElement).focus();
    await expect.poll(() => document.querySelector('.monaco-editor .view-line')).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    expect(inEditor()).toBe(true);
    await userEvent.keyboard('{Tab}');
    expect(inEditor()).toBe(true);
    await expect.element(page.getByLabelText('Undo')).toBeEnabled();
    await userEvent.keyboard('{Escape}');
    await expect.element(frame).toHaveFocus();
  });

  it('has the caret when "Edit code" has been pressed', async () => {
    await openDocument(throwing);
    await stageNode('First').click();
    const edit = page.getByRole('button', { name: 'Edit code' });
    await expect.element(edit).toBeVisible();
    (edit.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(inEditor, { timeout: 30_000 }).toBe(true);
    await userEvent.keyboard('{Escape}');
    await expect.element(frame).toHaveFocus();
  });

  it('keeps the focus when a run fails, and the place of a failure leads into it', async () => {
    await openDocument(throwing);
    await details('Code').click();
    await expect.element(frame, { timeout: 30_000 }).toBeVisible();
    (frame.element() as HTMLElement).focus();
    await expect.poll(() => document.querySelector('.monaco-editor .view-line')).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByTestId('said')).toHaveTextContent(/failed|delivered/);
    expect(inEditor()).toBe(true);
    await details(/^Results/).click();
    await page.getByRole('button', { name: 'line 2' }).click();
    await expect.poll(inEditor).toBe(true);
    const caretLine = (): string | undefined =>
      document.querySelector<HTMLElement>('.monaco-editor .active-line-number')?.textContent;
    await expect.poll(caretLine).toBe('2');
  });
});

it('explains a knob to those who listen, and shows it when the Tab key comes to it', async () => {
  await openDocument(chain);
  await stageNode('Second').click();
  const permits = page.getByRole('textbox', { name: 'Permits' });
  await expect.element(permits).toHaveAccessibleDescription(/at once/);
  (page.getByRole('slider', { name: 'Permits, slider' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
  await expect.element(permits).toHaveFocus();
  await expect.element(page.getByRole('tooltip')).toBeVisible();
  await permits.fill('x');
  await expect.element(permits).toHaveAccessibleDescription(/Not understood: try/);
  await expect.element(permits).toHaveAttribute('aria-invalid', 'true');
});

it('says a refused id in its field, and keeps the focus when another is taken', async () => {
  await openDocument(chain);
  await stageNode('Second').click();
  const id = page.getByRole('textbox', { name: 'Id', exact: true });
  await id.fill('first');
  await userEvent.keyboard('{Enter}');
  await expect.element(id).toHaveAccessibleDescription(/"first"/);
  await expect.element(id).toHaveAttribute('aria-invalid', 'true');
  await id.fill('other');
  await userEvent.keyboard('{Enter}');
  await expect.element(stageNode('Second')).toBeVisible();
  await expect.element(id).toHaveFocus();
  await expect.element(id).toHaveValue('other');
});

it('says what an edit, an undo and a knob did, and how a run ended', async () => {
  await openDocument(chain);
  const said = page.getByTestId('said');
  await page.getByRole('button', { name: 'Stage', exact: true }).click();
  await expect.element(said).toHaveTextContent(/Stage “New stage” added\. Predicted/);
  await page.getByLabelText('Undo').click();
  await expect.element(said).toHaveTextContent(/Undid, stage “New stage” removed/);
  await runButton.click();
  await expect.element(said).toHaveTextContent(/20 delivered in/);
  expect(document.title).toBe('Chain · Millrace');
});

it('connects when the button is pressed, not while a choice is looked for', async () => {
  await openDocument({ ...chain, stages: [chain.stages[0]!, { ...chain.stages[1]!, after: [] }] });
  await stageNode('Second').click();
  const list = page.getByLabelText('Connect second after another stage');
  await list.selectOptions('first');
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
  (list.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByLabelText('Disconnect first from second')).toBeVisible();
});

it('goes from one part of the page to the next with F6, and back with Shift', async () => {
  await openDocument(chain);
  await stageNode('Second').click();
  (runButton.element() as HTMLElement).focus();
  await userEvent.keyboard('{F6}');
  await expect.poll(() => document.activeElement).toBe(node('Second'));
  await userEvent.keyboard('{F6}');
  await expect.poll(() => document.activeElement?.closest('.inspector')).toBeTruthy();
  await userEvent.keyboard('{F6}');
  await expect.poll(() => document.activeElement?.closest('.timeline')).toBeTruthy();
  await userEvent.keyboard('{F6}');
  await expect.element(details('Notes')).toHaveFocus();
  await userEvent.keyboard('{F6}');
  await expect.element(runButton).toHaveFocus();
  await userEvent.keyboard('{Shift>}{F6}{/Shift}');
  await expect.element(details('Notes')).toHaveFocus();
  await userEvent.keyboard('{End}');
  await expect.element(details('Document')).toHaveFocus();
});

it('goes on from between two parts with F6, and to the tab that is chosen now', async () => {
  await openDocument(chain);
  const splitter = page.getByRole('separator', { name: 'Height of the graph' });
  (splitter.element() as HTMLElement).focus();
  await userEvent.keyboard('{F6}');
  await expect.poll(() => document.activeElement?.closest('.inspector')).toBeTruthy();
  (splitter.element() as HTMLElement).focus();
  await userEvent.keyboard('{Shift>}{F6}{/Shift}');
  await expect.poll(() => document.activeElement?.closest('[aria-label="Graph"]')).toBeTruthy();
  (details('Notes').element() as HTMLElement).focus();
  await userEvent.keyboard('{F6}');
  await expect.poll(() => document.activeElement?.closest('.bar')).toBeTruthy();
  await details('Results').click();
  (runButton.element() as HTMLElement).focus();
  await userEvent.keyboard('{Shift>}{F6}{/Shift}');
  await expect.element(details('Results')).toHaveFocus();
});

it('names an edge by what the graph calls its stages', async () => {
  await openDocument(chain);
  await expect.element(page.getByLabelText('From First to Second')).toBeInTheDocument();
  await expect.element(page.getByLabelText('From the source to First')).toBeInTheDocument();
});

it('zooms around the task that a key came to, and its card goes with it', async () => {
  await openDocument(chain);
  const chart = page.getByRole('img', { name: /^Schedule:/ });
  await expect.element(chart).toBeVisible();
  (chart.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{End}');
  const cardLeft = (): number =>
    document.querySelector('.detail')?.getBoundingClientRect().left ?? NaN;
  const chartBox = chart.element().getBoundingClientRect();
  for (let zoom = 0; zoom < 12; zoom++) await userEvent.keyboard('+');
  // It fills the window by now: its card stands at the left end of the axis, not where the task began.
  await expect.poll(() => cardLeft() - chartBox.left).toBeLessThan(200);
  await userEvent.keyboard('0');
  await expect.poll(() => cardLeft() - chartBox.left).toBeGreaterThan(chartBox.width / 2);
  // Without the focus, or in another run, there is no such task.
  for (const away of ['{Tab}', '{Control>}{Enter}{/Control}']) {
    (chart.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(cardLeft).not.toBeNaN();
    await userEvent.keyboard(away);
    await expect.poll(cardLeft).toBeNaN();
  }
});

it('steps to the next worker with Page Down and says the task', async () => {
  await openDocument(chain);
  const chart = page.getByRole('img', { name: /^Schedule:/ });
  await expect.element(chart).toBeVisible();
  (chart.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  const card = (): string => document.querySelector('.detail')?.textContent ?? '';
  expect(card()).toMatch(/predicted · worker 0/);
  await userEvent.keyboard('{PageDown}');
  await expect.poll(card).toMatch(/predicted · worker 1/);
  await expect.element(page.getByTestId('said')).toHaveTextContent(/worker 1/);
});
