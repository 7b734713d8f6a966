import { compilePlan } from '../../engine/plan.ts';
import { sendAheadMs } from '../../engine/sending-ahead.ts';
import type { Phase } from '../../pipeline/types.ts';
import { chunkBuffers } from '../../trace/builder.ts';
import { beatEveryMs, limits, type FrameError, type FrameRun, type FromFrame } from '../border.ts';
import { serviceOf } from '../service-of.ts';
import { Asks } from './asks.ts';
import { epochMs, RunClock } from './clock.ts';
import { Counters } from './counters.ts';
import { LiveMachine } from './live-machine.ts';
import { rehearse, tasksToPractise, type Goods } from './rehearsal.ts';
import { Reporter } from './reporter.ts';
import { Results } from './results.ts';
import { ServiceGate } from './service-gate.ts';
import { readyFeed, StreamFeed, type SourceFeed } from './source-feed.ts';
import type { ThisBrowser } from './this-browser.ts';

/**
 * While the clock runs no more rows of the record are told at once, so that watching does not slow down what is watched;
 * the rest follows when the clock has stopped.
 */
const rowsPerBeat = 10_000;
/** Where somebody looks on, so much of the time goes to telling: what takes long is told less often … */
const tellingPart = 0.02;
/** … but at least once in so long. ms. */
const tellAgainMostMs = 300;

/** A run that is over sooner is told of when it is. ms of its clock. */
const firstToldMs = 100;
/**
 * Where nobody looks on: the first telling comes no sooner than this by its clock, and each next so much later. Ten times a
 * second would take 0.7 % of two busy cores (100 µs a task; `npm run bench -- tricks`). Should the sandbox die, less is
 * known of its end. ms.
 */
const toldAloneMs = 1000;

/** Looks at the workers before one that gives no sign of life is told of. */
const looksUntilSilent = 10;

/** One run inside the sandbox, from `start` to `finished`. */
export class LiveRun {
  readonly #run: FrameRun;
  readonly #post: (message: FromFrame, transfer?: Transferable[]) => void;
  readonly #machine: LiveMachine;
  readonly #reporter: Reporter;
  readonly #results: Results;
  readonly #counters: Counters;
  readonly #clock: RunClock;
  readonly #browser: ThisBrowser;
  #heart: ReturnType<typeof setInterval> | undefined;
  readonly #practice: number;
  #beats = 0;
  /** By this thread's clock. */
  #tellAgainMs = 0;

