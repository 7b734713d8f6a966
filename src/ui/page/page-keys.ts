import type { App } from '../state/app.svelte.ts';

/** Keys that work everywhere on the page; call while the event is captured, before editors see it. */
export function pageKeys(app: App, event: KeyboardEvent): void {
  if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    const way = event.shiftKey ? -1 : 1;
    // Behind a dialog nothing can have the focus.
    if (!document.querySelector('dialog[open]'))
      void import('./regions.ts').then(({ goToRegion }) => goToRegion(way));
    return;
  }
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
