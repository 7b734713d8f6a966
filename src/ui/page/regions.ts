/** The parts of the page that F6 goes through, in the order of the page, and what it goes to in each: the first there is. */
const parts = {
  bar: ['.bar', 'input, button'],
  banners: ['.banners', 'button'],
  link: ['.link-card', 'button'],
  graph: ['[aria-label="Graph"]', '.svelte-flow__node.selected', '.svelte-flow__node'],
  inspector: ['.inspector', 'input, select, button'],
  tour: ['.coach', 'button'],
  schedule: ['.timeline', 'canvas', 'select'],
  details: ['.tabs', '[role="tab"][aria-selected="true"]'],
} as const;
export type RegionName = keyof typeof parts;

const lastIn = new WeakMap<Element, HTMLElement>();

/** Takes note of where the focus is in each part, however it leaves it. Returns what ends it. */
export function rememberFocus(): () => void {
  const note = ({ target }: FocusEvent): void => {
    for (const [region] of Object.values(parts)) {
      const element = (target as Element).closest?.(region);
      if (element) lastIn.set(element, target as HTMLElement);
    }
  };
  document.addEventListener('focusin', note);
  return () => document.removeEventListener('focusin', note);
}

/** Puts the focus in the next part of the page (`way` −1: the one before), where it last was in it. */
export function goToRegion(way: 1 | -1): void {
  const regions = Object.values(parts).flatMap((part) => regionOf(part) ?? []);
  const active = document.activeElement;
  const at = regions.findIndex(({ element }) => element.contains(active));
  // The focus may have been there before anybody took note of it.
  if (at >= 0) lastIn.set(regions[at]!.element, active as HTMLElement);
  const to = at >= 0 ? at + way : between(regions, active, way);
  const next = regions[(to + regions.length) % regions.length];
  if (!next) return;
  const last = lastIn.get(next.element);
  // A tab that is no longer the chosen one has left the order of the Tab key.
  const isThere = last?.isConnected && next.element.contains(last) && last.tabIndex >= 0;
  (isThere ? last : next.target).focus();
}

/** Puts the focus in this part of the page, if it is there. */
export function goToRegionNamed(name: RegionName): void {
  const region = regionOf(parts[name]);
  region?.element.scrollIntoView({ block: 'nearest' });
  region?.target.focus();
}

function regionOf([region, ...wanted]: readonly string[]): {
  element: Element;
  target: HTMLElement;
} | null {
  const element = document.querySelector(region!);
  const targets = wanted.map((one) => element?.querySelector<HTMLElement>(one));
  const target = targets.find((one) => one != null);
  // One that is put away cannot have the focus.
  return element?.checkVisibility() && target ? { element, target } : null;
}

/** Where to go from between two parts, such as from a splitter; from nowhere, to the first or the last. */
function between(
  regions: readonly { element: Element }[],
  active: Element | null,
  way: 1 | -1,
): number {
  if (!active || active === document.body) return way > 0 ? 0 : -1;
  const behind = regions.findIndex(
    ({ element }) => active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  if (behind < 0) return way > 0 ? 0 : -1;
  return way > 0 ? behind : behind - 1;
}
