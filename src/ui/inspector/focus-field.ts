import type { App } from '../state/app.svelte.ts';
import type { Selection } from '../state/view.svelte.ts';

const framesMax = 120;
const controls = 'input:not(:disabled), select:not(:disabled), textarea, button:not(.reset)';

/**
 * Brings a field's knob before the reader's eyes: selects what it is of and unfolds the group it stands in.
 * Resolves with null when there is no such knob.
 * @param group the title of the group, for one whose knobs come only when it is unfolded.
 */
export async function showField(
  app: App,
  of: Selection,
  pointer: string,
  group?: string,
): Promise<HTMLElement | null> {
  if (!isSelected(app, of)) app.view.select(of);
  const knob = await appears(pointer, group);
  for (let fold = knob?.closest('details'); fold; fold = fold.parentElement!.closest('details'))
    fold.open = true;
  if (knob && !isInSight(knob)) knob.scrollIntoView({ block: 'center' });
  return knob;
}

/** The same, and the reader's hands: the focus is on its control. Resolves with whether there is one. */
export async function focusField(...field: Parameters<typeof showField>): Promise<boolean> {
  const knob = await showField(...field);
  if (knob === null) return false;
  const control = knob.matches(controls) ? knob : knob.querySelector<HTMLElement>(controls);
  control?.focus({ preventScroll: true });
  // A name alone is there to be typed over.
  if (control === knob) (control as HTMLInputElement).select();
  return true;
}

const isSelected = ({ view: { selection } }: App, of: Selection): boolean =>
  selection.kind === of.kind &&
  (of.kind !== 'stage' || (selection.kind === 'stage' && selection.id === of.id));

/** Nothing lies over it, neither a bar nor the edge of what scrolls: then it stays where it is. */
function isInSight(knob: HTMLElement): boolean {
  const { left, top, bottom } = knob.getBoundingClientRect();
  return [top + 1, bottom - 1].every((y) => knob.contains(document.elementFromPoint(left + 1, y)));
}

/** The knobs of a stage are fetched when one is first selected, and drawn a frame later. */
async function appears(pointer: string, group: string | undefined): Promise<HTMLElement | null> {
  const selector = `.inspector [data-pointer="${CSS.escape(pointer)}"]`;
  for (let frame = 0; frame < framesMax; frame++) {
    await new Promise(requestAnimationFrame);
    const knob = document.querySelector<HTMLElement>(selector);
    if (knob) return knob;
    if (group !== undefined) unfold(group);
  }
  return null;
}

function unfold(group: string): void {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>('.inspector details'))
    if (fold.querySelector('summary')?.textContent?.trim() === group) fold.open = true;
}
