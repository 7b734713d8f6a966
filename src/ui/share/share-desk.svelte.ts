import { fail, type Result } from '../../base/result.ts';
import { same } from '../../base/same-json.ts';
import { withFittedModels } from '../../explore/fitted-models.ts';
import { withModels } from '../../explore/with-models.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { ClaimedResult, LinkContent } from '../../share/link/link-content.ts';
import { linkAddress } from '../../share/link/link-address.ts';
import { limitsBelow } from '../../share/link/link-limits.ts';
import { linkText } from '../../share/link/link-text.ts';
import { readableLink } from '../../share/link/readable-link.ts';
import type { App } from '../state/app.svelte.ts';
import { lessonDesk } from '../lesson/lesson-desk.svelte.ts';
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
  /** What the reader ticked; null: as long as the link is short, or what is listed was set by hand. */
  private wantsDurations: boolean | null = $state(null);
  private readonly app: App;
  /** With the schedule predicted for it; null: there is nothing to claim, or it is being predicted. */
  private claim: { of: MeasuredClaim; in: PipelineDocument; whole: ClaimedResult } | null =
    $state.raw(null);
  /** Whether a link to the document alone, durations and all, has room wherever links are put. */
  private fits: { of: PipelineDocument; isShort: boolean } | null = $state.raw(null);
  private made: { of: LinkContent; link: Result<string> } | null = $state.raw(null);

  constructor(app: App) {
    this.app = app;
  }

  readonly name: string = $derived.by(() => this.typedName ?? this.app.doc.document.name ?? '');
  /** What is open; of a lesson that goes on, what it begins with. */
  private readonly whole: PipelineDocument = $derived.by(() => lessonDesk(this.app).shared);
  /** The settings of the lesson's step are left out. */
  readonly beginsLesson: boolean = $derived.by(() => this.whole !== this.app.doc.document);
  /** What could be claimed, or why nothing can. */
  readonly measured: Result<MeasuredClaim> = $derived.by(() =>
    this.beginsLesson
      ? fail('The lesson is shared as it begins, so a run of one of its steps is no result of it.')
      : measuredClaim(this.app),
  );
  readonly view = $derived.by(() => viewOf(this.app));
  /** With measured durations in few figures; the document itself if none are listed in it. */
  private readonly fitted: PipelineDocument = $derived.by(() => withFittedModels(this.whole));
  /** Durations are listed item by item: they can be left out. */
  readonly hasDurations: boolean = $derived.by(() => this.fitted !== this.whole);
  /** null: it is not known yet how long the link would be with them. */
  readonly withDurations: boolean | null = $derived.by(() => {
    const { wantsDurations, hasDurations, fits, whole, app } = this;
    if (wantsDurations !== null || !hasDurations) return wantsDurations ?? true;
    if (fits?.of !== whole) return null;
    return fits.isShort || !isAsMeasured(app);
  });
  /** What is shared of the document; null: it is not known yet. */
  private readonly shared: PipelineDocument | null = $derived.by(() => {
    const { withDurations, whole, fitted } = this;
    return withDurations === null ? null : withDurations ? whole : fitted;
  });
  readonly claimed: ClaimedResult | null = $derived.by(() =>
    this.measured.ok && this.claim?.of === this.measured.value && this.claim.in === this.shared
      ? this.claim.whole
      : null,
  );
  /** Why there can be no link, in a sentence: nobody could read it. null: there can. */
  readonly refusal: string | null = $derived.by(() => {
    const { errors } = this.app.doc;
    const [error] = errors;
    return error ? asSentence(error.message) : null;
  });

  /** null: it is not known yet what it says. */
  readonly content: LinkContent | null = $derived.by(() => {
    const { name, note, withView, view, withResult, measured, claimed, shared } = this;
    if (shared === null || (withResult && measured.ok && claimed === null)) return null;
    return {
      document: named(shared, name.trim()),
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

  listDurations(wanted: boolean): void {
    this.wantsDurations = wanted;
  }

  /** Predicts what is claimed and makes the link, again and again; call while a component is set up. */
  keepMade(): void {
    $effect(() => {
      const { measured, shared } = this;
      if (!measured.ok || this.refusal !== null || shared === null) return;
      const of = measured.value;
      const given = new AbortController();
      const { pipeline } = parseDocument(shared);
      void withSchedule(this.app, of, pipeline, given.signal).then((whole) => {
        if (!given.signal.aborted) this.claim = { of, in: shared, whole };
      });
      return () => given.abort();
    });
    $effect(() => {
      const { whole: document } = this;
      if (!this.hasDurations || this.refusal !== null) return;
      void linkText({ document }).then((text) => {
        const { length } = linkAddress(location.href, text);
        this.fits = { of: document, isShort: limitsBelow(length).length === 0 };
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

/** All that is known of its code stages was measured by the last run: nothing that somebody wrote gets lost. */
function isAsMeasured({ doc, runs, prediction }: App): boolean {
  const { last } = runs;
  if (last === null || doc.textBroken) return false;
  const bare = (document: PipelineDocument): PipelineDocument => ({
    ...document,
    stages: document.stages.map((stage) =>
      stage.work.kind === 'code' ? { ...stage, work: { ...stage.work, model: null } } : stage,
    ),
  });
  const measured = withModels(bare(doc.document), last.document, last.report, prediction.overheads);
  return measured !== null && same(measured, doc.document);
}

function named(document: PipelineDocument, name: string): PipelineDocument {
  if (name === (document.name ?? '')) return document;
  const { name: _, ...nameless } = document;
  return name === '' ? nameless : { ...document, name };
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
