import { plain } from '../../engine/machine.ts';
import { TaskKind } from '../../engine/task-table.ts';
import { defaultService } from '../../pipeline/defaults.ts';
import type { HowItEnded } from '../packing.ts';
import {
  logLinesMax,
  progressCells,
  type FromWorker,
  type LoadingStep,
  type ToWorker,
  type WireStage,
  type WireTask,
} from '../wire.ts';
import type { Answer, Question } from '../wire-asks.ts';
import { OwnMap } from '../own-collections.ts';
import { Accumulators } from './accumulators.ts';
import {
  asPromise,
  isThenable,
  NativePromise,
  nowMs,
  onSettled,
  setTimer,
  steady,
} from './builtins.ts';
import { warmUp } from './busy-loop.ts';
import { StageContext } from './context.ts';
import { Delays } from './delays.ts';
import { EndsTold } from './ends-told.ts';
import { faultOf } from './fault.ts';
import { LoadError, loadUnit, sourceShape, stageShape, type StageModule } from './load-units.ts';
import { OpenTask, type TaskHost } from './open-task.ts';
import {
  batchOutcome,
  drain,
  isGenerator,
  isOneOutput,
  outcomeOf,
  syntheticOutcome,
  type Outcome,
} from './outcome.ts';
import { Questions } from './questions.ts';
import { runSegments } from './segments.ts';
import { SetUps } from './set-ups.ts';
import { CodeSource } from './source.ts';
import { practise, startTask } from './stand-in-tasks.ts';
import { hearStrays } from './strays.ts';
import { cannotBeSent } from './uncloneable.ts';
import { WaitingTasks } from './waiting-tasks.ts';
import { within } from './within.ts';

type Load = Extract<ToWorker, { type: 'load' }>;

/**
 * Runs tasks in a stage worker. Sync stages end before the next message is looked at. Once stage code is loaded
 * no method of a list, a map or a promise is what it was: what tasks go through uses none that can be replaced.
 */
