import { same } from '../../base/same-json.ts';
import type { Overheads } from '../../engine/runner.ts';
import type { Replay } from '../../explore/replay-document.ts';
import {
  gainAt,
  planWhatIf,
  rankedByHalf,
  readWhatIf,
  type WhatIf,
} from '../../explore/what-if.ts';
import type { TrialRun } from '../../explore/trials.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import { asSentence } from '../state/error-sentence.ts';
import { noWorkers } from '../state/messages.svelte.ts';
import { spareTrials } from '../state/spare-trials.svelte.ts';
import { replayOf, type Replayable } from './replay-of.ts';

/** What the question is asked of. */
export interface Subject extends Replayable {
  /** Whose settings are moved, and may be taken. */
  document: PipelineDocument;
}

/** What came of a question. */
interface Answer {
  of: Subject;
  workId: string;
  /** Of the machine that was predicted meanwhile. */
  overheads: Overheads;
  replay: Replay;
  /** As far as it is worked out. */
  found: WhatIf;
}

/** A knob that is still moving is waited for, ms. */
const restMs = 400;
/** More replays than these begin only when they are asked for. */
const askedFrom = 2000;

/** Virtual speedups of one trace; they live on while their tab is closed. */
export class WhatIfStore {
  subject: Subject | null = $state.raw(null);
  /** The latest there is: until there is another it is shown, so that nothing flickers. */
  private known: Answer | null = $state.raw(null);
  /** Trials done and in all; null: none are under way. */
  progress: { done: number; total: number } | null = $state.raw(null);
  /** How long the rest takes; null: nobody can tell yet. */
  leftMs: number | null = $state(null);
  private failed: { workId: string; problem: string } | null = $state.raw(null);
  isStopped = $state(false);
  /** So many replays wait for the reader's word; null: none do. */
  waiting: number | null = $state(null);
  /** Whose work is cut in the check (null: of the stage where it pays most), and by how much. */
  checked: { stage: string | null; cut: number } = $state({ stage: null, cut: 0.5 });

  /** What would be checked by delays; null: nothing is known of it yet. */
  get asked(): { stage: string; cut: number; predicted: number } | null {
    const curves = this.found?.curves ?? [];
    const chosen = curves.find(({ stage }) => stage === this.checked.stage);
    const best = rankedByHalf(curves)[0]?.stage;
    const curve = chosen ?? curves.find(({ stage }) => stage === best);
    const { cut } = this.checked;
    return curve ? { stage: curve.stage, cut, predicted: gainAt(curve, cut) } : null;
  }

  private run: TrialRun | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the latest question: what an older one brings comes too late. */
  private number = 0;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  /** null: nothing is known of this document. */
  get answer(): Answer | null {
    return this.known?.workId === this.app.doc.workId ? this.known : null;
  }

  get found(): WhatIf | null {
    return this.answer?.found ?? null;
  }

  get problem(): string | null {
    return this.failed?.workId === this.app.doc.workId ? this.failed.problem : null;
  }

  /** What is known is of the document as it stands: its steps can be taken. A prediction is also of its machine. */
  get isCurrent(): boolean {
    const { answer, app } = this;
    if (answer === null || !app.doc.isStill(answer.of.document)) return false;
    return answer.of.models !== null || same(answer.overheads, app.prediction.overheads);
  }

  /** Works it out as soon as nothing newer is asked for; the same trace is not worked out twice. */
  ask(subject: Subject): void {
    const { trace, document } = subject;
    if (this.subject?.trace === trace && this.subject.document === document) return;
    const mine = this.begin(subject);
    this.timer = setTimeout(() => void this.work(mine, subject), restMs);
  }

  /** What waits for the reader's word; once more what was stopped or failed. */
  again(): void {
    if (this.subject) void this.work(this.begin(this.subject), this.subject, true);
  }

  stop(): void {
    this.end();
    this.isStopped = this.progress !== null;
    this.progress = null;
  }

  private begin(subject: Subject): number {
    this.end();
    this.subject = subject;
    this.progress = { done: 0, total: 0 };
    this.leftMs = null;
    this.isStopped = false;
    this.waiting = null;
    return this.number;
  }

  private end(): void {
    this.number++;
    clearTimeout(this.timer);
    this.run?.stop();
    this.run = null;
  }

  private async work(mine: number, subject: Subject, isWanted = false): Promise<void> {
    try {
      await this.trials(mine, subject, isWanted);
    } catch (error) {
      if (mine !== this.number) return;
      this.fail(error instanceof Error ? error.message : String(error));
    }
    if (mine === this.number) this.progress = null;
  }

  private fail(why: string): void {
    this.failed = { workId: this.app.doc.workId, problem: asSentence(why) };
    this.known = null;
  }

  private async trials(mine: number, subject: Subject, isWanted: boolean): Promise<void> {
    const { services, doc, prediction } = this.app;
    const { workId } = doc;
    if (!services.environment.workers) return this.fail(noWorkers);
    const pool = await spareTrials(this.app);
    if (mine !== this.number) return;
    const { overheads } = prediction;
    const replay = replayOf(this.app, subject);
    if (!replay.ok) return this.fail(replay.error);
    const plan = planWhatIf(replay.value, subject.document);
    const total = plan.request.sets.length;
    if (total > askedFrom && !isWanted) {
      this.waiting = total;
      return;
    }
    const startMs = performance.now();
    const show = (outcomes: Parameters<typeof readWhatIf>[2]): void => {
      const found = readWhatIf(replay.value, plan, outcomes);
      if (found === null) return;
      if (typeof found === 'string') return this.fail(found);
      this.failed = null;
      this.known = { of: subject, workId, overheads, replay: replay.value, found };
    };
    this.run = pool.run(plan.request, (done, outcomes) => {
      if (mine !== this.number) return;
      // Nobody waits for it any longer.
      if (doc.workId !== workId) return this.stop();
      this.progress = { done, total };
      this.leftMs = ((performance.now() - startMs) * (total - done)) / Math.max(1, done);
      show(outcomes);
    });
    const outcomes = await this.run.done;
    if (mine === this.number && outcomes !== null) show(outcomes);
  }
}

const stores = new WeakMap<App, WhatIfStore>();

/** The page's one. */
export function whatIfOf(app: App): WhatIfStore {
  let store = stores.get(app);
  if (!store) stores.set(app, (store = new WhatIfStore(app)));
  return store;
}
