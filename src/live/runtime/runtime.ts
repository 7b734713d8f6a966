import { plain } from '../../engine/machine.ts';
import { TaskKind } from '../../engine/task-table.ts';
import {
  logLinesMax,
  type FromWorker,
  type ToWorker,
  type WireEnd,
  type WireStage,
  type WireTask,
} from '../wire.ts';
import { asPromise, isThenable, nowMs, onSettled } from './builtins.ts';
import { warmUp } from './busy-loop.ts';
import { StageContext } from './context.ts';
import { faultOf } from './fault.ts';
import { LoadError, loadUnit, type StageModule } from './load-units.ts';
import { OpenTask, type TaskHost } from './open-task.ts';
import { batchOutcome, drain, isGenerator, outcomeOf, type Outcome } from './outcome.ts';
import { runSegments } from './segments.ts';
import { CodeSource } from './source.ts';
import { hearStrays } from './strays.ts';
import { whyUncloneable } from './uncloneable.ts';

type Load = Extract<ToWorker, { type: 'load' }>;

/**
 * Ends are told before another task begins, if the last were told so long ago: half of what a worker is
 * sent ahead, so that the next tasks come before it has run out of them. ms.
 */
const tellEveryMs = 0.5;

/** Set-up of a stage in this worker: under way, or what it gave. */
type SetUp = { ready: Promise<void> | null; value: unknown };

/** Runs tasks in a stage worker. Sync stages end before the next message is looked at. */
export class Runtime implements TaskHost {
  seed = 0;
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
  /** Ends not told yet. */
  #ended: WireEnd[] = [];
  #toldMs = 0;
  #lastEndMs = 0;
  /** Task row → the task. */
  readonly #open = new Map<number, OpenTask>();
  readonly #setUps = new Map<number, SetUp>();
  /** Stage → what its fold has come to. */
  readonly #accumulators = new Map<number, unknown>();

