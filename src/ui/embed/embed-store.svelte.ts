import { digestHex } from '../../base/digest.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { hasCode } from '../../pipeline/has-code.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { ClaimedResult, LinkContent } from '../../share/link/link-content.ts';
import type { Services } from '../services.ts';
import { noWorkers } from '../state/messages.svelte.ts';
import { PredictionStore } from '../state/prediction-store.svelte.ts';
import { RunStore, type FinishedRun } from '../state/run-store.svelte.ts';
import { sourceItems } from '../state/source-items.ts';
import type { EmbedOptions } from './embed-options.ts';
import type { EmbedErrorReason } from './messages.ts';
import { OwnRuns } from './own-runs.ts';
import { readContent, type LoadedFrom } from './read-content.ts';
import { wordsAfter, type EndWords } from './words-after.ts';

/** What an embedded view needs of the world. */
export type EmbedServices = Pick<
  Services,
  'live' | 'predictor' | 'scheduleDigest' | 'corpora' | 'environment'
>;

export interface Refusal {
  reason: EmbedErrorReason;
  /** One sentence. */
  message: string;
}

/** The document that a view shows. */
export interface Shown {
  content: LinkContent;
  pipeline: Pipeline;
  /** The same for the same document, whoever loads it. */
  digest: string;
  hasCode: boolean;
  /** Runs in this frame, as long as it is shown. */
  own: OwnRuns;
  /** Once it has been asked for. */
  schedule?: Promise<ClaimedResult['schedule']>;
}

/** An embedded view: a document that can be looked at and run, and never changed or kept. */
export class EmbedStore {
  readonly services: EmbedServices;
  readonly options: EmbedOptions;
  readonly prediction: PredictionStore;
  readonly runs: RunStore;
  shown: Shown | null = $state.raw(null);
  /** A link or document is being read. */
  isLoading = $state(false);
  /** Why nothing is shown: one sentence. */
  fault: string | null = $state(null);
  /** What is to be said of the last run, or of a document that could not take this one’s place. */
  said: readonly EndWords[] = $state.raw([]);
  /** Whoever embeds the view may change it. */
  theme: EmbedOptions['theme'] = $state('auto');
  /** Of what is being read. */
  private loads = 0;
  private reading: Promise<unknown> = Promise.resolve();
  /** The reader has pressed Stop since Run. */
  private isHeld = false;
  /** Digests of documents for which the reader has pressed Run. */
  private readonly agreedTo = new Set<string>();

  constructor(services: EmbedServices, options: EmbedOptions) {
    this.services = services;
    this.options = options;
    this.theme = options.theme;
    this.runs = new RunStore(services);
    // An embedded view knows nothing of what was measured in this browser: it predicts the ideal machine.
    const settings = { get: () => null, set() {} };
    this.prediction = new PredictionStore({ ...services, settings }, (pipeline) =>
      sourceItems(pipeline, services.corpora, this.runs),
    );
  }

  /** Shows another document. Of several that are asked for at once only the last is read. */
  async load(from: LoadedFrom): Promise<Result<Shown, Refusal>> {
    const turn = ++this.loads;
    this.isLoading = true;
    await this.reading;
    if (turn !== this.loads) return superseded;
    const reading = readContent(from);
    this.reading = reading;
    const read = await reading;
    if (turn !== this.loads) return superseded;
    this.isLoading = false;
    if (read.ok) return ok(this.show(read.value));
    if (this.shown === null) this.fault = read.error;
    else this.said = [{ severity: 'error', text: read.error }];
    return fail({ reason: 'bad-document', message: read.error });
  }

  private show(content: LinkContent): Shown {
    const { document } = content;
    const shown: Shown = {
      content,
      pipeline: parseDocument(document).pipeline!,
      digest: digestHex(new TextEncoder().encode(JSON.stringify(document))),
      hasCode: hasCode(document),
      own: new OwnRuns(),
    };
    this.runs.abandon();
    this.prediction.forget();
    this.fault = null;
    this.said = [];
    this.shown = shown;
    this.prediction.follow(shown.pipeline);
    return shown;
  }

  /** Why this document cannot be run here; null: it can. */
  readonly whyNotRun: string | null = $derived.by(() => {
    if (!this.services.environment.workers) return noWorkers;
    return this.shown?.pipeline.source.kind === 'files'
      ? 'This pipeline reads files that you choose: open it in Millrace to run it.'
      : null;
  });

  /** The reader has pressed Run. */
  async runByReader(): Promise<Result<FinishedRun, Refusal>> {
    this.isHeld = false;
    if (this.shown) this.agreedTo.add(this.shown.digest);
    return this.run();
  }

  /** Whoever embeds the view asks for a run: only of what the reader has agreed to. */
  async runByMessage(): Promise<Result<FinishedRun, Refusal>> {
    const { shown } = this;
    if (shown === null) return this.run();
    const isAgreed = !this.isHeld && (!shown.hasCode || this.agreedTo.has(shown.digest));
    if (isAgreed) return this.run();
    const message = this.isHeld
      ? 'The reader has pressed Stop: nothing runs by message until Run is pressed again.'
      : 'There is code in this document: it runs by message only after the reader has pressed Run for it.';
    return fail({ reason: 'needs-press', message });
  }

  /** The reader has pressed Stop: nothing begins again by itself. */
  stopByReader(): void {
    this.isHeld = true;
    this.agreedTo.clear();
    this.runs.stop();
  }

  /** The digest of its predicted schedule, for a claim; null: it cannot be predicted. Worked out once. */
  scheduleOf(shown: Shown): Promise<ClaimedResult['schedule']> {
    const { pipeline } = shown;
    const { scheduleDigest, environment, corpora } = this.services;
    const cores = pipeline.machine.cores ?? environment.cores;
    const items = sourceItems(pipeline, corpora, this.runs);
    return (shown.schedule ??= scheduleDigest(pipeline, {
      cores,
      ...(items !== null && { sourceItems: items }),
    }).then(
      (digest) => (digest === null ? null : { digest, cores }),
      () => null,
    ));
  }

  private async run(): Promise<Result<FinishedRun, Refusal>> {
    const { shown, whyNotRun } = this;
    if (shown === null) return fail({ reason: 'busy', message: 'Nothing is loaded yet.' });
    if (whyNotRun !== null) return fail({ reason: 'bad-document', message: whyNotRun });
    if (this.runs.running) return fail({ reason: 'busy', message: 'A run goes on.' });
    this.said = [];
    const { pipeline, content, digest, own } = shown;
    const { document } = content;
    const prediction = this.prediction.pipeline === pipeline ? this.prediction.prediction : null;
    // Results that it keeps are found again by the same document alone, wherever it is embedded.
    const work = { id: `embedded ${digest}`, isEdited: false };
    try {
      const finished = await this.runs.run({ document, work, pipeline, prediction });
      if (finished === null || this.shown !== shown)
        return fail({ reason: 'failed', message: 'Another document came before the run’s end.' });
      own.note(finished.report, new Date(finished.endedAtMs).toISOString());
      this.said = wordsAfter(document, finished.report);
      const { error } = finished.report;
      return error ? fail({ reason: 'failed', message: this.said[0]!.text }) : ok(finished);
    } catch (error) {
      const text = `The run broke off: ${(error as Error).message}`;
      this.said = [{ severity: 'error', text }];
      return fail({ reason: 'failed', message: text });
    }
  }
}

const superseded = fail<Refusal>({
  reason: 'too-many',
  message: 'Another document was asked for before this one was read.',
});
