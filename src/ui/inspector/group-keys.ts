/**
 * From group to group without a stop at every knob: Escape goes from a knob to the heading of its group, and
 * from heading to heading go Up and Down, Home and End.
 */
export function groupKeys(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const target = event.target as HTMLElement;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const headings = [...event.currentTarget.querySelectorAll('summary')];
  const heading = target.closest('details')?.querySelector('summary');
  if (!heading) return;
  const at = headings.indexOf(heading);
  const to =
    target !== heading
      ? event.key === 'Escape'
        ? at
        : undefined
      : { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: headings.length - 1 }[event.key];
  if (to === undefined || !headings[to]) return;
  event.preventDefault();
  headings[to].focus();
}
