import { fail, ok, type Result } from '../../base/result.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { ClaimedResult, LinkContent } from '../../share/link/link-content.ts';
import { linkText, readLink } from '../../share/link/link-text.ts';
import type { App } from '../state/app.svelte.ts';
import { asSentence } from '../state/error-sentence.ts';
import { measuredClaim, withSchedule, type MeasuredClaim } from './claim-of.ts';
import { viewOf } from './view-of.ts';

/** What panels show of the link. */
export interface MadeLink {
  /** null: it is being made for the first time, or nobody could read it. */
  text: string | null;
  /** It is being made anew, so it is not to be taken away yet. */
  isStale: boolean;
}
export const whyNotYet = (isStale: boolean): string | null =>
  isStale ? 'The link is being made.' : null;

/** What is to be shared of the document that is open, and the link that comes of it. */
export class ShareDesk {
  /** What the reader typed; null: as the document is called. */
  private typedName: string | null = $state(null);
  note = $state('');
  withResult = $state(true);
  withView = $state(true);
  private readonly app: App;
  /** With the schedule predicted for it; null: there is nothing to claim, or it is being predicted. */
  private claim: { of: MeasuredClaim; whole: ClaimedResult } | null = $state.raw(null);
  private made: { of: LinkContent; link: Result<string> } | null = $state.raw(null);

  constructor(app: App) {
    this.app = app;
  }

  readonly name: string = $derived.by(() => this.typedName ?? this.app.doc.document.name ?? '');
  /** What could be claimed, or why nothing can. */
  readonly measured: Result<MeasuredClaim> = $derived.by(() => measuredClaim(this.app));
  readonly view = $derived.by(() => viewOf(this.app));
  readonly claimed: ClaimedResult | null = $derived.by(() =>
    this.measured.ok && this.claim?.of === this.measured.value ? this.claim.whole : null,
  );
  /** Why there can be no link, in a sentence: nobody could read it. null: there can. */
  readonly refusal: string | null = $derived.by(() => {
    const { errors } = this.app.doc;
    const [error] = errors;
    return error ? asSentence(error.message) : null;
  });

  /** null: it is not known yet what it says. */
  readonly content: LinkContent | null = $derived.by(() => {
    const { name, note, withView, view, withResult, measured, claimed } = this;
    if (withResult && measured.ok && claimed === null) return null;
    return {
      document: named(this.app.doc.document, name.trim()),
      ...(note.trim() !== '' && { note: note.trim() }),
      ...(withView && Object.keys(view).length > 0 && { view }),
      ...(withResult && claimed && { result: claimed }),
    };
  });
  /** The link's text, or why it cannot be made; null: it is being made for the first time. */
  readonly link: Result<string> | null = $derived.by(() =>
    this.refusal === null ? (this.made?.link ?? null) : fail(this.refusal),
  );
  /** What was changed since is not in it yet. */
  readonly isStale: boolean = $derived.by(
    () => this.refusal === null && (this.content === null || this.made?.of !== this.content),
  );

  rename(name: string): void {
    this.typedName = name;
  }

  /** Predicts what is claimed and makes the link, again and again; call while a component is set up. */
  keepMade(): void {
    $effect(() => {
      const { measured } = this;
      if (!measured.ok || this.refusal !== null) return;
      const of = measured.value;
      void withSchedule(this.app, of).then((whole) => {
        // One that was asked for later may have come before.
        if (this.measured.ok && this.measured.value === of) this.claim = { of, whole };
      });
    });
    $effect(() => {
      const { content: of } = this;
      if (of === null || this.refusal !== null) return;
      void readableLink(of).then((link) => {
        if (of === this.content) this.made = { of, link };
      });
    });
  }
}

function named(document: PipelineDocument, name: string): PipelineDocument {
  if (name === (document.name ?? '')) return document;
  const { name: _, ...nameless } = document;
  return name === '' ? nameless : { ...document, name };
}

/** Reads it back before anybody is given it: what no page would take is refused here, with its reason. */
async function readableLink(content: LinkContent): Promise<Result<string>> {
  const text = await linkText(content);
  const read = await readLink(text);
  return read.ok ? ok(text) : read;
}

const desks = new WeakMap<App, { workId: string; desk: ShareDesk }>();

/** One for each piece of work that is open: whoever closes the dialog finds the note again. */
export function shareDesk(app: App): ShareDesk {
  const { workId } = app.doc;
  const known = desks.get(app);
  if (known?.workId === workId) return known.desk;
  // It outlives the dialog that asks for it first.
  $effect.root(() => void desks.set(app, { workId, desk: new ShareDesk(app) }));
  return desks.get(app)!.desk;
}
