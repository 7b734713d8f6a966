import type { App } from '../state/app.svelte.ts';
import type { Theme } from '../state/view.svelte.ts';

const storageKey = 'millrace-theme';

/** Keeps the page in the chosen theme, or the system's; call while a component is set up. */
export function watchTheme(app: App): void {
  try {
    const kept = localStorage.getItem(storageKey);
    if (kept === 'light' || kept === 'dark' || kept === 'system') app.view.theme = kept as Theme;
  } catch {
    // Storage refused: the theme is not kept, nothing else changes.
  }
  $effect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => void (app.view.systemDark = query.matches);
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  });
  $effect(() => {
    document.documentElement.dataset['theme'] = app.view.dark ? 'dark' : 'light';
    try {
      localStorage.setItem(storageKey, app.view.theme);
    } catch {
      // As above.
    }
  });
}