  constructor(
    run: FrameRun,
    browser: ThisBrowser,
    stageWorkerUrl: string,
    cachePort: MessagePort | null,
    post: (message: FromFrame, transfer?: Transferable[]) => void,
  ) {
    this.#run = run;
    this.#browser = browser;
    this.#post = post;
    const turnsPerMs = burnsCpu(run) ? browser.measureTurns() : 0;
    const { timerStepMs } = browser;
    this.#practice = practiceFor(run);
    // Before anything of the run is made.
    practise(browser, goodsOf(run), this.#practice);
    this.#clock = new RunClock();
    this.#reporter = new Reporter(post);
    this.#results = new Results(run.keepResults, browser);
    this.#counters = new Counters({
      wantPort: () => post({ type: 'want-counters' }),
      notice: (text) => this.#reporter.notice(text),
    });
    const feed = this.#feed();
    const plan = compilePlan(run.pipeline, {
      cores: run.cores,
      cache: cachePort === null ? 'off' : run.cache,
      sendAheadMs: run.without.includes('sending ahead') ? 0 : sendAheadMs,
      sendsNoMore: run.without.includes('growing lanes'),
    });
    this.#machine = new LiveMachine({
      plan,
      code: run.code,
      clock: this.#clock,
      makeWorker: (name) => new Worker(stageWorkerUrl, { name }),
      turnsPerMs,
      practice: this.#practice,
      timerStepMs,
      delays: run.delays,
      without: run.without,
      feed,
      cachePort: plan.cacheOn ? cachePort : null,
      asks: new Asks(this.#counters, new ServiceGate(serviceOf(run.pipeline).rate)),
      reporter: this.#reporter,
      results: this.#results,
      over: (error) => this.#over(error),
    });
  }

  #feed(): SourceFeed {
    const { pipeline } = this.#run;
    const ready = readyFeed(pipeline);
    if (ready) return ready;
    if (pipeline.source.kind === 'code') {
      return new StreamFeed((count) => this.#machine.pullSource(count));
    }
    return new StreamFeed((count) => this.#post({ type: 'want', count }));
  }

  begin(): void {
    this.#heart = setInterval(() => this.#beat(), beatEveryMs);
    this.#machine.prepare(this.#run.isPaused);
  }

  items(items: unknown[], done: boolean): void {
    this.#machine.itemsCame(items, done);
  }
  stop(): void {
    this.#machine.stop();
  }
  pause(): void {
    this.#machine.pause();
  }
  resume(): void {
    this.#machine.resume();
  }
  countersOpen(port: MessagePort | null, why: string | null): void {
    this.#counters.connect(port, why);
  }
  flush(): void {
    this.#counters.writeNow();
  }
  /** The page ends the run as a crash would: what is not written stays so. */
  halt(): void {
    clearInterval(this.#heart);
    this.#counters.halt();
    this.#post({ type: 'counters', counters: this.#counters.facts(), halted: true });
  }
  kill(worker: number): void {
    this.#machine.killSilent(worker);
  }

  #beat(): void {
    const { silentAfterMs, isWatched } = this.#run;
    const beatsPerLook = Math.ceil(silentAfterMs / looksUntilSilent / beatEveryMs);
    if (this.#beats++ % beatsPerLook === 0) this.#look(beatsPerLook * beatEveryMs);
    this.#machine.flushCache();
    this.#tellCounters();
    const startMs = epochMs();
    if (startMs < this.#tellAgainMs) return;
    const firstMs = isWatched ? firstToldMs : toldAloneMs;
    if (this.#clock.isRunning && this.#clock.now() < firstMs) return;
    this.#sendBeat(rowsPerBeat);
    const restMs = Math.min(tellAgainMostMs, (epochMs() - startMs) / tellingPart);
    this.#tellAgainMs = startMs + (isWatched ? restMs : toldAloneMs);
  }

  #look(lookMs: number): void {
    const { silentAfterMs, killSilentAfterMs } = this.#run;
    this.#machine.look(lookMs, silentAfterMs);
    if (killSilentAfterMs === null) return;
    for (const { worker, silentMs } of this.#machine.silent) {
      if (silentMs >= killSilentAfterMs) this.#machine.killSilent(worker);
    }
  }

  #sendBeat(rowsMax: number, isLast = false): void {
    const { scheduler, trace, silent } = this.#machine;
    const queued: number[] = [];
    const running: number[] = [];
    const blocked: number[] = [];
    if (!scheduler.isFinished && trace.meta.ended === 'running')
      scheduler.noteTime(this.#clock.now());
    scheduler.readProgress(queued, running, blocked);
    this.#reporter.flush(this.#machine.linesOmitted);
    do {
      const chunk = trace.chunk(rowsMax);
      this.#post({ type: 'beat', chunk, queued, running, blocked, silent }, chunkBuffers(chunk));
    } while (isLast && trace.hasMore);
  }

  #tellCounters(): void {
    const counters = this.#counters.news();
    if (counters) this.#post({ type: 'counters', counters, halted: false });
  }

  /** The clock has stopped: now the results are digested and everything is told. */
  #over(error: FrameError | null): void {
    clearInterval(this.#heart);
    for (const notice of this.#machine.scheduler.notices()) this.#reporter.notice(notice);
    this.#sendBeat(limits.chunkRows, true);
    void this.#tellEnd(error);
  }

  async #tellEnd(error: FrameError | null): Promise<void> {
    const { trace } = this.#machine;
    const { problem, ...results } = await this.#results.finish(trace, this.#post);
    if (problem) error ??= { message: problem, stage: null, place: null };
    this.#reporter.flush(this.#machine.linesOmitted);
    const models = this.#machine.models.models();
    // The frame goes when the page hears of the end, and what is on its way to the cache with it.
    await Promise.all([this.#machine.letGo(), this.#counters.flush()]);
    this.#tellCounters();
    this.#counters.letGo();
    const { timerStepMs } = this.#browser;
    this.#post({ type: 'finished', ...results, models, timerStepMs, error });
  }
}

/** On how many tasks a run practises. */
function practiceFor({ pipeline, without }: FrameRun): number {
  if (without.includes('practising')) return 0;
  return tasksToPractise((readyFeed(pipeline)?.atHand ?? 0) * pipeline.stages.length);
}

/** Once a sandbox, or again if there is more to be done than ever before. */
function practise({ practised }: ThisBrowser, goods: Goods, tasks: number): void {
  if (tasks <= (practised.get(goods) ?? 0)) return;
  rehearse(tasks, sendAheadMs, goods);
  practised.set(goods, tasks);
}

/** What the run's messages carry, as far as that can be told before it. */
function goodsOf({ pipeline, code }: FrameRun): Goods {
  if (code.units.some(({ moves }) => moves)) return 'buffers';
  return pipeline.source.kind === 'count' ? 'counted' : 'values';
}

/** Whether any stage has drawn CPU work, for which the busy loop must be calibrated. */
function burnsCpu({ pipeline }: FrameRun): boolean {
  const isCpu = (phase: Phase) => 'cpu' in phase;
  return pipeline.stages.some(
    ({ work, setup }) =>
      setup.phases.some(isCpu) || (work.kind === 'synthetic' && work.phases.some(isCpu)),
  );
}
