import { plain } from '../../engine/machine.ts';
import { TaskKind } from '../../engine/task-table.ts';
import { defaultService } from '../../pipeline/defaults.ts';
import { packEnds, packTasks, unpackTasks } from '../packing.ts';
import {
  endsMax,
  logLinesMax,
  type FromWorker,
  type LoadingStep,
  type ToWorker,
  type WireEnd,
  type WireStage,
  type WireTask,
} from '../wire.ts';
import type { Answer, Question } from '../wire-asks.ts';
import { asPromise, isThenable, nowMs, onSettled } from './builtins.ts';
import { warmUp } from './busy-loop.ts';
import { StageContext } from './context.ts';
import { Delays } from './delays.ts';
import { faultOf } from './fault.ts';
import { LoadError, loadUnit, sourceShape, stageShape, type StageModule } from './load-units.ts';
import { OpenTask, type TaskHost } from './open-task.ts';
import { batchOutcome, drain, isGenerator, outcomeOf, type Outcome } from './outcome.ts';
import { Questions } from './questions.ts';
import { runSegments } from './segments.ts';
import { SetUps } from './set-ups.ts';
import { CodeSource } from './source.ts';
import { practiceStage, practiceTasks, startTask } from './stand-in-tasks.ts';
import { hearStrays } from './strays.ts';
import { cannotBeSent } from './uncloneable.ts';
import { within } from './within.ts';

type Load = Extract<ToWorker, { type: 'load' }>;
type HowItEnded = Pick<WireEnd, 'fault' | 'codes' | 'values' | 'entryFaults'>;

/** Ends are told before another task begins, if the last were told so long ago. ms. */
const tellEveryMs = 3;

