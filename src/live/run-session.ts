import { notKept } from '../base/not-kept.ts';
import { emptyReport } from '../engine/empty-report.ts';
import { compilePlan } from '../engine/plan.ts';
import type { Progress, RunError, RunReport, RunRequest } from '../engine/runner.ts';
import { TraceBuilder } from '../trace/builder.ts';
import { emptyMeta } from '../trace/empty-trace.ts';
import { answered } from './answered.ts';
import {
  limits,
  type FrameError,
  type FrameStray,
  type FromFrame,
  type ToFrame,
} from './border.ts';
import { checkFromFrame, type BorderBounds } from './check-border.ts';
import type { CompiledCode } from './compile/unit.ts';
import { EnvironmentWatch, reportedCores, whyNoWorkers } from './environment.ts';
import { fileReader, listReader, type ItemReader } from './input-items.ts';
import { leavesLittle } from './leaves-little.ts';
import type { LiveParts } from './live-runner.ts';
import { bookInside, noteUnbalanced } from './run-books.ts';
import { lossSentences, RunCounters } from './run-counters.ts';
import type { Frame } from './sandbox/frame.ts';
import type { Sandboxes } from './sandbox/sandboxes.ts';
import { sourcePlace } from './unit-places.ts';

/** The frame's process is taken for dead when so many looks in a row are not answered … */
const looksMissedMax = 6;
/** … which is this long: on a busy machine its turn may come late. ms. */
const missedAfterMs = 30_000;
/** A worker that gives no sign of life for so long is told of. */
const silentAfterMs = 10_000;
/** A frame whose run goes on for so long after Stop is removed; one whose results are digested is not. ms. */
const stopPatienceMs = 5000;
/** One that is killed has so long to say what it has acknowledged. ms. */
const haltPatienceMs = 1000;

/** Outputs come at a run's end, all at once. */
const untilThen = 'what it had told of until then is shown, without its outputs.';

/** One run as the page sees it: it prepares, opens a frame, believes what is well formed, reports. */
export class RunSession {
  readonly #parts: LiveParts;
  readonly #sandboxes: Sandboxes;
  readonly #request: RunRequest;
  readonly #environment = new EnvironmentWatch();
  readonly #trace = new TraceBuilder(emptyMeta('live'));
  readonly #report: RunReport;
  #code: CompiledCode = { units: [], stageUnits: [], sourceUnit: -1 };
  #bounds: BorderBounds;
  #reader: ItemReader | null = null;
  #reading: Promise<void> = Promise.resolve();
  #frame: Frame | null = null;
  #end: (() => void) | null = null;
  readonly #counters: RunCounters;
  #stopWanted = false;
  #pauseWanted = false;
  #isKilled = false;
  /** The sandbox has said that it is done with everything. */
  #isComplete = false;
  #timerStepMs = 0;
  #looksMissed = 0;
  /** Tasks running, a stage, at the last beat. */
  #lastRunning: readonly number[] = [];

