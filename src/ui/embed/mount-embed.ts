import { mount, unmount } from 'svelte';
import '../theme.css';
import { EmbedStore, type EmbedServices } from './embed-store.svelte.ts';
import EmbedView from './EmbedView.svelte';
import { readEmbedOptions } from './embed-options.ts';
import { ParentService } from './serve-parent.svelte.ts';

/**
 * Puts the view that its address asks for into `target`. Nothing is run, kept or registered by it.
 * @param frame whose address it is, and whose parent may talk to it
 * @returns takes it away again
 */
export function mountEmbed(
  target: HTMLElement,
  services: EmbedServices,
  frame: Window = window,
): () => void {
  const { options, faults } = readEmbedOptions(frame.location.search);
  const store = new EmbedStore(services, options);
  const parent = new ParentService(store, frame);
  const view = mount(EmbedView, { target, props: { store, parent, faults } });
  const read = (): void => {
    const { hash } = frame.location;
    if (hash.length > 1)
      void store.load({ link: hash }).then((loaded) => parent.tellLoaded(loaded));
  };
  read();
  frame.addEventListener('hashchange', read);
  return () => {
    frame.removeEventListener('hashchange', read);
    parent.close();
    void unmount(view);
  };
}
