import type { Attachment } from 'svelte/attachments';

/** The one explanation bubble of the page: shown on hover at once, on keyboard focus after a moment. */
class TooltipStore {
  text: string | null = $state(null);
  anchor: DOMRect | null = $state.raw(null);
}
export const tooltip = new TooltipStore();

const focusDelayMs = 700;

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