  constructor(parts: LiveParts, sandboxes: Sandboxes, request: RunRequest) {
    this.#parts = parts;
    this.#sandboxes = sandboxes;
    this.#request = request;
    this.#report = emptyReport(this.#trace);
    this.#counters = new RunCounters({
      open: () => parts.openCounters(request.cacheNamespace),
      note: parts.noteCounters?.(request.cacheNamespace) ?? (() => {}),
      send: (message, transfer) => this.#send(message, transfer),
    });
    this.#bounds = {
      stageIds: request.pipeline.stages.map((stage) => stage.id),
      ...{ workers: 0, units: 0, tasks: 0, members: 0, items: 0, marks: 0 },
    };
  }

  /** Never rejects. */
  async run(): Promise<RunReport> {
    const report = this.#report;
    try {
      if (await this.#prepare()) await this.#runInFrame();
    } catch (error) {
      report.error ??= { message: textOf(error) };
    }
    if (this.#frame) this.#sandboxes.giveBack(this.#frame, this.#request, this.#isAsNew);
    // Another run may be in it by now.
    this.#frame = null;
    await this.#endCounters();
    const { meta } = this.#trace;
    if (meta.ended === 'running') {
      meta.ended = report.error ? 'failed' : 'stopped';
      if (report.error) meta.note = report.error.message;
      bookInside(this.#trace);
    } else if (report.error) bookInside(this.#trace);
    report.environment = this.#environment.end(this.#timerStepMs);
    noteUnbalanced(report);
    if (meta.ended === 'done' && meta.items.emitted === 0) {
      this.#notice('The source brought no items, so there was nothing to do.');
    }
    return report;
  }

  /** See `leavesLittle`. */
  get #isAsNew(): boolean {
    return this.#isComplete && !this.#stopWanted && !this.#reader && leavesLittle(this.#report);
  }

  stop(): void {
    this.#stopWanted = true;
    if (!this.#frame) return;
    this.#send({ type: 'stop' });
    setTimeout(() => {
      if (this.#trace.meta.ended === 'running') this.#end?.();
    }, this.#parts.stopPatienceMs ?? stopPatienceMs);
  }
  /** As when the browser dies, but for the page: nothing more is written. */
  kill(): void {
    this.#stopWanted = true;
    if (!this.#frame) return;
    this.#isKilled = true;
    this.#send({ type: 'halt' });
    setTimeout(() => this.#end?.(), haltPatienceMs);
  }
  pause(): void {
    this.#pauseWanted = true;
    this.#send({ type: 'pause' });
  }
  resume(): void {
    this.#pauseWanted = false;
    this.#send({ type: 'resume' });
  }
  endWorker(worker: number): void {
    this.#send({ type: 'kill', worker });
  }

  // ── before ──────────────────────────────────────────────────────────────────────────────────

  /** Everything that can be refused before a frame is opened. False: refused, or stopped meanwhile. */
  async #prepare(): Promise<boolean> {
    const { pipeline } = this.#request;
    const refusal = whyNoWorkers();
    if (refusal !== null) return this.#refuse({ message: refusal });
    const compiled = await this.#parts.compiler.compile(pipeline);
    if ('errors' in compiled) return this.#refuse(compiled.errors[0]!);
    this.#code = compiled.code;
    this.#bounds.units = compiled.code.units.length;
    const plan = compilePlan(pipeline, { cores: reportedCores(), cache: this.#request.cache });
    this.#bounds.workers = plan.workers;
    this.#reader = await this.#openReader();
    return !this.#stopWanted;
  }

  #refuse(error: RunError): false {
    this.#report.error = error;
    return false;
  }

  async #openReader(): Promise<ItemReader | null> {
    const { pipeline, files } = this.#request;
    const { source } = pipeline;
    if (source.kind === 'corpus') return listReader(await this.#parts.corpus(source.corpus));
    if (source.kind !== 'files') return null;
    return fileReader(files ?? [], (text) => this.#notice(text));
  }

  async #openCache(): Promise<MessagePort | null> {
    const { cache, cacheNamespace, pipeline } = this.#request;
    const isUsed = pipeline.stages.some((stage) => stage.cache !== null);
    if (cache === 'off' || !isUsed) return null;
    try {
      const { maxSize, policy, compress } = pipeline.cache;
      const settings = { maxBytes: Math.floor(maxSize), policy, compress };
      return await answered(this.#parts.openCache(cacheNamespace, settings));
    } catch (error) {
      this.#notice(notKept('Results', textOf(error)));
      return null;
    }
  }

  // ── during ──────────────────────────────────────────────────────────────────────────────────

  async #runInFrame(): Promise<void> {
    const { pipeline, cache, keepResults, onProgress, delays = {}, without = [] } = this.#request;
    const cachePort = await this.#openCache();
    if (this.#stopWanted) return;
    const ended = new Promise<void>((resolve) => (this.#end = resolve));
    this.#frame = await this.#sandboxes.take(this.#request);
    this.#frame.onFailure = (message) => this.#breakOff(message);
    this.#frame.port.onmessage = (event: MessageEvent<unknown>) => this.#hear(event.data);
    const run = {
      pipeline,
      code: this.#code,
      cores: reportedCores(),
      cache,
      keepResults: keepResults !== false,
      isWatched: onProgress !== undefined,
      isPaused: this.#pauseWanted,
      delays,
      without,
      silentAfterMs: this.#parts.silentAfterMs ?? silentAfterMs,
      killSilentAfterMs: this.#parts.killSilentAfterMs,
    };
    this.#send({ type: 'start', run }, cachePort ? [cachePort] : []);
    if (this.#stopWanted) this.stop();
    const lookEveryMs = (this.#parts.missedAfterMs ?? missedAfterMs) / looksMissedMax;
    const watch = setInterval(() => this.#look(), lookEveryMs);
    await ended;
    this.#end = null;
    clearInterval(watch);
  }

  async #endCounters(): Promise<void> {
    const counters = await this.#counters.end(!this.#isComplete);
    if (counters) this.#report.counters = counters;
    // It may have been done before it could be killed.
    if (!this.#isKilled || this.#isComplete) return;
    this.#report.killed = true;
    for (const sentence of lossSentences(counters ?? [])) this.#notice(sentence);
  }

  #send(message: ToFrame, transfer: Transferable[] = []): void {
    this.#frame?.port.postMessage(message, transfer);
  }

  /** Looks, not ms, are counted: a tab that was asleep has not looked either. */
  #look(): void {
    const isThere = this.#frame?.isAttached !== false;
    if (isThere && this.#looksMissed++ < looksMissedMax) {
      this.#send({ type: 'look' });
      return;
    }
    const what = isThere ? 'stopped answering' : 'was removed from the page';
    if (this.#trace.meta.ended !== 'running') {
      this.#endWithout(what);
      return;
    }
    const why = isThere ? ' (nothing tells why; it may have run out of memory)' : '';
    this.#breakOff(`The sandbox ${what}${this.#atWork()}${why}; ${untilThen}`);
  }

  /** After the clock. @param what the sandbox did. */
  #endWithout(what: string): void {
    if (!this.#end) return;
    const missing = 'the digest of its results, and some of them, are missing';
    this.#notice(`The run ended, but then the sandbox ${what}: ${missing}.`);
    this.#end();
  }

  /** The stages that ran something at the last beat, up to a second earlier if nobody looks on: one is the likely cause. */
  #atWork(): string {
    const names = this.#bounds.stageIds.filter((_, i) => (this.#lastRunning[i] ?? 0) > 0);
    if (names.length === 0) return '';
    return ` while ${names.map((id) => `"${id}"`).join(' and ')} ${names.length > 1 ? 'were' : 'was'} running`;
  }

  #breakOff(message: string): void {
    this.#report.error ??= { message };
    this.#end?.();
  }

  #hear(data: unknown): void {
    const message = checkFromFrame(data, this.#bounds);
    if (!message) {
      this.#breakOff('The sandbox sent a message that the machine never sends; the run was ended.');
      return;
    }
    this.#looksMissed = 0;
    this.#take(message);
  }

  #take(message: FromFrame): void {
    const report = this.#report;
    switch (message.type) {
      case 'beat':
        this.#takeBeat(message);
        break;
      case 'want':
        this.#bring(message.count);
        break;
      case 'failures':
        for (const { place, ...failure } of message.failures) {
          if (report.failures.length >= limits.failures) {
            report.failuresOmitted++;
            continue;
          }
          const { pipeline } = this.#request;
          const { where, ...at } = sourcePlace(place, failure.stage, pipeline, this.#code);
          report.failures.push({ ...failure, message: failure.message + where, ...at });
        }
        report.failuresOmitted += message.omitted;
        break;
      case 'log':
        report.log.push(...message.lines.slice(0, limits.logLines - report.log.length));
        report.logOmitted = message.omitted;
        break;
      case 'stray':
        this.#notice(this.#straySentence(message.stray));
        break;
      case 'notice':
        this.#notice(message.text);
        break;
      case 'results':
        report.results.push(...message.results.slice(0, limits.results - report.results.length));
        break;
      case 'want-counters':
        this.#counters.open();
        break;
      case 'counters':
        this.#counters.take(message.counters);
        if (message.halted) this.#end?.();
        break;
      case 'finished':
        this.#isComplete = true;
        report.resultsDigest = message.error ? null : message.resultsDigest;
        report.resultsOmitted = message.resultsOmitted;
        report.models = message.models;
        this.#timerStepMs = message.timerStepMs;
        if (message.error) report.error ??= this.#errorOf(message.error);
        this.#end?.();
        break;
      case 'here':
      case 'calibrated':
      case 'not-calibrated':
    }
  }

  #straySentence({ message, stage, item, place }: FrameStray): string {
    const { line, where } = sourcePlace(place, stage, this.#request.pipeline, this.#code);
    const who = stage === null ? 'Stage code' : `Stage "${stage}"`;
    const at = line === undefined ? '' : `, line ${line}`;
    const by = item === null ? '' : ` (it came from item ${item})`;
    return `${who}${at}: an error that nothing caught: ${message}${where}${by}.`;
  }

  #errorOf({ message, stage, place }: FrameError): RunError {
    const { where, ...at } = sourcePlace(place, stage, this.#request.pipeline, this.#code);
    return { message: message + where, ...(stage === null ? {} : { stage }), ...at };
  }

  #takeBeat(beat: Extract<FromFrame, { type: 'beat' }>): void {
    const { chunk, queued, running, blocked, silent } = beat;
    this.#lastRunning = running;
    const trace = this.#trace;
    if (chunk) {
      trace.append(chunk);
      this.#bounds.tasks = trace.tasks.count;
      this.#bounds.members = trace.members.count;
      this.#bounds.items = trace.items.count;
      this.#bounds.marks = trace.marks.count;
    }
    const total = this.#total;
    const progress: Progress = {
      trace,
      total,
      queued,
      running,
      blocked,
      silent,
    };
    this.#request.onProgress?.(progress);
  }

  get #total(): number | null {
    const { source } = this.#request.pipeline;
    if (source.kind === 'count') return source.count;
    if (source.kind === 'values') return source.values.length;
    if (source.kind === 'service') return source.service.items;
    return this.#reader?.total ?? null;
  }

  /** Reads what the run wants, one request after another: demand is the back pressure. */
  #bring(count: number): void {
    const reader = this.#reader;
    if (!reader) return;
    this.#reading = this.#reading
      .then(async () => {
        const { items, done } = await reader.read(count);
        this.#send({ type: 'items', items, done });
      })
      .catch((error: unknown) => this.#breakOff(`The source could not be read: ${textOf(error)}`));
  }

  #notice(text: string): void {
    const { notices } = this.#report;
    if (notices.length < limits.notices && !notices.includes(text)) notices.push(text);
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