export class Runtime implements TaskHost {
  seed = 0;
  service = defaultService;
  delays: Delays | null = null;
  readonly #questions: Questions;
  readonly #send: (message: FromWorker, moved?: ArrayBuffer[]) => void;
  #stages: WireStage[] = [];
  #modules: (StageModule | null)[] = [];
  /** Some stage moves what it puts out. */
  #moves = false;
  #turnsPerMs = 0;
  #source: CodeSource | null = null;
  /** Items asked for before the source's code had been loaded. */
  #pulledEarly = 0;
  #slots = 1;
  /** See `WorkerProgress`: for the coordinator to see while this thread is busy. */
  progress: Int32Array = new Int32Array(progressCells);
  #linesSent = 0;
  /** Sent ahead: they begin one by one as slots get free. */
  readonly #waiting = new WaitingTasks();
  #isDraining = false;
  /** Nobody is told of anything. */
  #practises = false;
  readonly #ends = new EndsTold((message, moved) => this.#post(message, moved));
  /** Task row → the task. */
  readonly #open = new OwnMap<number, OpenTask>();
  readonly #setUps = new SetUps((stage) => this.#ownSetUp(stage, this.delays), {
    serve: (task, value) => this.#serve(task, value),
    fail: (task, error) => this.#fail(task, error),
  });
  readonly #accumulators = new Accumulators();

  /** @param send to the coordinator; throws a DataCloneError if the message cannot be cloned. */
  constructor(send: (message: FromWorker, moved?: ArrayBuffer[]) => void) {
    this.#send = send;
    this.#questions = new Questions(send);
    hearStrays((fault) => send({ type: 'stray', fault }));
  }

  get openCount(): number {
    return this.#open.size;
  }

  #post(message: FromWorker, moved?: ArrayBuffer[]): void {
    if (!this.#practises) this.#send(message, moved);
  }

  hear(message: ToWorker): void {
    switch (message.type) {
      case 'load':
        void this.#load(message);
        break;
      case 'tasks':
        if (this.#ends.count === 0 && this.#waiting.isEmpty) this.#ends.startFrom(nowMs());
        this.#ends.everyMs = message.tellEveryMs;
        this.#waiting.add(message.tasks, this.#moves);
        this.#drain();
        break;
      case 'abort': {
        const task = this.#open.get(message.task);
        if (task?.wire.number === message.number) task.abort();
        break;
      }
      case 'ping':
        this.#answerPing(message.sent);
        break;
      case 'answer':
        this.#questions.answered(message.ask, message.answer);
        break;
      case 'pull':
        if (this.#source) this.#source.pull(message.count);
        else this.#pulledEarly += message.count;
    }
  }

  #answerPing(sent: number): void {
    // What has ended and is not told yet would look as if it were kept back.
    this.#ends.tell();
    // Also while it practises, which counts for nothing.
    const [begun, ended] = this.#practises ? [0, 0] : [this.progress[0]!, this.progress[1]!];
    this.#send({ type: 'pong', sent, begun, ended });
  }

  /** Compiles the way of a task before stage code is loaded, and undoes all it left. */
  async #practise(tasks: number): Promise<void> {
    if (tasks === 0) return;
    const { progress } = this;
    const stages = this.#stages;
    this.#practises = true;
    this.progress = new Int32Array(progressCells);
    // What is written a second time is no constant to an engine that compiles what reads it.
    this.delays = null;
    await practise(tasks, {
      slots: this.#slots,
      moves: this.#moves,
      counted: stages.some(({ counted }) => counted),
      use: (stages, modules) => {
        this.#stages = stages;
        this.#modules = modules;
      },
      hear: (tasks) => this.hear({ type: 'tasks', tasks, tellEveryMs: 0.5 }),
      quiet: () => this.#quiet(),
    });
    this.#stages = stages;
    this.#modules = [];
    this.#setUps.clear();
    this.progress = progress;
    this.#practises = false;
  }

  async #quiet(): Promise<void> {
    while (this.#open.size > 0 || this.#ends.isAboutTo) {
      await new NativePromise<void>((goOn) => void setTimer(goOn, 1));
    }
  }

  async #load(load: Load): Promise<void> {
    this.seed = load.seed;
    this.service = load.service;
    this.#stages = load.stages;
    this.#moves = load.stages.some(({ moves }) => moves);
    this.#turnsPerMs = load.turnsPerMs;
    this.#setUps.turnsPerMs = load.turnsPerMs;
    this.#slots = load.slots;
    this.progress = load.progress ?? this.progress;
    await steady(this.#practise(load.practice));
    this.delays = Delays.of(load.stages);
    if (load.turnsPerMs > 0) warmUp(nowMs, 4);
    try {
      this.#modules = [];
      for (let stage = 0; stage < load.stages.length; stage++) {
        const { unit } = load.stages[stage]!;
        if (unit >= 0) this.#tellLoading(stage, 'code');
        const module = unit < 0 ? null : steady(loadUnit(load.urls[unit]!, unit, stageShape));
        this.#modules[stage] = await module;
      }
      for (let stage = 0; stage < load.stages.length; stage++) {
        const { setupAtStart } = load.stages[stage]!;
        if (setupAtStart) await steady(this.#setUpAtStart(stage, setupAtStart));
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
    const task = new OpenTask(startTask(stage), id, nowMs(), this);
    const own = this.#ownSetUp(stage);
    this.#tellLoading(stage, 'phases');
    const call = () => {
      this.#tellLoading(stage, 'setup');
      return within(timeoutMs, own!());
    };
    try {
      await steady(this.#setUps.run(task, segments, own && call));
    } catch (error) {
      throw new LoadError(unit, error);
    }
  }

  async #openSource(load: Load): Promise<void> {
    const { sourceUnit } = load;
    this.#tellLoading(-1, 'code');
    const module = await loadUnit(load.urls[sourceUnit]!, sourceUnit, sourceShape);
    this.#tellLoading(-1, 'setup');
    const task = new OpenTask(startTask(-1), 'source', nowMs(), this);
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
    if (this.#linesSent++ >= logLinesMax) this.progress[2]!++;
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
    // Looking at the clock costs more than all that lies between an end and the next start.
    let isInARow = false;
    while (!this.#waiting.isEmpty && this.#open.size < this.#slots) {
      this.#ends.tellIfDue();
      const { count: ended } = this.#ends;
      this.#begin(this.#waiting.take(), isInARow && ended > 0 ? this.#ends.lastEndMs : nowMs());
      isInARow = this.#ends.count > ended;
    }
    this.#isDraining = false;
    if (this.#slots > 1 && this.#open.size > 0 && this.#ends.everyMs > 0) this.#ends.tellSoon();
    else this.#ends.tell();
  }

  #begin(wire: WireTask, startMs: number): void {
    const { id, counted } = this.#stages[wire.stage]!;
    if (counted) wire.input = { index: wire.item };
    const task = new OpenTask(wire, id, startMs, this);
    task.turn = ++this.progress[0]!;
    this.#open.set(wire.task, task);
    this.delays?.begin(task);
    task.hasThread(true);
    this.#setUps.before(task);
    task.hasThread(false);
  }

  #serve(task: OpenTask, setup: unknown): void {
    task.hasThread(true);
    this.#serveNow(task, setup);
    task.hasThread(false);
  }

  #serveNow(task: OpenTask, setup: unknown): void {
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
      promise = isThenable(result) ? steady(asPromise(result)) : null;
    } catch (error) {
      this.#fail(task, error);
      return;
    }
    if (promise) this.#settleLater(task, promise);
    else this.#settle(task, result);
  }

  #settleLater(task: OpenTask, promise: Promise<unknown>): void {
    const settle = (value: unknown) => this.#settle(task, value);
    onSettled(promise, settle, (error) => this.#fail(task, error));
  }

  #call(task: OpenTask, ctx: StageContext): unknown {
    const { stage, kind, input } = task.wire;
    const module = this.#modules[stage]!;
    if (kind === TaskKind.foldStep) {
      return this.#accumulators.step(task, module, this.#stages[stage]!.timeoutMs, ctx);
    }
    if (kind === TaskKind.foldFinish) return this.#accumulators.finish(stage, module, ctx);
    return module.default(input, ctx);
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
        if (isThenable(drained)) this.#settleLater(task, asPromise(drained));
        else this.#end(task, outcomeOf(drained));
        return;
      }
      const batched = kind === TaskKind.item && this.#stages[stage]!.batched;
      if (batched) {
        const members = (task.wire.input as unknown[]).length;
        this.#end(task, batchOutcome(result, members));
      } else if (isOneOutput(result)) this.#finish(task, null, result);
      else this.#end(task, outcomeOf(result));
    } catch (error) {
      this.#fail(task, error);
    }
  }

  #endSynthetic(task: OpenTask): void {
    const synthetic = task.wire.synthetic!;
    if (synthetic.fails) this.#fail(task, new Error('It fails by chance, as `work.failure` says.'));
    else this.#end(task, syntheticOutcome(synthetic));
  }

  #end(task: OpenTask, outcome: Outcome): void {
    this.#finish(task, { fault: null, ...outcome });
  }

  #fail(task: OpenTask, error: unknown): void {
    this.#finish(task, { fault: faultOf(error), codes: [], values: [], entryFaults: [] });
  }

  /** @param how null: with one output, which is `output`. */
  #finish(task: OpenTask, how: HowItEnded | null, output?: unknown): void {
    if (task.isOver) return;
    task.isOver = true;
    if (this.delays) this.delays.end(task, () => this.#note(task, how, output));
    else this.#note(task, how, output);
  }

  #note(task: OpenTask, how: HowItEnded | null, output: unknown): void {
    this.progress[1]!++;
    // What is told next is read by the runtime, and others may begin.
    task.hasThread(false);
    const { task: row } = task.wire;
    if (this.#open.get(row) === task) this.#open.delete(row);
    const moves = this.#stages[task.wire.stage]?.moves === true;
    this.#ends.add(task, nowMs(), how, output, moves ? this.#waiting.isShared : null);
    this.#drain();
  }
}
