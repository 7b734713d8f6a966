import type { Attachment } from 'svelte/attachments';

/** The one explanation bubble of the page: shown on hover at once, on keyboard focus after a moment. */
class TooltipStore {
  text: string | null = $state(null);
  anchor: DOMRect | null = $state.raw(null);
}
export const tooltip = new TooltipStore();

const focusDelayMs = 700;

/**
 * Shows the explanation of a control that the Tab key came to, after a moment and until a key is pressed;
 * what was clicked is being used already. Those who listen have it from `aria-describedby`.
 */
export function explainOnFocus(text: string | undefined): Attachment<HTMLElement> {
  return (element) => {
    if (!text) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isPressed = false;
    const press = (): void => void (isPressed = true);
    const hide = (): void => {
      clearTimeout(timer);
      isPressed = false;
      if (tooltip.text === text) tooltip.text = null;
    };
    const later = (event: FocusEvent): void => {
      const target = event.target as HTMLElement;
      if (isPressed || !target.matches(':focus-visible')) return;
      timer = setTimeout(() => {
        tooltip.text = text;
        tooltip.anchor = element.getBoundingClientRect();
      }, focusDelayMs);
    };
    element.addEventListener('pointerdown', press);
    element.addEventListener('focusin', later);
    element.addEventListener('focusout', hide);
    element.addEventListener('keydown', hide);
    return () => {
      hide();
      element.removeEventListener('pointerdown', press);
      element.removeEventListener('focusin', later);
      element.removeEventListener('focusout', hide);
      element.removeEventListener('keydown', hide);
    };
  };
}

/** Explains an element (a standard term in a student's words) on hover and keyboard focus. */
export function explain(text: string | undefined): Attachment<HTMLElement> {
  return (element) => {
    if (!text) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      tooltip.text = text;
      tooltip.anchor = element.getBoundingClientRect();
    };
    const hide = (): void => {
      clearTimeout(timer);
      if (tooltip.text === text) tooltip.text = null;
    };
    const later = (event: FocusEvent): void => {
      if ((event.target as HTMLElement).matches(':focus-visible'))
        timer = setTimeout(show, focusDelayMs);
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') hide();
    };
    if (element.matches('button, input, select, textarea'))
      element.setAttribute('aria-description', text);
    element.addEventListener('pointerenter', show);
    element.addEventListener('pointerleave', hide);
    element.addEventListener('pointerdown', hide);
    element.addEventListener('focusin', later);
    element.addEventListener('focusout', hide);
    element.addEventListener('keydown', escape);
    return () => {
      hide();
      element.removeEventListener('pointerenter', show);
      element.removeEventListener('pointerleave', hide);
      element.removeEventListener('pointerdown', hide);
      element.removeEventListener('focusin', later);
      element.removeEventListener('focusout', hide);
      element.removeEventListener('keydown', escape);
    };
  };
}
