import type { App } from '../state/app.svelte.ts';
import type { Theme } from '../state/view.svelte.ts';

const name = 'theme';

/** Keeps the page in the chosen theme, or the system's; call while a component is set up. */
export function watchTheme({ view, services: { settings } }: App): void {
  const kept = settings.get(name);
  if (kept === 'light' || kept === 'dark' || kept === 'system') view.theme = kept satisfies Theme;
  $effect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => void (view.systemDark = query.matches);
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  });
  $effect(() => {
    document.documentElement.dataset['theme'] = view.dark ? 'dark' : 'light';
    settings.set(name, view.theme);
  });
}
