import type { App } from '../state/app.svelte.ts';

/** Where what is pasted is text. */
const textFields = '.monaco-editor, textarea, [contenteditable], input';

/** Whether it is stages for the graph, or one that only the graph can say what is wrong with. */
const isForGraph = (text: string): boolean =>
  /^\s*\{/.test(text) ? /"stages"\s*:/.test(text) : !/\n|#\d+\./.test(text.trim());

/** Ctrl+V outside of fields, and not for the graph, which takes stages by itself. */
export async function takePaste(
  app: App,
  target: EventTarget | null,
  text: string,
  file: File | null,
): Promise<void> {
  const element = target instanceof Element ? target : null;
  // Nothing is done behind a dialog.
  if (element?.closest(textFields) || document.querySelector('dialog[open]')) return;
  const isInGraph = element?.closest('.graph [role="region"], .graph') != null;
  if (file !== null && text === '') {
    const { openFile } = await import('../files/open-file.ts');
    return openFile(app, file.name, file);
  }
  if (text.trim() === '' || (isInGraph && isForGraph(text))) return;
  const { takeText } = await import('./take-text.ts');
  await takeText(app, text, 'Pasted');
}