  /** @param send to the coordinator; throws a DataCloneError if the message cannot be cloned. */
  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
    hearStrays((fault) => send({ type: 'stray', fault }));
  }

  get openCount(): number {
    return this.#open.size;
  }

  #post(message: FromWorker): void {
    this.#send(message);
  }

  hear(message: ToWorker): void {
    switch (message.type) {
      case 'load':
        void this.#load(message);
        break;
      case 'tasks':
        if (this.#ended.length === 0 && this.#waiting.length === 0) this.#toldMs = nowMs();
        for (let i = 0; i < message.tasks.length; i++) this.#waiting.push(message.tasks[i]!);
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
      case 'pull':
        if (this.#source) this.#source.pull(message.count);
        else this.#pulledEarly += message.count;
    }
  }

  async #load(load: Load): Promise<void> {
    this.seed = load.seed;
    this.#stages = load.stages;
    this.#turnsPerMs = load.turnsPerMs;
    this.#slots = load.slots;
    if (load.progress) this.#progress = load.progress;
    if (load.turnsPerMs > 0) warmUp(nowMs, 4);
    try {
      this.#modules = [];
      for (const { unit } of load.stages) {
        this.#modules.push(unit < 0 ? null : await loadUnit(load.urls[unit]!, unit));
      }
      for (let stage = 0; stage < load.stages.length; stage++) {
        const { setupAtStart, unit } = load.stages[stage]!;
        if (setupAtStart) await this.#setUpAtStart(stage, setupAtStart, unit);
      }
      if (load.sourceUnit >= 0) await this.#openSource(load);
      this.#post({ type: 'ready' });
    } catch (error) {
      const unit = error instanceof LoadError ? error.unit : -1;
      const cause = error instanceof LoadError ? error.cause : error;
      this.#post({ type: 'load-failed', unit, fault: faultOf(cause) });
    }
  }

  async #setUpAtStart(stage: number, segments: number[], unit: number): Promise<void> {
    const task = new OpenTask(startTask(stage), this.#stages[stage]!.id, this);
    try {
      await this.#setUp(task, segments).ready;
    } catch (error) {
      throw new LoadError(unit, error);
    }
  }

  async #openSource(load: Load): Promise<void> {
    const module = await loadUnit(load.urls[load.sourceUnit]!, load.sourceUnit);
    const task = new OpenTask(startTask(-1), 'source', this);
    try {
      const returned = await module.default(new StageContext(task, undefined));
      this.#source = new CodeSource(returned, (message) => this.#postItems(message));
      if (this.#pulledEarly > 0) this.#source.pull(this.#pulledEarly);
    } catch (error) {
      throw new LoadError(load.sourceUnit, error);
    }
  }

  #postItems(message: FromWorker): void {
    try {
      this.#post(message);
    } catch {
      const values = message.type === 'items' ? message.items : [];
      const fault = {
        message: `The source made an item that cannot be sent to another thread: ${whyUncloneable(values)}.`,
        stack: '',
      };
      this.#post({ type: 'items', items: [], done: true, fault });
    }
  }

  log(wire: WireTask, text: () => string): void {
    if (this.#linesSent++ >= logLinesMax) this.#progress[2]!++;
    else this.#post({ type: 'log', task: wire.task, number: wire.number, text: text() });
  }

  // ── one task ────────────────────────────────────────────────────────────────────────────────

  /** Begins what waits while there is a slot, then tells what has ended meanwhile. */
  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    while (this.#waiting.length > 0 && this.#open.size < this.#slots) {
      if (this.#ended.length > 0 && this.#lastEndMs - this.#toldMs >= tellEveryMs) this.#tell();
      this.#begin(this.#waiting.shift()!);
    }
    this.#isDraining = false;
    this.#tell();
  }

  /** Posts the ends that have gathered. What cannot be cloned fails alone. */
  #tell(): void {
    const ends = this.#ended;
    if (ends.length === 0) return;
    this.#ended = [];
    this.#toldMs = this.#lastEndMs;
    try {
      this.#post({ type: 'ends', ends });
    } catch {
      for (const end of ends) this.#tellAlone(end);
    }
  }

  #tellAlone(end: WireEnd): void {
    try {
      this.#post({ type: 'ends', ends: [end] });
    } catch {
      const [value] = end.values.length === 1 ? end.values : [end.values];
      const fault = {
        message: `The result cannot be sent to another thread: ${whyUncloneable(value)}.`,
        stack: '',
      };
      this.#post({
        type: 'ends',
        ends: [{ ...end, fault, codes: [], values: [], entryFaults: [] }],
      });
    }
  }

  #begin(wire: WireTask): void {
    this.#progress[0]!++;
    const task = new OpenTask(wire, this.#stages[wire.stage]!.id, this);
    this.#open.set(wire.task, task);
    const setUp = wire.setup ? this.#setUp(task, wire.setup) : this.#setUps.get(wire.stage);
    if (!setUp?.ready) {
      this.#serve(task, setUp?.value);
      return;
    }
    onSettled(
      setUp.ready,
      () => {
        task.setupMs = nowMs() - task.startMs;
        this.#serve(task, setUp.value);
      },
      (error) => {
        task.setupMs = nowMs() - task.startMs;
        this.#setUps.delete(wire.stage);
        this.#fail(task, error);
      },
    );
  }

  /** Runs the declared phases, then the stage's own `setup()`. */
  #setUp(task: OpenTask, segments: number[]): SetUp {
    const { stage } = task.wire;
    const setUp: SetUp = { ready: null, value: undefined };
    const run = async (): Promise<void> => {
      await new Promise<void>((done) => runSegments(task, segments, this.#turnsPerMs, done));
      const own = this.#modules[stage]?.setup;
      if (typeof own === 'function') setUp.value = await (own as () => unknown)();
      setUp.ready = null;
    };
    this.#setUps.set(stage, setUp);
    setUp.ready = run();
    return setUp;
  }

  #serve(task: OpenTask, setup: unknown): void {
    const { synthetic } = task.wire;
    if (synthetic) {
      runSegments(task, synthetic.segments, this.#turnsPerMs, () => this.#endSynthetic(task));
      return;
    }
    let result: unknown;
    try {
      result = this.#call(task, new StageContext(task, setup));
    } catch (error) {
      this.#fail(task, error);
      return;
    }
    if (isThenable(result)) {
      onSettled(
        asPromise(result),
        (value) => this.#settle(task, value),
        (error) => this.#fail(task, error),
      );
    } else this.#settle(task, result);
  }

  #call(task: OpenTask, ctx: StageContext): unknown {
    const { stage, kind, input } = task.wire;
    const module = this.#modules[stage]!;
    if (kind === TaskKind.foldStep) {
      const keep = (accumulator: unknown) => void this.#accumulators.set(stage, accumulator);
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

  #finish(task: OpenTask, how: Pick<WireEnd, 'fault' | 'codes' | 'values' | 'entryFaults'>): void {
    if (task.isOver) return;
    task.isOver = true;
    this.#progress[1]!++;
    const { wire, startMs, setupMs } = task;
    const endMs = nowMs();
    const waitedMs = task.waitedMs(endMs);
    const { task: row, number } = wire;
    if (this.#open.get(row) === task) this.#open.delete(row);
    this.#lastEndMs = endMs;
    this.#ended.push({ task: row, number, startMs, endMs, setupMs, waitedMs, ...how });
    this.#drain();
  }
}

/** Stands for the work done before the clock starts. */
const startTask = (stage: number): WireTask => ({
  task: -1,
  number: -1,
  stage,
  kind: TaskKind.item,
  attempt: 1,
  item: 0,
  itemKey: 0,
  setup: null,
  input: undefined,
  synthetic: null,
});
