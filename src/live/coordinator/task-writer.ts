import { meanOf } from '../../base/draw-mean.ts';
import { plain } from '../../engine/machine.ts';
import type { Plan, PlanStage } from '../../engine/plan.ts';
import {
  ItemDraws,
  makeService,
  type ServicePhase,
  type StageService,
} from '../../engine/service.ts';
import type { Delay } from '../../engine/runner.ts';
import type { Scheduler } from '../../engine/scheduler.ts';
import { TaskKind } from '../../engine/task-table.ts';
import type { TraceBuilder } from '../../trace/builder.ts';
import { lineageKey, rootOf } from '../../trace/item-label.ts';
import type { CompiledCode } from '../compile/unit.ts';
import { noDelay, type SyntheticTask, type WireStage } from '../wire.ts';
import type { LiveMachineParts } from './live-machine-parts.ts';
import type { Lane } from './open-tasks.ts';
import type { MovedInputs } from './moved-inputs.ts';
import type { OutputShelf } from './output-shelf.ts';
import type { Payloads } from './payloads.ts';
import { inputOf, taskInput } from './task-inputs.ts';

/** Longest array a synthetic stage really puts out, bytes. */
const outputBytesMax = 256 * 1024 * 1024;

/** Writes tasks for the wire: inputs, and for synthetic stages everything that is drawn. */
export class TaskWriter {
  readonly #plan: Plan;
  readonly #scheduler: Scheduler;
  readonly #trace: TraceBuilder;
  readonly #payloads: Payloads;
  readonly #moved: MovedInputs;
  readonly #services: StageService[];
  readonly #draws: ItemDraws;
  /** By stage index. */
  readonly #delays: Delay[];
  readonly #counted: boolean[];
  readonly #movesOutputs: boolean;

  /** Stages that are slowed down: drawn phases are told longer, code is delayed where it runs. */
  constructor(
    { plan, delays = {}, without = [] }: Pick<LiveMachineParts, 'plan' | 'delays' | 'without'>,
    scheduler: Scheduler,
    trace: TraceBuilder,
    { payloads, moved }: OutputShelf,
  ) {
    this.#plan = plan;
    this.#scheduler = scheduler;
    this.#trace = trace;
    this.#payloads = payloads;
    this.#moved = moved;
    this.#services = plan.stages.map(makeService);
    this.#draws = new ItemDraws(plan, trace.items);
    const makesInputs = !without.includes('making inputs');
    this.#movesOutputs = !without.includes('moving buffers');
    this.#counted = plan.stages.map((stage) => makesInputs && isCounted(plan, stage));
    this.#delays = plan.stages.map(({ id }) => delays[id] ?? noDelay);
  }

