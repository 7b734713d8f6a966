import { Queue, QueueEvents, type ConnectionOptions } from 'bullmq';
import type { PipelineSettings, StageSettings } from './settings.ts';
import { stageSettings } from './settings.ts';
import { isOfFold, priorityOf, type Threads } from './threads.ts';
import type { Executor, Outcome, Task } from './task.ts';
import { packed, unpacked } from './values.ts';

/** What ended jobs leave in Redis, for those who look: an hour of them. s. */
const keptS = 3600;

export interface JobsParts {
  pipeline: PipelineSettings;
  queueName: string;
  connection: ConnectionOptions;
  /** Tasks that all workers together may hold. */
  slots: number;
  /** A fold keeps what it has come to in one place: here. */
  folds: Threads;
}

/** Runs tasks as jobs of BullMQ: whichever worker is free takes the next one, on whatever machine. */
export class Jobs implements Executor {
  readonly slots: number;
  readonly #parts: JobsParts;
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #stages: Map<string, StageSettings>;
  readonly #priorityMax: number;

  constructor(parts: JobsParts) {
    const { pipeline, queueName, connection, slots } = parts;
    this.#parts = parts;
    this.slots = slots;
    this.#queue = new Queue(queueName, { connection });
    this.#events = new QueueEvents(queueName, { connection });
    // Everyone who waits for a job listens.
    this.#queue.setMaxListeners(0);
    this.#events.setMaxListeners(0);
    const stages = stageSettings(pipeline.stages);
    this.#stages = new Map(stages.map((stage) => [stage.id, stage]));
    this.#priorityMax = Math.max(...stages.map((stage) => priorityOf(stage, pipeline)));
  }

  /** To be awaited before the first task. */
  async ready(): Promise<void> {
    await Promise.all([this.#queue.waitUntilReady(), this.#events.waitUntilReady()]);
  }

  async run(task: Task): Promise<Outcome> {
    if (isOfFold(task)) return this.#parts.folds.run(task);
    const job = await this.#queue.add(task.stage, packed(task), {
      priority: this.#priority(task),
      removeOnComplete: { age: keptS },
      removeOnFail: { age: keptS },
    });
    // Rejects when it failed for good: its workers died under it again and again.
    try {
      return unpacked((await job.waitUntilFinished(this.#events)) as string) as Outcome;
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  /** BullMQ takes 1 first; without priorities jobs keep their order. */
  #priority({ stage }: Task): number {
    const { pipeline } = this.#parts;
    if (pipeline.order === 'fifo') return 0;
    const own = priorityOf(this.#stages.get(stage)!, pipeline);
    return 1 + Math.round(this.#priorityMax - own);
  }

  /** Forgets the jobs of this run. */
  async close(): Promise<void> {
    await this.#queue.obliterate({ force: true });
    await Promise.all([this.#queue.close(), this.#events.close(), this.#parts.folds.close()]);
  }
}
