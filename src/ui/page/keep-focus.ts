const focusable =
  'a[href], button:not(:disabled), input:not(:disabled, [hidden]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]';

/**
 * When what has the keyboard's focus is taken away (a deleted row, a button that is gone), the focus
 * goes to what follows it there, else to what comes before, else further out: never back to the top of
 * the page. Returns what ends it.
 */
export function keepFocus(): () => void {
  let held = document.activeElement as HTMLElement | null;
  const take = (event: FocusEvent): void => void (held = event.target as HTMLElement);
  const leave = ({ relatedTarget }: FocusEvent): void => {
    const left = held;
    // Some browsers tell of the loss before the element is gone, which is only just happening then.
    queueMicrotask(() => {
      if (relatedTarget === null && held === left && left?.isConnected && isUsable(left))
        held = null;
    });
  };
  const observer = new MutationObserver((changes) => {
    if (held === null || held === document.body || (held.isConnected && isUsable(held))) return;
    const active = document.activeElement;
    if (active !== null && active !== document.body && active !== held) return;
    const next = successor(held, changes);
    held = null;
    next?.focus();
  });
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  document.addEventListener('focusin', take);
  document.addEventListener('focusout', leave);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', take);
    document.removeEventListener('focusout', leave);
  };
}

const isUsable = (element: HTMLElement): boolean => !element.matches(':disabled');

/** Next in the nearest part of the page that is left of what it was in. */
function successor(gone: HTMLElement, changes: readonly MutationRecord[]): HTMLElement | null {
  let within: Node | null = gone.parentNode;
  let before: Node | null = gone;
  if (!gone.isConnected) {
    const removal = changes.find(
      ({ target, removedNodes }) =>
        target.isConnected && Array.from(removedNodes).some((node) => node.contains(gone)),
    );
    within = removal?.target ?? null;
    before = removal?.previousSibling ?? null;
  }
  for (; within instanceof Element && within.isConnected; within = within.parentNode) {
    const found = nearest(within, before);
    if (found) return found;
    before = within;
  }
  return null;
}

/** The first one in `within` after `before` (null: at the very start), else the last one up to it. */
function nearest(within: Element, before: Node | null): HTMLElement | null {
  const all = Array.from(within.querySelectorAll<HTMLElement>(focusable)).filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
  );
  const isAfter = (element: HTMLElement): boolean => {
    if (before === null || !within.contains(before)) return true;
    // What lies inside `before` follows it too, but was there already.
    if (before.contains(element)) return false;
    return (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  };
  return all.find(isAfter) ?? all.findLast((element) => !isAfter(element)) ?? null;
}
