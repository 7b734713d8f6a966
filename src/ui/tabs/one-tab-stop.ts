/**
 * The buttons in the rows of a table as one stop of the Tab key: Up and Down, Home and End go from one to
 * the next. Rows may come and go.
 */
export function oneTabStop(rows: HTMLElement): () => void {
  const buttons = (): HTMLButtonElement[] => Array.from(rows.querySelectorAll('button'));
  let current: HTMLButtonElement | undefined;
  const settle = (): void => {
    const all = buttons();
    if (!current || !rows.contains(current)) current = all[0];
    for (const button of all) {
      const tabIndex = button === current ? 0 : -1;
      if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
    }
  };
  const take = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    current = event.target;
    settle();
  };
  const key = (event: KeyboardEvent): void => {
    const all = buttons();
    const at = all.indexOf(event.target as HTMLButtonElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  };
  const observer = new MutationObserver(settle);
  observer.observe(rows, { childList: true, subtree: true });
  rows.addEventListener('focusin', take);
  rows.addEventListener('keydown', key);
  settle();
  return () => {
    observer.disconnect();
    rows.removeEventListener('focusin', take);
    rows.removeEventListener('keydown', key);
  };
}