/** Runs tasks in a stage worker. Sync stages end before the next message is looked at. */
export class Runtime implements TaskHost {
  seed = 0;
  service = defaultService;
  delays: Delays | null = null;
  readonly #questions: Questions;
  readonly #send: (message: FromWorker) => void;
  #stages: WireStage[] = [];
  #modules: (StageModule | null)[] = [];
  #turnsPerMs = 0;
  #source: CodeSource | null = null;
  /** Items asked for before the source's code had been loaded. */
  #pulledEarly = 0;
  #slots = 1;
  /** Tasks begun, tasks ended, lines not sent: for the coordinator to see while this thread is busy. */
  #progress: Int32Array = new Int32Array(3);
  #linesSent = 0;
  /** Sent ahead: they begin one by one as slots get free. */
  readonly #waiting: WireTask[] = [];
  #isDraining = false;
  /** Nobody is told of anything. */
  #practises = false;
  /** Ends not told yet. */
  #ended: WireEnd[] = [];
  #toldMs = 0;
  #lastEndMs = 0;
  /** Task row → the task. */
  readonly #open = new Map<number, OpenTask>();
  readonly #setUps = new SetUps((stage) => this.#ownSetUp(stage, this.delays), {
    serve: (task, value) => this.#serve(task, value),
    fail: (task, error) => this.#fail(task, error),
  });
  /** Stage → what its fold has come to. */
  readonly #accumulators = new Map<number, unknown>();

  /** @param send to the coordinator; throws a DataCloneError if the message cannot be cloned. */
  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
    this.#questions = new Questions(send);
    hearStrays((fault) => send({ type: 'stray', fault }));
  }

  get openCount(): number {
    return this.#open.size;
  }

  #post(message: FromWorker): void {
    if (!this.#practises) this.#send(message);
  }

  hear(message: ToWorker): void {
    switch (message.type) {
      case 'load':
        void this.#load(message);
        break;
      case 'tasks':
        if (this.#ended.length === 0 && this.#waiting.length === 0) this.#toldMs = nowMs();
        unpackTasks(message.tasks, this.#waiting);
        this.#drain();
        break;
      case 'abort': {
        const task = this.#open.get(message.task);
        if (task?.wire.number === message.number) task.abort();
        break;
      }
      case 'ping':
        this.#post({ type: 'pong' });
        break;
      case 'answer':
        this.#questions.answered(message.ask, message.answer);
        break;
      case 'pull':
        if (this.#source) this.#source.pull(message.count);
        else this.#pulledEarly += message.count;
    }
  }

  /** Compiles what every task goes through, before the clock starts; see `coordinator/rehearsal.ts`. */
  #practise(tasks: number): void {
    const stages = this.#stages;
    this.#practises = true;
    this.#stages = [practiceStage];
    this.#modules = [{ default: (item: unknown) => item }];
    for (let left = tasks; left > 0; left -= practiceTasks.length) {
      this.hear({ type: 'tasks', tasks: packTasks(practiceTasks) });
    }
    this.#stages = stages;
    this.#modules = [];
    this.#practises = false;
  }

  async #load(load: Load): Promise<void> {
    this.seed = load.seed;
    this.service = load.service;
    this.#stages = load.stages;
    this.delays = Delays.of(load.stages);
    this.#turnsPerMs = load.turnsPerMs;
    this.#setUps.turnsPerMs = load.turnsPerMs;
    this.#slots = load.slots;
    this.#practise(load.practice);
    if (load.progress) this.#progress = load.progress;
    if (load.turnsPerMs > 0) warmUp(nowMs, 4);
    try {
      this.#modules = [];
      for (let stage = 0; stage < load.stages.length; stage++) {
        const { unit } = load.stages[stage]!;
        if (unit >= 0) this.#tellLoading(stage, 'code');
        this.#modules.push(unit < 0 ? null : await loadUnit(load.urls[unit]!, unit, stageShape));
      }
      for (let stage = 0; stage < load.stages.length; stage++) {
        const { setupAtStart } = load.stages[stage]!;
        if (setupAtStart) await this.#setUpAtStart(stage, setupAtStart);
      }
      if (load.sourceUnit >= 0) await this.#openSource(load);
      this.#post({ type: 'ready' });
    } catch (error) {
      const unit = error instanceof LoadError ? error.unit : -1;
      const cause = error instanceof LoadError ? error.cause : error;
      this.#post({ type: 'load-failed', unit, fault: faultOf(cause) });
    }
  }

  /** The `setup()` that a stage's code exports. */
  #ownSetUp(stage: number, delays: Delays | null = null): (() => unknown) | null {
    const own = this.#modules[stage]?.setup as (() => unknown) | undefined;
    return (own && delays?.setUp(stage, own)) ?? own ?? null;
  }

  async #setUpAtStart(stage: number, segments: number[]): Promise<void> {
    const { id, unit, timeoutMs } = this.#stages[stage]!;
    const task = new OpenTask(startTask(stage), id, this);
    const own = this.#ownSetUp(stage);
    this.#tellLoading(stage, 'phases');
    const call = () => {
      this.#tellLoading(stage, 'setup');
      return within(timeoutMs, own!());
    };
    try {
      await this.#setUps.run(task, segments, own && call);
    } catch (error) {
      throw new LoadError(unit, error);
    }
  }

  async #openSource(load: Load): Promise<void> {
    const { sourceUnit } = load;
    this.#tellLoading(-1, 'code');
    const module = await loadUnit(load.urls[sourceUnit]!, sourceUnit, sourceShape);
    this.#tellLoading(-1, 'setup');
    const task = new OpenTask(startTask(-1), 'source', this);
    try {
      const returned = await module.default(new StageContext(task, undefined));
      this.#source = new CodeSource(returned, (message) => this.#postItems(message));
      if (this.#pulledEarly > 0) this.#source.pull(this.#pulledEarly);
    } catch (error) {
      throw new LoadError(sourceUnit, error);
    }
  }

  /** Said before it is begun: should it never end, it is known what did not. */
  #tellLoading(stage: number, step: LoadingStep): void {
    this.#post({ type: 'loading', stage, step });
  }

  #postItems(message: FromWorker): void {
    try {
      this.#post(message);
    } catch {
      const values = message.type === 'items' ? message.items : [];
      const fault = cannotBeSent('The source made an item that', values);
      this.#post({ type: 'items', items: [], done: true, fault });
    }
  }

  log(wire: WireTask, text: () => string): void {
    if (this.#linesSent++ >= logLinesMax) this.#progress[2]!++;
    else this.#post({ type: 'log', task: wire.task, number: wire.number, text: text() });
  }

  ask(question: Question, answered: (answer: Answer) => void): void {
    this.#questions.ask(question, answered);
  }

  // ── one task ────────────────────────────────────────────────────────────────────────────────

  /** Begins what waits while there is a slot, then tells what has ended meanwhile. */
  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    while (this.#waiting.length > 0 && this.#open.size < this.#slots) {
      if (this.#ended.length > 0 && this.#shouldTell()) this.#tell();
      this.#begin(this.#waiting.shift()!);
    }
    this.#isDraining = false;
    this.#tell();
  }

  #shouldTell(): boolean {
    return this.#lastEndMs - this.#toldMs >= tellEveryMs || this.#ended.length === endsMax;
  }

  /** Posts the ends that have gathered. What cannot be cloned fails alone. */
  #tell(): void {
    const ends = this.#ended;
    if (ends.length === 0) return;
    this.#ended = [];
    this.#toldMs = this.#lastEndMs;
    try {
      this.#post({ type: 'ends', ends: packEnds(ends) });
    } catch {
      for (const end of ends) this.#tellAlone(end);
    }
  }

  #tellAlone(end: WireEnd): void {
    try {
      this.#post({ type: 'ends', ends: packEnds([end]) });
    } catch {
      const [value] = end.values.length === 1 ? end.values : [end.values];
      const fault = cannotBeSent('The result', value);
      const failed = { ...end, fault, codes: [], values: [], entryFaults: [] };
      this.#post({ type: 'ends', ends: packEnds([failed]) });
    }
  }

  #begin(wire: WireTask): void {
    this.#progress[0]!++;
    const task = new OpenTask(wire, this.#stages[wire.stage]!.id, this);
    this.#open.set(wire.task, task);
    this.delays?.begin(task);
    this.#setUps.before(task);
  }

  #serve(task: OpenTask, setup: unknown): void {
    const { synthetic } = task.wire;
    this.delays?.beginService(task);
    if (synthetic) {
      runSegments(task, synthetic.segments, this.#turnsPerMs, () => this.#endSynthetic(task));
      return;
    }
    let result: unknown;
    let promise: Promise<unknown> | null;
    try {
      result = this.#call(task, new StageContext(task, setup));
      // Looking at a result can run stage code too: a getter, a proxy's trap.
      promise = isThenable(result) ? asPromise(result) : null;
    } catch (error) {
      this.#fail(task, error);
      return;
    }
    if (promise) {
      onSettled(
        promise,
        (value) => this.#settle(task, value),
        (error) => this.#fail(task, error),
      );
    } else this.#settle(task, result);
  }

  #call(task: OpenTask, ctx: StageContext): unknown {
    const { stage, kind, input } = task.wire;
    const module = this.#modules[stage]!;
    if (kind === TaskKind.foldStep) {
      // A step that is over its time has failed, and may be taken again.
      const keep = (accumulator: unknown) => {
        const lateMs = nowMs() - task.startMs - (this.#stages[stage]!.timeoutMs ?? Infinity);
        if (!task.isAborted && lateMs <= 0) this.#accumulators.set(stage, accumulator);
      };
      const next = module.default(this.#accumulator(stage), input, ctx);
      if (isThenable(next)) return asPromise(next).then(keep);
      return keep(next);
    }
    if (kind === TaskKind.foldFinish) {
      const accumulator = this.#accumulator(stage);
      this.#accumulators.delete(stage);
      if (typeof module.finish !== 'function') return accumulator;
      return (module.finish as (accumulator: unknown, ctx: StageContext) => unknown)(
        accumulator,
        ctx,
      );
    }
    return module.default(input, ctx);
  }

  /** What a fold has come to; at first what `init` says. */
  #accumulator(stage: number): unknown {
    if (!this.#accumulators.has(stage)) {
      const { init } = this.#modules[stage]!;
      this.#accumulators.set(stage, typeof init === 'function' ? (init as () => unknown)() : init);
    }
    return this.#accumulators.get(stage);
  }

  /** A call has returned: a value, a generator to run, or for a batch one entry an item. */
  #settle(task: OpenTask, result: unknown): void {
    const { stage, kind } = task.wire;
    try {
      if (kind === TaskKind.foldStep) {
        this.#end(task, { codes: [plain], values: [undefined], entryFaults: [] });
        return;
      }
      if (isGenerator(result)) {
        const drained = drain(result);
        if (isThenable(drained)) {
          onSettled(
            asPromise(drained),
            (many) => this.#settle(task, many),
            (error) => this.#fail(task, error),
          );
        } else this.#end(task, outcomeOf(drained));
        return;
      }
      const batched = kind === TaskKind.item && this.#stages[stage]!.batched;
      const members = batched ? (task.wire.input as unknown[]).length : 1;
      this.#end(task, batched ? batchOutcome(result, members) : outcomeOf(result));
    } catch (error) {
      this.#fail(task, error);
    }
  }

  #endSynthetic(task: OpenTask): void {
    const { fails, outputs } = task.wire.synthetic!;
    if (fails) {
      this.#fail(task, new Error('It fails by chance, as `work.failure` says.'));
      return;
    }
    const outcome: Outcome = { codes: [], values: [], entryFaults: [] };
    for (const { code, bytes } of outputs) {
      outcome.codes.push(code);
      for (const size of bytes) outcome.values.push(new Uint8Array(size));
    }
    this.#end(task, outcome);
  }

  #end(task: OpenTask, outcome: Outcome): void {
    this.#finish(task, { fault: null, ...outcome });
  }

  #fail(task: OpenTask, error: unknown): void {
    this.#finish(task, { fault: faultOf(error), codes: [], values: [], entryFaults: [] });
  }

  #finish(task: OpenTask, how: HowItEnded): void {
    if (task.isOver) return;
    task.isOver = true;
    if (this.delays) this.delays.end(task, () => this.#note(task, how));
    else this.#note(task, how);
  }

  #note(task: OpenTask, how: HowItEnded): void {
    this.#progress[1]!++;
    const { startMs, setupMs } = task;
    const endMs = nowMs();
    const waitedMs = task.waitedMs(endMs);
    const { task: row, number } = task.wire;
    if (this.#open.get(row) === task) this.#open.delete(row);
    this.#lastEndMs = endMs;
    this.#ended.push({ task: row, number, startMs, endMs, setupMs, waitedMs, ...how });
    this.#drain();
  }
}
