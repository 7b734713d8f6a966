import { failedEntry, plain } from '../../engine/machine.ts';
import type { Plan } from '../../engine/plan.ts';
import type { Draw, Model } from '../../pipeline/types.ts';
import { limits } from '../border.ts';

/** Sums for one item number at one stage; children of one item share its number. */
interface Sums {
  count: number;
  cpuMs: number;
  waitMs: number;
  outputs: number;
  bytes: number;
  payloads: number;
}

interface StageSums {
  items: Map<number, Sums>;
  attempts: number;
  failures: number;
}

/** What one member of a task cost and gave. */
export interface MemberCost {
  number: number;
  cpuMs: number;
  waitMs: number;
  /** `plain`, `failedEntry` or the number of children. */
  code: number;
  bytes: number;
}

/** What code stages cost, measured: so that they can be predicted afterwards. */
export class MeasuredModels {
  readonly #plan: Plan;
  readonly #stages: StageSums[];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#stages = plan.stages.map(() => ({ items: new Map(), attempts: 0, failures: 0 }));
  }

  attempt(stage: number, failed: boolean): void {
    this.#stages[stage]!.attempts++;
    if (failed) this.#stages[stage]!.failures++;
  }

  add(stage: number, member: MemberCost): void {
    if (member.code === failedEntry) return;
    const { items } = this.#stages[stage]!;
    let sums = items.get(member.number);
    if (!sums) {
      if (member.number >= limits.modelEntries) return;
      sums = { count: 0, cpuMs: 0, waitMs: 0, outputs: 0, bytes: 0, payloads: 0 };
      items.set(member.number, sums);
    }
    const outputs = member.code === plain ? 1 : member.code;
    sums.count++;
    sums.cpuMs += member.cpuMs;
    sums.waitMs += member.waitMs;
    sums.outputs += outputs;
    sums.bytes += member.bytes;
    sums.payloads += outputs;
  }

  /** The model of every code stage of which a task has succeeded. */
  models(): Record<string, Model> {
    const models: Record<string, Model> = {};
    for (const { index, id, stage } of this.#plan.stages) {
      const sums = this.#stages[index]!;
      if (stage.work.kind === 'code' && sums.items.size > 0) {
        models[id] = modelOf(sums, stage.join !== 'all' && stage.join !== 'fold');
      }
    }
    return models;
  }
}

/** @param byItem its tasks may get several items: then each costs its own, also where this run had no batches. */
function modelOf(sums: StageSums, byItem: boolean): Model {
  const per = byItem ? ({ per: 'item' } as const) : {};
  const cpu = perItem(sums, (one) => one.cpuMs / one.count, 1000);
  const wait = perItem(sums, (one) => one.waitMs / one.count, 1000);
  const output = perItem(sums, (one) => (one.payloads ? one.bytes / one.payloads : 0), 1);
  const expand = perItem(sums, (one) => one.outputs / one.count, 1000);
  const model: Model = { phases: [{ cpu, ...per }] };
  if (wait !== 0) model.phases.push({ wait, ...per });
  if (output !== 0) model.output = output;
  if (sums.failures > 0) model.failure = sums.failures / sums.attempts;
  if (expand !== 1) model.expand = expand;
  return model;
}

/** One entry an item number, rounded to 1/`scale`; what was not seen gets the mean. One number if all are equal. */
function perItem(sums: StageSums, valueOf: (sums: Sums) => number, scale: number): Draw {
  const round = (value: number) => Math.round(value * scale) / scale;
  let total = 0;
  let last = 0;
  for (const [number, one] of sums.items) {
    total += valueOf(one);
    last = Math.max(last, number);
  }
  const mean = round(total / sums.items.size);
  const list = Array.from({ length: last + 1 }, (_, number) => {
    const one = sums.items.get(number);
    return one ? round(valueOf(one)) : mean;
  });
  return list.every((value) => value === list[0]) ? list[0]! : { perItem: list };
}
