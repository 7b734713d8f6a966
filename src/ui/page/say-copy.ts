import type { SavedWorkspace } from '../services.ts';
import type { App } from '../state/app.svelte.ts';

/** Work that another tab has open comes as a copy; whoever opens it must know. */
export function sayCopy(app: App, { isCopy, name }: SavedWorkspace): void {
  if (isCopy)
    app.messages.show(
      'info',
      `“${name}” is open in another tab, so this is a copy: what you change here does not change it there.`,
    );
}
