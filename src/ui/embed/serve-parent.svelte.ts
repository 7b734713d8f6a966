import { runProgress } from '../page/run-progress.ts';
import type { Result } from '../../base/result.ts';
import type { FinishedRun } from '../state/run-store.svelte.ts';
import type { EmbedStore, Refusal, Shown } from './embed-store.svelte.ts';
import {
  readRequest,
  type EmbedAnswer,
  type EmbedRequest,
  type EmbedResult,
  type RequestId,
} from './messages.ts';
import { openParentPort, type ParentPort } from './parent-port.ts';

/** A page around the frame need not draw more often than this, ms. */
const progressEveryMs = 250;

/** Does what the page around the frame asks for, and tells it what happens. */
export class ParentService {
  /** null: the API is off. */
  private readonly port: ParentPort | null;
  private readonly store: EmbedStore;
  /** Of the request that the run which goes on is the answer to. */
  private runId: RequestId | null = null;
  private readonly stopWatching: () => void;

  constructor(store: EmbedStore, frame: Window) {
    this.store = store;
    this.port = openParentPort(
      frame,
      store.options.origin,
      (data) => void this.take(data),
      () =>
        this.send({
          ...{ id: null, type: 'error', reason: 'too-many' },
          message: 'More than 10 messages a second: those beyond are not read.',
        }),
    );
    this.stopWatching = this.port === null ? () => {} : this.watchProgress();
    this.send({ id: null, type: 'ready' });
  }

  close(): void {
    this.stopWatching();
    this.port?.close();
  }

  /** What became of a document: asked for by message, or in the frame’s own address. */
  tellLoaded(loaded: Result<Shown, Refusal>, id: RequestId | null = null): void {
    if (!loaded.ok) return this.tellRefusal(loaded.error, id);
    const { content, hasCode } = loaded.value;
    const { name = 'Untitled', stages } = content.document;
    this.send({ id, type: 'loaded', name, stages: stages.length, hasCode });
  }

  /** What became of a run, whoever began it. */
  async tellRun(run: Promise<Result<FinishedRun, Refusal>>, id: RequestId | null = null) {
    const { shown } = this.store;
    const finished = await run;
    if (!finished.ok) return this.tellRefusal(finished.error, id);
    if (this.port === null || shown === null) return;
    this.send({ id, ...(await this.resultOf(finished.value, shown)) });
  }

  private async take(data: unknown): Promise<void> {
    const request = readRequest(data);
    if (request === null) return;
    if (request.ok) await this.serve(request.value);
    else {
      const { id, message } = request.error;
      this.send({ id, type: 'error', reason: 'bad-message', message });
    }
  }

  private async serve(request: EmbedRequest): Promise<void> {
    const { store } = this;
    const { id } = request;
    switch (request.type) {
      case 'load':
        return this.tellLoaded(await store.load(request), id);
      case 'run': {
        const isFree = !store.runs.running;
        const run = store.runByMessage();
        const isBegun = isFree && store.runs.running;
        if (isBegun) this.runId = id;
        // Not after its answer, which takes a simulation: another run may go on by then.
        if (isBegun) void run.then(() => (this.runId = null));
        return this.tellRun(run, id);
      }
      case 'stop':
        store.runs.stop();
        return this.send({ id, type: 'done' });
      case 'theme':
        store.theme = request.theme;
        return this.send({ id, type: 'done' });
    }
  }

  private tellRefusal({ reason, message }: Refusal, id: RequestId | null): void {
    this.send({ id, type: 'error', reason, message });
  }

  private async resultOf({ report }: FinishedRun, shown: Shown): Promise<EmbedResult> {
    const { meta } = report.trace;
    const { prediction, pipeline } = this.store.prediction;
    const isOfThis = pipeline === shown.pipeline && prediction !== null;
    // Now: while the schedule is simulated, another run may end.
    const figures = shown.own.figures();
    const claim = shown.own.claim(null);
    return {
      type: 'result',
      ended: meta.ended === 'running' ? 'stopped' : meta.ended,
      makespanMs: meta.makespan,
      predictedMs: isOfThis ? prediction.trace.meta.makespan : null,
      delivered: meta.items.delivered,
      resultsDigest: report.resultsDigest,
      environment: report.environment,
      ...figures,
      claimed: claim && { ...claim, schedule: await this.store.scheduleOf(shown) },
    };
  }

  private watchProgress(): () => void {
    const { runs } = this.store;
    let toldMs = -Infinity;
    return $effect.root(() => {
      $effect(() => {
        void runs.version;
        const { progress, left } = runs;
        if (progress === null || performance.now() - toldMs < progressEveryMs) return;
        toldMs = performance.now();
        const { itemsDone, total, share, elapsedMs } = runProgress(progress, left);
        this.send({ id: this.runId, type: 'progress', itemsDone, total, share, elapsedMs });
      });
    });
  }

  private send(answer: EmbedAnswer): void {
    this.port?.send(answer);
  }
}
