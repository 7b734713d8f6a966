import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import { formerBase, keepBase, knownBases } from './kept-bases.ts';

/** What lessons begin with while they are written, and what the open one began with where nothing else says so. */
export class LessonBases {
  private readonly app: App;
  /** Of each piece of work whose lesson is being written. */
  private written: ReadonlyMap<string, PipelineDocument> = $state.raw(new Map());
  private readonly begun: () => unknown;

  /** @param begun reactive: another value where other progress has been kept */
  constructor(app: App, begun: () => unknown) {
    this.app = app;
    this.begun = begun;
  }

  /** Of the open document; null: its lesson is not being written. */
  get writing(): PipelineDocument | null {
    return this.written.get(this.app.doc.workId) ?? null;
  }

  /** @param base null: the open document's lesson is written no more */
  write(base: PipelineDocument | null): void {
    const { services, doc } = this.app;
    const { workId } = doc;
    const others = [...this.written].filter(([id]) => id !== workId);
    this.written = new Map(base === null ? others : [...others, [workId, base]]);
    keepBase(services.settings, workId, base);
  }

  private readonly hasLesson: boolean = $derived.by(
    () => this.app.doc.document.lesson?.[0] != null,
  );
  private readonly known: PipelineDocument[] = $derived.by(() => {
    // What they are read from may have changed with these.
    void this.begun();
    void this.written;
    const { services, doc } = this.app;
    return this.hasLesson ? knownBases(services.settings, doc.workId) : [];
  });
  /** The open document is some step of it: its lesson's words were changed, the page was loaded anew. */
  readonly former: PipelineDocument | null = $derived.by(() =>
    formerBase(this.known, this.app.doc.document),
  );
}
