/** The parts of the page that F6 goes through, in the order of the page, and what it goes to in each: the first there is. */
const parts = [
  ['.bar', 'input, button'],
  ['.banners', 'button'],
  ['[aria-label="Graph"]', '.svelte-flow__node.selected', '.svelte-flow__node'],
  ['.inspector', 'input, select, button'],
  ['.timeline', 'canvas', 'select'],
  ['.tabs', '[role="tab"][aria-selected="true"]'],
] as const;

const lastIn = new WeakMap<Element, HTMLElement>();

/** Puts the focus in the next part of the page (`way` −1: the one before), where it last was in it. */
export function goToRegion(way: 1 | -1): void {
  const regions = parts.flatMap(([region, ...wanted]) => {
    const element = document.querySelector(region);
    const targets = wanted.map((one) => element?.querySelector<HTMLElement>(one));
    const target = targets.find((one) => one != null);
    return element && target ? [{ element, target }] : [];
  });
  const active = document.activeElement;
  const at = regions.findIndex(({ element }) => element.contains(active));
  if (at >= 0) lastIn.set(regions[at]!.element, active as HTMLElement);
  const from = at < 0 && way < 0 ? 0 : at;
  const next = regions[(from + way + regions.length) % regions.length];
  if (!next) return;
  const last = lastIn.get(next.element);
  const target = last?.isConnected && next.element.contains(last) ? last : next.target;
  target.focus();
}
