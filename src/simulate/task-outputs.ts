import { failedEntry, plain, type TaskEnd } from '../engine/machine.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { ItemDraws, StageService } from '../engine/service.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { Faults, TaskAddress } from './faults.ts';

export interface Payloads {
  /** Bytes of one item's result of `count` outputs. */
  outputBytes(stage: number, item: number, count: number): number;
  /** The coordinator has it: from now on it is held. */
  putOut(stage: number, item: number, count: number): void;
  /** Bytes of all that one item brings to this stage. */
  inputBytes(stage: number, item: number): number;
}

/** What a task that went well puts out: written into its `TaskEnd`, and held once that is heard of. */
export class TaskOutputs {
  readonly #scheduler: Scheduler;
  readonly #draws: ItemDraws;
  readonly #payloads: Payloads;

  constructor(scheduler: Scheduler, draws: ItemDraws, payloads: Payloads) {
    this.#scheduler = scheduler;
    this.#draws = draws;
    this.#payloads = payloads;
  }

  write(end: TaskEnd, task: number, service: StageService, item: number): void {
    const scheduler = this.#scheduler;
    const kind = scheduler.taskKind(task);
    if (kind === TaskKind.foldStep) return;
    const members = kind === TaskKind.item ? scheduler.taskMembers(task) : null;
    if (members === null) this.#writeOne(end, service, item);
    else this.#writeEach(end, service, members, null, null);
  }

  /** Some of the items may have failed by themselves. */
  writeFaulty(
    end: TaskEnd,
    task: number,
    service: StageService,
    address: TaskAddress,
    faults: Faults,
  ): void {
    const scheduler = this.#scheduler;
    const kind = scheduler.taskKind(task);
    if (kind === TaskKind.foldStep) return;
    const members = kind === TaskKind.item ? scheduler.taskMembers(task) : null;
    this.#writeEach(end, service, members ?? [scheduler.taskItem(task)], address, faults);
  }

  /**
   * The coordinator hears of what was written. Until then the result is its worker's, as what it was made from is still
   * the coordinator's: a value is never counted twice.
   */
  hold(end: TaskEnd, task: number): void {
    const scheduler = this.#scheduler;
    const kind = scheduler.taskKind(task);
    if (end.outcome !== 'ok' || kind === TaskKind.foldStep) return;
    const stage = scheduler.taskStage(task);
    const members = kind === TaskKind.item ? scheduler.taskMembers(task) : null;
    if (members === null) this.#holdOne(stage, scheduler.taskItem(task), end.outputs?.[0] ?? plain);
    else
      for (let i = 0; i < members.length; i++)
        this.#holdOne(stage, members[i]!, end.outputs?.[i] ?? plain);
  }

  #holdOne(stage: number, item: number, entry: number): void {
    if (entry !== failedEntry) this.#payloads.putOut(stage, item, entry === plain ? 1 : entry);
  }

  #writeOne(end: TaskEnd, service: StageService, item: number): void {
    const count = service.expand === 1 ? 1 : this.#draws.outputs(service, item);
    if (count !== 1) end.outputs = [count];
    end.bytes = this.#payloads.outputBytes(service.index, item, count);
  }

  /** One entry an item. */
  #writeEach(
    end: TaskEnd,
    service: StageService,
    members: ArrayLike<number>,
    address: TaskAddress | null,
    faults: Faults | null,
  ): void {
    const outputs: number[] = [];
    for (let i = 0; i < members.length; i++) {
      const member = members[i]!;
      if (address && faults?.itemFails(address, this.#draws.lineageOf(member))) {
        outputs.push(failedEntry);
        continue;
      }
      const count = this.#draws.outputs(service, member);
      outputs.push(count === 1 ? plain : count);
      end.bytes += this.#payloads.outputBytes(service.index, member, count);
    }
    end.outputs = outputs;
  }
}
