import { mount, unmount } from 'svelte';
import './theme.css';
import Page from './page/Page.svelte';
import type { Services } from './services.ts';

/** Puts the page into `target`; the answer takes it away again. */
export function mountApp(target: HTMLElement, services: Services): () => void {
  const page = mount(Page, { target, props: { services } });
  return () => void unmount(page);
}
