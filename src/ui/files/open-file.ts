import { formatBytes } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import type { App } from '../state/app.svelte.ts';

/** Opens a document from a file, or a published instance or recorded workflow as a document. */
export async function openFile(app: App, name: string, file: Blob): Promise<void> {
  const refuse = (why: string): void => app.messages.show('error', `"${name}" ${why}`);
  try {
    // What comes in another format is checked against that one's own, larger ceiling.
    const isLarge = file.size > ceilings.documentBytes;
    const mayBeForeign = !/\.millrace\.json$/i.test(name);
    if (isLarge && !mayBeForeign) return refuse(tooLarge(file.size, ceilings.documentBytes));
    if (mayBeForeign) {
      // Loaded when asked for: few ever open such a file.
      const { importFile } = await import('./import-file.ts');
      const imported = await importFile(name, file);
      if (imported?.ok) return app.open(imported.value);
      if (imported) return refuse(imported.error);
    }
    if (isLarge) return refuse(tooLarge(file.size, ceilings.documentBytes));
    app.openText(await file.text());
  } catch {
    refuse('could not be read: pick another file.');
  }
}

const tooLarge = (bytes: number, mostBytes: number): string =>
  `has ${formatBytes(bytes)}, and a document may have ${formatBytes(mostBytes)}: pick another file.`;