  /** What workers need to know of the stages before any task comes. */
  wireStages(code: CompiledCode): WireStage[] {
    return this.#plan.stages.map(({ index, id, stage }) => ({
      id,
      unit: code.stageUnits[index]!,
      batched: stage.batch.size > 1,
      counted: this.#counted[index]!,
      moves: this.#movesOutputs && code.units[code.stageUnits[index]!]?.moves === true,
      timeoutMs: stage.timeout,
      delay: stage.work.kind === 'code' ? this.#delays[index]! : noDelay,
      setupAtStart:
        stage.setup.when === 'start'
          ? // Before any item exists there is nothing to draw for: the mean.
            this.#services[index]!.setup.map((phase) => signed(phase, meanOf(phase.draw)))
          : null,
    }));
  }

  /** Entries the outcome of a task must have. */
  members(task: number): number {
    const scheduler = this.#scheduler;
    if (scheduler.taskKind(task) === TaskKind.all) return 1;
    return scheduler.taskMembers(task)?.length ?? 1;
  }

  /** The number of the source item an item descends from; 0 for results. */
  numberOf(item: number): number {
    const { items } = this.#trace;
    const root = rootOf(items, item);
    return items.parent[root] === -2 ? 0 : items.ordinal[root]!;
  }

  /** Writes a task where what the lane's worker is sent is gathered. Returns whether its input goes with it. */
  write(task: number, stageIndex: number, lane: Lane): boolean {
    const scheduler = this.#scheduler;
    const stage = this.#plan.stages[stageIndex]!;
    const item = scheduler.taskItem(task);
    const attempt = scheduler.taskAttempt(task);
    const isSynthetic = stage.stage.work.kind === 'synthetic';
    const input = this.#counted[stageIndex]!
      ? undefined
      : taskInput(scheduler, task, stage, this.#trace.items, this.#payloads);
    lane.outbox.add(
      task,
      scheduler.taskNumber(task),
      stageIndex,
      scheduler.taskKind(task),
      attempt,
      this.numberOf(item),
      lineageKey(this.#trace.items, item),
      input,
      this.#setup(stageIndex, item, attempt, lane),
      isSynthetic ? this.#synthetic(task, stageIndex, item, attempt) : null,
    );
    return this.#moved.of(stageIndex) && this.#moved.take(input, lane.outbox);
  }

  /** The set-up phases of a task that has to set its stage up first. */
  #setup(stageIndex: number, item: number, attempt: number, lane: Lane): number[] | null {
    const service = this.#services[stageIndex]!;
    if (service.setupWhen === 'start') return null;
    if (service.setupWhen === 'worker') {
      if (lane.setUp.has(stageIndex)) return null;
      lane.setUp.add(stageIndex);
    }
    const isCode = this.#plan.stages[stageIndex]!.stage.work.kind === 'code';
    if (!isCode && service.setup.length === 0) return null;
    const factor = this.#delays[stageIndex]!.setup;
    return service.setup.map((phase, at) =>
      signed(phase, factor * this.#draws.setupMs(phase, service, item, attempt, at)),
    );
  }

  #synthetic(task: number, stageIndex: number, item: number, attempt: number): SyntheticTask {
    const service = this.#services[stageIndex]!;
    const kind = this.#scheduler.taskKind(task);
    const members = kind === TaskKind.all ? null : this.#scheduler.taskMembers(task);
    const ofItem = (at: number, one: number) =>
      this.#draws.phaseMs(service.phases[at]!, service, one, attempt, at);
    // The end of a fold is taken to cost nothing: its steps did the work.
    const phases = kind === TaskKind.foldFinish ? [] : service.phases;
    const factor = this.#delays[stageIndex]!.service;
    const segments = phases.map((phase, at) => {
      const perItem = phase.perItem && members !== null;
      const ms = perItem
        ? members.reduce((sum, one) => sum + ofItem(at, one), 0)
        : ofItem(at, item);
      return signed(phase, factor * ms);
    });
    const outputs = Array.from(members ?? [item], (one) => this.#outputs(service, kind, one));
    return { segments, fails: this.#draws.fails(service, item, attempt), outputs };
  }

  #outputs(service: StageService, kind: TaskKind, item: number): SyntheticTask['outputs'][number] {
    const isStep = kind === TaskKind.foldStep;
    const count = isStep ? 1 : this.#draws.outputs(service, item);
    const drawn = isStep ? 0 : Math.round(this.#draws.outputBytes(service, item));
    const bytes = Math.min(outputBytesMax, Math.max(0, drawn));
    return { code: count === 1 ? plain : count, bytes: new Array<number>(count).fill(bytes) };
  }

  /** What names a result in the cache: the input, or for a synthetic stage the key it declares. */
  lookUpInput(stageIndex: number, item: number): unknown {
    const service = this.#services[stageIndex]!;
    if (!service.key) return this.inputFor(stageIndex, item);
    return { key: this.#draws.cacheKey(service, item) };
  }

  /** What stage code can learn of an item beside its value: its number, and what its draws descend from. */
  whoIs(item: number): number[] {
    return [this.numberOf(item), lineageKey(this.#trace.items, item)];
  }

  /** What a stage is given for one item; for the result of an `all`: all it took in. */
  inputFor(stageIndex: number, item: number): unknown {
    const stage = this.#plan.stages[stageIndex]!;
    const { items } = this.#trace;
    const read = (one: number) => inputOf(stage, one, items, this.#payloads);
    const isResult = items.parent[item] === -2 && items.ordinal[item] === stageIndex;
    if (!isResult || !stage.barrier) return read(item);
    return stage.join === 'all' ? this.#scheduler.takenItems(stageIndex).map(read) : undefined;
  }
}

/** Whether all a stage is given is the number of an item. */
const isCounted = ({ pipeline }: Plan, { parents, barrier, batchSize }: PlanStage): boolean =>
  pipeline.source.kind === 'count' && parents[0] === -1 && !barrier && batchSize === 1;

const signed = ({ waits }: ServicePhase, ms: number): number => (waits ? -ms : ms);
