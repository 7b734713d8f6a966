import type { Attachment } from 'svelte/attachments';

interface Explanation {
  text: string;
  /** Pointing at it shows it; else only the keyboard's focus does. */
  onHover: boolean;
}

/** What explains an element. What shows it comes with the first sign of a reader's hands. */
export const explanations = new WeakMap<Element, Explanation>();

/** The one bubble of the page: what it says, and what of. */
class TooltipStore {
  shown: { element: HTMLElement; text: string } | null = $state.raw(null);
}
export const tooltip = new TooltipStore();

/**
 * Shows the explanation of a control that the Tab key came to, after a moment and until a key is pressed;
 * what was clicked is being used already. Those who listen have it from `aria-describedby`.
 */
export function explainOnFocus(text: string | undefined): Attachment<HTMLElement> {
  return (element) => (text ? register(element, { text, onHover: false }) : undefined);
}

/** Explains an element (a standard term in a student's words) when it is pointed at, focused or held. */
export function explain(text: string | undefined): Attachment<HTMLElement> {
  return (element) => {
    if (!text) return;
    if (element.matches('button, input, select, textarea'))
      element.setAttribute('aria-description', text);
    return register(element, { text, onHover: true });
  };
}

function register(element: HTMLElement, explanation: Explanation): () => void {
  explanations.set(element, explanation);
  return () => {
    explanations.delete(element);
    if (tooltip.shown?.element === element) tooltip.shown = null;
  };
}
