import { tick } from 'svelte';
import { escapeSegment } from '../../base/json-pointer.ts';
import type { App } from '../state/app.svelte.ts';
import { settingTitle } from './settings.ts';

/** Where a swept field's values are in the document. */
export const rowAt = (pointer: string): string => `/sweep/${escapeSegment(pointer)}`;

/** Takes a field into the sweep, says so, and gives the hand its values, in that part of the page. */
export async function addRow(
  app: App,
  part: HTMLElement,
  pointer: string,
  values: readonly unknown[],
): Promise<void> {
  const title = settingTitle(app.doc.document, pointer);
  app.set(rowAt(pointer), [...values]);
  app.announcer.say('sweep-row', `“${title}” is swept over ${values.length} values`);
  await tick();
  part.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(rowAt(pointer))}"]`)?.focus();
}

/** Leaves it out, and says so. */
export function dropRow(app: App, pointer: string): void {
  const title = settingTitle(app.doc.document, pointer);
  app.set(rowAt(pointer), undefined);
  app.announcer.say('sweep-row', `“${title}” is left out of the sweep`);
}
