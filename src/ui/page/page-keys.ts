import { openDialog } from '../commands/open-dialog.ts';
import type { App } from '../state/app.svelte.ts';
import { keepVersion } from '../versions/load-keeping.ts';

/**
 * What each key does wherever the focus is; "Mod" is Ctrl, or ⌘ on Apple's systems. Keys that a text field
 * needs for itself are marked. The palette and the page of shortcuts show them from here.
 */
export const pageKeys = {
  palette: { keys: ['Mod+K'], inText: true },
  run: { keys: ['Mod+Enter'], inText: true },
  undo: { keys: ['Mod+Z'], inText: false },
  redo: { keys: ['Mod+Shift+Z', 'Mod+Y'], inText: false },
  keepVersion: { keys: ['Mod+S'], inText: true },
  share: { keys: ['Mod+Shift+S'], inText: true },
  shortcuts: { keys: ['?'], inText: false },
  nextRegion: { keys: ['F6'], inText: true },
  regionBefore: { keys: ['Shift+F6'], inText: true },
} as const;
export type PageKey = keyof typeof pageKeys;

const hands: Readonly<Record<PageKey, (app: App) => void>> = {
  palette: (app) => void openDialog(app, 'palette'),
  run: (app) => (app.busy ? app.stop() : void app.run()),
  undo: (app) => app.undo(),
  redo: (app) => app.redo(),
  keepVersion: (app) => void keepVersion(app),
  share: (app) => void openDialog(app, 'share'),
  // At the keys of the part that has the focus.
  shortcuts: (app) => void openDialog(app, 'shortcuts', partWithFocus()?.ariaLabel ?? ''),
  nextRegion: () => goTo(1),
  regionBefore: () => goTo(-1),
};

/**
 * Where what is typed is text; editors and text fields have an undo of their own, too. Not a number in which
 * nothing is typed: its steps are the page's to undo.
 */
const textFields =
  '.monaco-editor, textarea, [contenteditable], input:not([type="range"], [type="checkbox"], [data-untyped])';

/** Keys that work everywhere on the page; call while the event is captured, before editors see it. */
export function pressPageKey(app: App, event: KeyboardEvent): void {
  const pressed = comboOf(event);
  for (const [name, { keys, inText }] of Object.entries(pageKeys)) {
    if (!(keys as readonly string[]).includes(pressed)) continue;
    const target = event.target as HTMLElement | null;
    if (!inText && target?.closest?.(textFields)) return;
    // A list goes to the choice that begins with what is typed.
    if (pressed.length === 1 && target?.closest?.('select')) return;
    event.preventDefault();
    // An editor would begin a new line, or a key sequence of its own, with it.
    event.stopPropagation();
    // Nothing is done behind a dialog.
    if (!document.querySelector('dialog[open]')) hands[name as PageKey](app);
    return;
  }
}

/** "Mod+Shift+Z"; of a single sign such as "?" only the sign, since where Shift is needed depends on the keyboard. */
function comboOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  if (altKey) return '';
  const mod = ctrlKey || metaKey;
  const name = key.length === 1 ? key.toUpperCase() : key;
  const shift = shiftKey && (mod || key.length > 1) ? 'Shift+' : '';
  return `${mod ? 'Mod+' : ''}${shift}${name}`;
}

const partWithFocus = (): Element | null | undefined =>
  document.activeElement?.closest('section, [role="region"]');

function goTo(way: 1 | -1): void {
  void import('./regions.ts').then(({ goToRegion }) => goToRegion(way));
}
