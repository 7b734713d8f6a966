import { afterEach, expect, it } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { chain, closePage, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);

/** A field of the second stage, with the focus in it. */
async function openAt(label: string): Promise<Locator> {
  await openDocument(chain);
  await stageNode('Second').click();
  const field = page.getByLabelText(label, { exact: true });
  await expect.element(field).toBeVisible();
  field.element().focus();
  return field;
}

it('steps a number box with the arrow keys, ten at a time with Shift or Page Up; one undo', async () => {
  const cpu = await openAt('Phase 1, CPU');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  await expect.element(cpu).toHaveValue('10 ms');
  await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}{PageUp}');
  await expect.element(cpu).toHaveValue('30 ms');
  await userEvent.keyboard('{PageDown}{ArrowDown}');
  await expect.element(cpu).toHaveValue('19 ms');
  cpu.element().blur();
  await page.getByLabelText('Undo').click();
  await expect.element(cpu).toHaveValue('8 ms');
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
});

it('stops at the least that a field may be', async () => {
  const permits = await openAt('Permits');
  await userEvent.keyboard('{ArrowUp}{PageDown}{ArrowDown}');
  await expect.element(permits).toHaveValue('1');
});

it('undoes and redoes its steps by keys while the field has the focus; what is typed is undone as text', async () => {
  const cpu = await openAt('Phase 1, CPU');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  await expect.element(cpu).toHaveValue('10 ms');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(cpu).toHaveValue('8 ms');
  await expect.element(cpu).toHaveFocus();
  await userEvent.keyboard('{Control>}y{/Control}');
  await expect.element(cpu).toHaveValue('10 ms');
  // A step after an undo is one of its own.
  await userEvent.keyboard('{Control>}z{/Control}{ArrowUp}');
  await expect.element(cpu).toHaveValue('9 ms');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(cpu).toHaveValue('8 ms');
  await expect.element(page.getByLabelText('Undo')).toBeDisabled();
  // Typed and not left: the browser's own undo is meant, and the document keeps what it was given.
  await userEvent.fill(cpu, '12 ms');
  await expect.element(page.getByLabelText(/^Undo/)).toBeEnabled();
  await expect.element(page.getByLabelText(/^Redo/)).toBeDisabled();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(cpu).toHaveFocus();
  // What the page has undone could be redone.
  await expect.element(page.getByLabelText(/^Redo/)).toBeDisabled();
  // Left by Enter, it is a number again.
  await userEvent.fill(cpu, '14 ms');
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(cpu).toHaveValue('8 ms');
});
