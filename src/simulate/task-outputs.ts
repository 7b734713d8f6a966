import { failedEntry, plain, type TaskEnd } from '../engine/machine.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { ItemDraws, StageService } from '../engine/service.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { Faults, TaskAddress } from './faults.ts';

export interface Payloads {
  /** One item's result is there; `count` outputs. Returns their bytes. */
  putOut(stage: number, item: number, count: number): number;
  /** Bytes of all that one item brings to this stage. */
  inputBytes(stage: number, item: number): number;
}

/** What a task that went well puts out: written into its `TaskEnd`, and payloads into the machine. */
export class TaskOutputs {
  readonly #scheduler: Scheduler;
  readonly #draws: ItemDraws;
  readonly #payloads: Payloads;

  constructor(scheduler: Scheduler, draws: ItemDraws, payloads: Payloads) {
    this.#scheduler = scheduler;
    this.#draws = draws;
    this.#payloads = payloads;
  }

  put(end: TaskEnd, task: number, service: StageService, item: number): void {
    const scheduler = this.#scheduler;
    const kind = scheduler.taskKind(task);
    if (kind === TaskKind.foldStep) return;
    const members = kind === TaskKind.item ? scheduler.taskMembers(task) : null;
    if (members === null) this.#putOne(end, service, item);
    else this.#putEach(end, service, members, null, null);
  }

  /** Some of the items may have failed by themselves. */
  putFaulty(
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
    this.#putEach(end, service, members ?? [scheduler.taskItem(task)], address, faults);
  }

  #putOne(end: TaskEnd, service: StageService, item: number): void {
    const count = service.expand === 1 ? 1 : this.#draws.outputs(service, item);
    if (count !== 1) end.outputs = [count];
    end.bytes = this.#payloads.putOut(service.index, item, count);
  }

  /** One entry an item. */
  #putEach(
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
      end.bytes += this.#payloads.putOut(service.index, member, count);
    }
    end.outputs = outputs;
  }
}
