import { mount, unmount } from 'svelte';
import { explanations, tooltip } from '../state/tooltip.svelte.ts';
import Tooltip from './Tooltip.svelte';

/** A pointer that only passes by opens nothing. */
const hoverDelayMs = 250;
const focusDelayMs = 700;
/** Long enough to get from the term into its bubble. */
const leaveDelayMs = 200;
const longPressMs = 500;
/** A finger that moves this far scrolls. */
const scrollPx = 10;

/**
 * Shows explanations: when a term is pointed at, when the Tab key comes to a control, and when a finger taps
 * a term or holds a control. The bubble stays while it is pointed at itself, and goes with Escape (WCAG
 * 1.4.13). What the browser explains by `title` alone is shown to fingers and on focus too. Returns what
 * ends it.
 */
export function tooltipHands(): () => void {
  const end = new AbortController();
  const bubble = mount(Tooltip, { target: document.body });
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What is shown or about to be, and for what: a mouse that rests takes nothing from the keyboard. */
  let aim: { element: HTMLElement; by: 'mouse' | 'finger' | 'focus' } | null = null;
  /** The press that has the focus come next, and what is being used. */
  let isPressed = false;
  let used: HTMLElement | null = null;
  let heldAt: { x: number; y: number } | null = null;

  const later = (delayMs: number, what: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(what, delayMs);
  };
  /** A moment later: the focus may have left because the page is being drawn anew, and takes no changes then. */
  const hide = (): void => {
    clearTimeout(timer);
    aim = null;
    const { shown } = tooltip;
    if (shown)
      queueMicrotask(() => {
        if (tooltip.shown === shown) tooltip.shown = null;
      });
  };
  const show = (found: Found, by: 'mouse' | 'finger' | 'focus', delayMs = 0): void => {
    aim = { element: found.element, by };
    later(delayMs, () => {
      if (found.element.isConnected) tooltip.shown = found;
    });
  };
  const isOnBubble = (target: EventTarget | null): boolean =>
    target instanceof Element && target.closest('[role="tooltip"]') !== null;

  function point(event: PointerEvent): void {
    if (event.pointerType === 'touch') return;
    const isShown = tooltip.shown !== null;
    const found = explanationOf(event.target, ({ onHover }) => onHover);
    if (found?.element !== used) used = null;
    if (isOnBubble(event.target) || (found && found.element === aim?.element)) {
      // Back before it was gone.
      if (isShown) clearTimeout(timer);
    } else if (found && used === null) show(found, 'mouse', isShown ? 0 : hoverDelayMs);
    else if (aim?.by === 'mouse') later(isShown ? leaveDelayMs : 0, hide);
  }
  function press(event: PointerEvent): void {
    isPressed = true;
    setTimeout(() => (isPressed = false));
    hide();
    const found = isOnBubble(event.target) ? null : held(event.target);
    used = found?.element ?? null;
    if (event.pointerType !== 'touch' || !found) return;
    heldAt = { x: event.clientX, y: event.clientY };
    show(found, 'finger', longPressMs);
  }
  function move({ clientX, clientY }: PointerEvent): void {
    if (heldAt && Math.hypot(clientX - heldAt.x, clientY - heldAt.y) > scrollPx) letGo();
  }
  function letGo(): void {
    if (heldAt && tooltip.shown?.element !== aim?.element) clearTimeout(timer);
    heldAt = null;
  }
  /** A tap explains a term that does nothing else, and what is off; of what it uses nothing stays explained. */
  function tap(event: MouseEvent): void {
    if ((event as PointerEvent).pointerType !== 'touch' || !(event.target instanceof Element))
      return;
    const control = event.target.closest(controls);
    const isOff = control?.ariaDisabled === 'true';
    if (control && !isOff) return hide();
    if (tooltip.shown) return;
    const found = isOff ? held(control) : explanationOf(event.target, ({ onHover }) => onHover);
    if (found) show(found, 'finger');
  }
  function focus({ target }: FocusEvent): void {
    hide();
    if (isPressed || !(target instanceof Element) || !target.matches(':focus-visible')) return;
    const found = held(target);
    if (found) show(found, 'focus', focusDelayMs);
  }
  function key(event: KeyboardEvent): void {
    // Its dialog stays: one press, one thing gone.
    if (event.key === 'Escape' && tooltip.shown?.element.closest('dialog')) event.preventDefault();
    hide();
  }

  const options = { signal: end.signal, capture: true, passive: true };
  document.addEventListener('pointerover', point, options);
  document.addEventListener('pointerdown', press, options);
  document.addEventListener('pointermove', move, options);
  document.addEventListener('pointerup', letGo, options);
  document.addEventListener('pointercancel', letGo, options);
  document.addEventListener('click', tap, options);
  document.addEventListener('focusin', focus, options);
  document.addEventListener('focusout', hide, options);
  document.addEventListener('scroll', hide, options);
  document.addEventListener('keydown', key, { ...options, passive: false });
  document.documentElement.addEventListener('pointerleave', hide, { signal: end.signal });
  return () => {
    end.abort();
    clearTimeout(timer);
    tooltip.shown = null;
    void unmount(bubble);
  };
}

/** What a tap is meant for, and not for what explains it. */
const controls =
  'button, input, select, textarea, label, a, summary, [role="option"], [role="tab"]';

interface Found {
  element: HTMLElement;
  text: string;
}
type Explanation = Parameters<typeof explanations.set>[1];

/** The nearest explained element around this one. */
function explanationOf(
  target: EventTarget | null,
  isWanted: (explanation: Explanation) => boolean,
): Found | null {
  for (let at = target; at instanceof HTMLElement || at instanceof SVGElement;) {
    const explanation = explanations.get(at);
    if (explanation && isWanted(explanation))
      return { element: at as HTMLElement, text: explanation.text };
    at = at.parentElement;
  }
  return null;
}

/** For fingers and for the keyboard: they see no `title` otherwise. Why something is off comes before what it is. */
function held(target: EventTarget | null): Found | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[title]') : null;
  const titled = element?.title ? { element, text: element.title } : null;
  if (titled?.element.ariaDisabled === 'true') return titled;
  return explanationOf(target, () => true) ?? titled;
}
