import type { LinkContent } from '../../share/link/link-content.ts';
import { readLink } from '../../share/link/link-text.ts';
import type { App } from '../state/app.svelte.ts';

/** Of this tab: whether what a link claims is spread out ("shown") or folded away ("folded"); absent: no link yet. */
const noteName = 'link';

/** What is known of the link that the open document came from, and how it is shown. */
export class LinkDesk {
  /** What the link says of the document that is open now; null: it came from elsewhere, or is still being read. */
  content: LinkContent | null = $state.raw(null);
  /** The card is folded to one line. */
  folded = $state(false);

  private readonly app: App;
  private readonly read = new Map<string, LinkContent>();

  constructor(app: App) {
    this.app = app;
    this.folded = app.services.tabSettings.get(noteName) === 'folded';
  }

  /** A link was opened in this tab before; it is remembered through a reload. */
  get wasOpenedInThisTab(): boolean {
    return this.app.services.tabSettings.get(noteName) !== null;
  }

  /** What a link says, so that it is not read twice. */
  note(link: string, content: LinkContent): void {
    // Each may be megabytes: only the last one is needed again.
    this.read.clear();
    this.read.set(link, content);
  }

  /** Puts what this link says on the desk; undefined: the document came from elsewhere. */
  async look(link: string | undefined): Promise<void> {
    this.content = (link !== undefined && this.read.get(link)) || null;
    if (link === undefined || this.content !== null) return;
    const read = await readLink(link);
    if (!read.ok || this.app.doc.present.work.link !== link) return;
    this.note(link, read.value);
    this.content = read.value;
  }

  /** Or spreads it out, and remembers it for this tab. */
  fold(folded: boolean): void {
    this.folded = folded;
    this.app.services.tabSettings.set(noteName, folded ? 'folded' : 'shown');
  }
}

const desks = new WeakMap<App, LinkDesk>();

/** One for a page. */
export function linkDesk(app: App): LinkDesk {
  let desk = desks.get(app);
  if (!desk) desks.set(app, (desk = new LinkDesk(app)));
  return desk;
}
