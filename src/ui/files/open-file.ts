import { formatBytes } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import type { App } from '../state/app.svelte.ts';

/** Opens a document from a file; of what is in another format a preview is shown first. */
export async function openFile(app: App, name: string, file: Blob): Promise<void> {
  const refuse = (why: string): void => app.messages.show('error', `"${name}" ${why}`);
  try {
    // What comes in another format is checked against that one's own, larger ceiling.
    if (!/\.millrace\.json$/i.test(name)) {
      // Loaded when asked for: few ever open such a file.
      const { takeForeign } = await import('../import/take-file.ts');
      const taken = await takeForeign(app, name, file);
      if (!taken.ok) return refuse(taken.error);
      if (taken.value) return;
    }
    if (file.size > ceilings.documentBytes) {
      const [size, most] = [file.size, ceilings.documentBytes].map(formatBytes);
      return refuse(`has ${size}, and a document may have ${most}: pick another file.`);
    }
    app.openText(await file.text());
  } catch {
    refuse('could not be read: pick another file.');
  }
}
