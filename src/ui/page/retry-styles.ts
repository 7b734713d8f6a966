const signs = ['online', 'pointerdown', 'keydown'];

/**
 * Asks once more for a style sheet that could not be loaded, with the next thing that a reader does: who
 * loads chunks asks for each of their sheets only once, so the panel would come back without its looks.
 */
export function retryStyles(): () => void {
  const failed = ({ target }: Event): void => {
    if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
    // Out of the page it is replaced by nothing: the first of the signs counts.
    const again = (): void => target.replaceWith(target.cloneNode());
    for (const sign of signs) addEventListener(sign, again, { once: true, capture: true });
  };
  // Such an event does not bubble.
  addEventListener('error', failed, true);
  return () => removeEventListener('error', failed, true);
}
