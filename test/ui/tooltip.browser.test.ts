import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { chain, closePage, openDocument } from './open-page.ts';

afterEach(closePage);
const bubble = page.getByRole('tooltip');
const term = (): Element => document.querySelector('.timeline dl > div')!;
const send = (target: Element, type: string, pointerType = 'mouse', more: PointerEventInit = {}) =>
  target.dispatchEvent(
    new PointerEvent(type, { bubbles: true, cancelable: true, pointerType, ...more }),
  );
const point = (at: Element): boolean => send(at, 'pointerover');
const away = (): boolean => point(document.querySelector('.bar')!);

beforeEach(async () => {
  await openDocument(chain);
  // What shows explanations comes with the first sign of hands, and the explanations with it.
  document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  await expect
    .poll(() => {
      point(term());
      return document.querySelector('[role="tooltip"]');
    })
    .not.toBeNull();
});

describe('an explanation', () => {
  it('stays while it is pointed at itself, and lies beside what it explains', async () => {
    const box = bubble.element().getBoundingClientRect();
    const explained = term().getBoundingClientRect();
    expect(box.top >= explained.bottom || box.bottom <= explained.top).toBe(true);
    point(bubble.element());
    await new Promise((resolve) => setTimeout(resolve, 400));
    await expect.element(bubble).toHaveTextContent(/^Makespan/);
    away();
    await expect.element(bubble).not.toBeInTheDocument();
  });

  it('goes with Escape, wherever the focus is', async () => {
    await userEvent.keyboard('{Escape}');
    await expect.element(bubble).not.toBeInTheDocument();
  });

  it('opens for nobody who only passes by', async () => {
    away();
    await expect.element(bubble).not.toBeInTheDocument();
    point(term());
    away();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await expect.element(bubble).not.toBeInTheDocument();
  });

  it('opens when a finger taps a term, and goes with the next touch', async () => {
    away();
    await expect.element(bubble).not.toBeInTheDocument();
    for (const type of ['pointerdown', 'pointerup', 'click']) send(term(), type, 'touch');
    await expect.element(bubble).toHaveTextContent(/^Makespan/);
    send(document.querySelector('.tabs')!, 'pointerdown', 'touch');
    await expect.element(bubble).not.toBeInTheDocument();
  });

  it('opens when a finger holds a button, not when it scrolls', async () => {
    away();
    const button = page.getByRole('button', { name: 'New document' }).element();
    send(button, 'pointerdown', 'touch', { clientX: 10, clientY: 10 });
    send(button, 'pointermove', 'touch', { clientX: 10, clientY: 60 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    await expect.element(bubble).not.toBeInTheDocument();
    send(button, 'pointerdown', 'touch', { clientX: 10, clientY: 10 });
    await expect.element(bubble).toHaveTextContent('New document');
  });

  it('explains nothing any longer of what a finger has used, and says why a tap on what is off does nothing', async () => {
    away();
    await expect.element(bubble).not.toBeInTheDocument();
    await userEvent.click(page.getByRole('tab', { name: 'Prediction' }));
    const ideal = page.getByText('Ideal machine', { exact: true });
    await expect.element(ideal).toBeVisible();
    (page.getByRole('radio', { name: 'Ideal machine' }).element() as HTMLElement).focus();
    const tap = (target: Element): void => {
      for (const type of ['pointerdown', 'pointerup', 'click']) send(target, type, 'touch');
    };
    tap(ideal.element());
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect.element(bubble).not.toBeInTheDocument();
    // Held for a while, and then used after all.
    const measure = page
      .getByRole('button', { name: /Measure this browser/ })
      .element() as HTMLElement;
    send(measure, 'pointerdown', 'touch', { clientX: 10, clientY: 10 });
    await expect.element(bubble).toBeVisible();
    send(measure, 'pointerup', 'touch');
    send(measure, 'click', 'touch');
    await expect.element(bubble).not.toBeInTheDocument();
    measure.ariaDisabled = 'true';
    measure.title = 'Something runs.';
    tap(measure);
    await expect.element(bubble).toHaveTextContent('Something runs.');
  });

  it('is shown in a dialog too, where the first Escape puts only it away', async () => {
    away();
    await userEvent.keyboard('?');
    const dialog = page.getByRole('dialog');
    await expect.element(dialog).toBeVisible();
    const close = dialog.getByRole('button', { name: 'Close' }).element() as HTMLElement;
    close.title = 'Close this page';
    send(close, 'pointerdown', 'touch', { clientX: 10, clientY: 10 });
    await expect.element(dialog.getByRole('tooltip')).toHaveTextContent('Close this page');
    await userEvent.keyboard('{Escape}');
    await expect.element(bubble).not.toBeInTheDocument();
    await expect.element(dialog).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
  });
});
