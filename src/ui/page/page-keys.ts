import type { App } from '../state/app.svelte.ts';

/** Keys that work everywhere on the page; call while the event is captured, before editors see it. */
export function pageKeys(app: App, event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey) return;
  const key = event.key.toLowerCase();
  if (key === 'enter') {
    event.preventDefault();
    // The editor would begin a new line with it.
    event.stopPropagation();
    if (app.busy) app.stop();
    else void app.run();
    return;
  }
  // Editors and text fields have an undo of their own.
  const target = event.target as HTMLElement | null;
  if (target?.closest('.monaco-editor, textarea, input:not([type="range"], [type="checkbox"])'))
    return;
  if (key === 'z' && !event.shiftKey) app.undo();
  else if ((key === 'z' && event.shiftKey) || key === 'y') app.redo();
  else return;
  event.preventDefault();
}
